"""Tables of credit: limits (701) and write-offs (702) at the ends of months, class changes (705) as they happen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import FIVE_CLASSES, NO_REMARK, Kind
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import compact, day_text
from maisui.example_bank.loan_book import OPEN, PRODUCTS, WRITTEN_OFF
from maisui.example_bank.row_template import RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text


class CreditExtract:
    """Lines of 701, 702 and 705."""

    def __init__(self, bank: Bank) -> None:
        """Prepare the three tables of one bank."""
        self._bank = bank
        self._limits = RowTemplate("SXXXB", lambda _: {})
        self._write_offs = RowTemplate("ZCHXB", lambda _: {})
        self._changes = RowTemplate("DKWJXTBDB", lambda _: {})
        self._classes = np.zeros(0, np.int64)
        self._lost: dict[int, int] = {}

    def class_changes(self, days: list[Movements], day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Changes of class since the delivery before; what was written off is noted on the way."""
        for movements in days:
            gone = movements.kind == Kind.WRITE_OFF
            self._lost.update(zip(movements.account[gone].tolist(), np.abs(movements.amount[gone]).tolist(), strict=True))
        book = self._bank.loans
        now = book.classes(slice(0, book.count), day)
        known = len(self._classes)
        changed = np.flatnonzero((now[:known] != self._classes) & (book.status[:known] == OPEN)) if known else np.zeros(0, np.int64)
        before = self._classes[changed]
        self._classes = now
        yield self._changes.table, iter([self._change_lines(changed, before, now[changed], day)])

    def _change_lines(self, loans: np.ndarray, before: np.ndarray, now: np.ndarray, day: int) -> ArrowText:
        bank, book = self._bank, self._bank.loans
        owner = pa.array(book.customer[loans])
        worse = (now > before).astype(np.int32)
        return self._changes.lines(
            loans,
            {
                "JRXKZH": self._bank.county.licence,
                "NBJGH": word_text(bank.organisations.codes, book.org[loans]),
                "YHJGMC": word_text(bank.organisations.names, book.org[loans]),
                "XDHTH": glued("HT", number_text(loans + 1, 10)),
                "XDJJH": glued("JJ", number_text(loans + 1, 10)),
                "KHTYBH": bank.population.numbers.take(owner),
                "KHMC": bank.population.names.take(owner),
                "TZRQ": compact(day),
                "YWJFL": word_text(FIVE_CLASSES, before),
                "XWJFL": word_text(FIVE_CLASSES, now),
                "BDYY": word_text(("还款正常", "逾期"), worse),
                "BDFS": "系统自动",
                "JBGYH": word_text(bank.staff.numbers, book.officer[loans]),
                "BBZ": NO_REMARK,
                "CJRQ": compact(day),
            },
        )

    def month_end(self, day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Limits of everyone with an open loan, and every write-off so far."""
        yield self._limits.table, iter([self._limit_lines(day)])
        yield self._write_offs.table, iter([self._write_off_lines(day)])

    def _limit_lines(self, day: int) -> ArrowText:
        bank, book, people = self._bank, self._bank.loans, self._bank.population
        loans = np.flatnonzero(book.status[: book.count] == OPEN)
        who, first, place = np.unique(book.customer[loans], return_index=True, return_inverse=True)
        granted, used = np.zeros(len(who), np.int64), np.zeros(len(who), np.int64)
        np.add.at(granted, place, book.amount[loans])
        np.add.at(used, place, book.balance[loans])
        lead, index = loans[first], pa.array(who)
        corporate = (who >= people.persons).astype(np.int32)
        officer = word_text(bank.staff.numbers, book.officer[lead])
        limit = -(-(granted * (100 + who % 4 * 10) // 100) // 1_000_000) * 1_000_000
        return self._limits.lines(
            who,
            {
                "YHJGDM": self._bank.county.licence,
                "JRXKZH": self._bank.county.licence,
                "NBJGH": word_text(bank.organisations.codes, book.org[lead]),
                "KHTYBH": people.numbers.take(index),
                "KHMC": people.names.take(index),
                "KHZJLB": word_text(("居民身份证", "统一社会信用代码"), corporate),
                "KHZJHM": people.certificates.take(index),
                "SXXYH": glued("SX", people.numbers.take(index)),
                "SXXYMC": "综合授信协议",
                "EDSQRQ": day_text(book.started[lead] - 20),
                "SXZTZL": word_text(("个人", "单一法人"), corporate),
                "SXZL": "贷款",
                "SXED": yuan_text(limit),
                "YYED": yuan_text(used),
                "BZ": "CNY",
                "SXKSRQ": day_text(book.started[lead]),
                "SXDQRQ": day_text(book.matures[lead]),
                "SXJCYJ": "同意",
                "SPRGH": officer,
                "JBRGH": officer,
                "SXZT": "有效",
                "BBZ": NO_REMARK,
                "CJRQ": compact(day),
            },
        )

    def _write_off_lines(self, day: int) -> ArrowText:
        bank, book = self._bank, self._bank.loans
        loans = np.flatnonzero(book.status[: book.count] == WRITTEN_OFF)
        owner = pa.array(book.customer[loans])
        principal = np.array([self._lost.get(int(loan), 0) for loan in loans], np.int64)
        return self._write_offs.lines(
            loans,
            {
                "JRXKZH": self._bank.county.licence,
                "NBJGH": word_text(bank.organisations.codes, book.org[loans]),
                "KHTYBH": bank.population.numbers.take(owner),
                "KHMC": bank.population.names.take(owner),
                "ZCLX": word_text([item.category for item in PRODUCTS], book.product[loans]),
                "HTH": glued("HT", number_text(loans + 1, 10)),
                "JJH": glued("JJ", number_text(loans + 1, 10)),
                "BZ": "CNY",
                "HXBJ": yuan_text(principal),
                "SHBNLX": "0.00",
                "SHBWLX": yuan_text(book.overdue_interest[loans]),
                "HXRQ": day_text(book.closed[loans]),
                "SHBJ": "0.00",
                "SHLX": "0.00",
                "SHRQ": "99991231",
                "SHBZ": "否",
                "SHYGH": "",
                "HXZT": "已核销",
                "BBZ": NO_REMARK,
                "CJRQ": compact(day),
            },
        )
