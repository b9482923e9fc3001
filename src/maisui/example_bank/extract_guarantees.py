"""Tables of guarantees: contracts (601), guarantors (602) and collateral (603), at the ends of months."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.days import NO_DAY, compact, day_text
from maisui.example_bank.guarantee_book import JOINT, PLEDGED, GuaranteeBook
from maisui.example_bank.loan_book import OPEN
from maisui.example_bank.row_template import RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_STATES = ("有效", "失效")
_ITEMS = ("房地产-居住用房", "房地产-商业用房", "机器设备")


class GuaranteeExtract:
    """Lines of 601, 602 and 603: what is in force, and what has ended since the month before."""

    def __init__(self, bank: Bank, guarantees: GuaranteeBook) -> None:
        """Prepare the three tables of one bank."""
        self._bank = bank
        self.guarantees = guarantees
        self._previous = NO_DAY
        self._contracts = RowTemplate("BNWYWDBHTB", lambda _: {})
        self._guarantors = RowTemplate("BNWYWDBR", lambda _: {})
        self._collateral = RowTemplate("BNWYWDZYW", lambda _: {})

    def lines(self, day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables and the batches of their lines as of the evening of `day`."""
        book = self._bank.loans
        self.guarantees.learn()
        shown = (book.status[: book.count] == OPEN) | (book.closed[: book.count] > self._previous)
        places = np.flatnonzero(shown[self.guarantees.loan])
        pledged = np.flatnonzero(shown & PLEDGED[book.product[: book.count]])
        yield self._contracts.table, iter([self._contract_lines(places, day), self._mortgage_lines(pledged, day)])
        yield self._guarantors.table, iter([self._guarantor_lines(places, day)])
        yield self._collateral.table, iter([self._collateral_lines(pledged, day)])
        self._previous = day

    def _number(self, places: np.ndarray) -> ArrowText:
        """Number of the guarantee contract: a joint group has one for all its loans."""
        held = self.guarantees
        joint = held.kind[places] == JOINT
        head = word_text(("DB", "LB"), joint.astype(np.int32))
        return glued(head, number_text(np.where(joint, held.group[places], held.loan[places]) + 1, 10))

    def _shared(self, loans: np.ndarray, day: int) -> dict[str, ArrowText | str]:
        bank, book = self._bank, self._bank.loans
        ended = (book.status[loans] != OPEN).astype(np.int32)
        return {
            "JRXKZH": self._bank.county.licence,
            "NBJGH": word_text(bank.organisations.codes, book.org[loans]),
            "DBHTZT": word_text(_STATES, ended),
            "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        }

    def _terms(self, loans: np.ndarray) -> dict[str, ArrowText | str]:
        bank, book = self._bank, self._bank.loans
        return {
            "BDBHTH": glued("HT", number_text(loans + 1, 10)),
            "BDBYWLX": "贷款",
            "DBBZ": "CNY",
            "DBJE": yuan_text(book.amount[loans]),
            "DBQSRQ": day_text(book.started[loans]),
            "DBDQRQ": day_text(book.matures[loans]),
            "JBRGH": word_text(bank.staff.numbers, book.officer[loans]),
        }

    def _contract_lines(self, places: np.ndarray, day: int) -> ArrowText:
        loans = self.guarantees.loan[places]
        joint = (self.guarantees.kind[places] == JOINT).astype(np.int32)
        return self._contracts.lines(
            loans,
            {
                **self._shared(loans, day),
                **self._terms(loans),
                "DBHTH": self._number(places),
                "DBHTLX": word_text(("一般担保合同", "最高额担保合同"), joint),
                "DBLX": "保证",
            },
        )

    def _mortgage_lines(self, loans: np.ndarray, day: int) -> ArrowText:
        return self._contracts.lines(
            loans,
            {
                **self._shared(loans, day),
                **self._terms(loans),
                "DBHTH": glued("DY", number_text(loans + 1, 10)),
                "DBHTLX": "一般担保合同",
                "DBLX": "抵押",
            },
        )

    def _guarantor_lines(self, places: np.ndarray, day: int) -> ArrowText:
        """One line a guarantor; the members of a joint group are its guarantors, shown as long as one of its loans is."""
        people, held = self._bank.population, self.guarantees
        joint = held.kind[places] == JOINT
        shown = np.concatenate(
            [places[~joint], np.flatnonzero(np.isin(held.group, np.unique(held.group[places[joint]])) & (held.group >= 0))]
        )
        loans = held.loan[shown]
        is_joint = held.kind[shown] == JOINT
        who = np.where(is_joint, self._bank.loans.customer[loans], held.guarantor[shown])
        alive = np.zeros(int(held.group.max(initial=-1)) + 2, bool)
        alive[held.group[self._bank.loans.status[held.loan] == OPEN]] = True
        ended = np.where(is_joint, ~alive[held.group[shown]], self._bank.loans.status[loans] != OPEN)
        index, corporate = pa.array(who), (who >= people.persons).astype(np.int32)
        return self._guarantors.lines(
            shown,
            {
                **self._shared(loans, day),
                "DBHTH": self._number(shown),
                "BZRLB": word_text(("自然人", "非金融企业"), corporate),
                "BZRMC": people.names.take(index),
                "DBRZJLB": word_text(("居民身份证", "统一社会信用代码"), corporate),
                "DBRZJHM": people.certificates.take(index),
                "DBRJZCBZ": "CNY",
                "DBRJZC": yuan_text(people.wealth[who] * 6 // 100_000 * 100_000),
                "DBHTZT": word_text(_STATES, ended.astype(np.int32)),
            },
        )

    def _collateral_lines(self, loans: np.ndarray, day: int) -> ArrowText:
        people, book = self._bank.population, self._bank.loans
        owner = book.customer[loans]
        index, corporate = pa.array(owner), (owner >= people.persons).astype(np.int32)
        value = book.amount[loans] * (13 + loans % 7) // 10 // 100_000 * 100_000
        return self._collateral.lines(
            loans,
            {
                **self._shared(loans, day),
                "DBHTH": glued("DY", number_text(loans + 1, 10)),
                "YPBH": glued("YP", number_text(loans + 1, 10)),
                "YPLX": word_text(_ITEMS, np.where(corporate == 1, loans % 3, loans % 2)),
                "YPMC": glued(self._bank.county.name, number_text(loans % 89 + 1), "号"),
                "DZYWZT": "正常",
                "BZ": "CNY",
                "PGJZ": yuan_text(value),
                "YXRDJZ": yuan_text(value * 97 // 100),
                "YDYJZ": yuan_text(book.amount[loans]),
                "DZYL": percent_text(book.amount[loans] * 1_000_000 // np.maximum(value, 1)),
                "CZQSW": "1",
                "YPSYRMC": people.names.take(index),
                "YPSYRZJLB": word_text(("居民身份证", "统一社会信用代码"), corporate),
                "YPSYRZJHM": people.certificates.take(index),
                "ZYPZHM": "",
                "ZYPZQFJG": "",
                "QZDJHM": glued(f"{self._bank.county.short_name}权", number_text(loans + 1, 8)),
                "QZDJMJ": number_text(loans % 160 + 60),
            },
        )
