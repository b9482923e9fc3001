"""Tables of the bank's own accounts (407, 408) and of exchange rates (1001)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import COUNTY_CLEARING, leaf, leaves
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.days import compact, day_text
from maisui.example_bank.extract_ledger import by_side
from maisui.example_bank.ledger import LedgerPeriod
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.table_lines import table_lines
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_SUBJECTS = ("1001", "100301", "100302", "101101", "150101", "1601", "1602", "200401", "2211", "2221", "3101")
_SIDES = {"借": 0, "贷": 1, "借贷": 2}
_RATES = (("USD", 7_123_400), ("HKD", 912_300), ("EUR", 7_785_000))


class InternalExtract:
    """Lines of 407, 408 and 1001: one internal account for each of some subjects in every organisation with books."""

    def __init__(self, bank: Bank) -> None:
        """Lay out the accounts of one bank."""
        self._bank = bank
        places = np.r_[HEAD_OFFICE, bank.organisations.outlets]
        codes = (*_SUBJECTS, COUNTY_CLEARING) if bank.has_neighbours else _SUBJECTS
        subjects = np.array([leaf(code) for code in codes])
        self._org = np.repeat(places, len(subjects))
        self._subject = np.tile(subjects, len(places))

    def lines(self, period: LedgerPeriod, day: int, previous: int) -> Iterator[tuple[str, ArrowText]]:
        """The three tables of one delivery."""
        cells = np.arange(len(self._org))
        busy = np.abs(period.opening).sum(axis=1) + period.debits.sum(axis=1) + np.abs(period.closing).sum(axis=1)
        kept = cells[busy[self._org] > 0]
        debit, credit = by_side(period.closing)
        place = (self._org[kept], self._subject[kept])
        yield "NBFHZ", table_lines("NBFHZ", len(kept), {
            **self._account(kept),
            "JDBZ": word_text(("借", "贷", "双向"), np.array([_SIDES[leaves()[s].side] for s in place[1]], np.int64)),
            "JFYE": yuan_text(debit[place]),
            "DFYE": yuan_text(credit[place]),
            "JXBZ": "否",
            "JXFS": "不记利息",
            "LL": percent_text(np.zeros(len(kept), np.int64)),
            "KHRQ": word_text([compact(founded) for founded in self._bank.organisations.founded], self._org[kept]),
            "XHRQ": "99991231",
            "ZHZT": "正常",
            "CJRQ": compact(day),
        })  # fmt: skip
        yield "NBFHZMX", self._entries(period, kept, day)
        yield "HLXXB", self._rates(day, previous)

    def _account(self, cells: np.ndarray) -> dict[str, ArrowText | str]:
        units = self._bank.organisations
        org, subject = self._org[cells], self._subject[cells]
        codes, names = [item.code for item in leaves()], [item.name for item in leaves()]
        return {
            "JRXKZH": self._bank.county.licence,
            "NBJGH": word_text(units.codes, org),
            "YHJGMC": word_text(units.names, org),
            "MXKMBH": word_text(codes, subject),
            "MXKMMC": word_text(names, subject),
            "ZHMC": word_text(names, subject),
            "NBFHZZH": glued("9", word_text(units.codes, org), word_text([code.ljust(8, "0") for code in codes], subject)),
            "BZ": "CNY",
            "BBZ": NO_REMARK,
        }

    def _entries(self, period: LedgerPeriod, kept: np.ndarray, day: int) -> ArrowText:
        """Debits and credits of the period, a summary posting each."""
        debits = period.debits[self._org[kept], self._subject[kept]]
        credits_ = period.credits[self._org[kept], self._subject[kept]]
        cells = np.r_[kept[debits > 0], kept[credits_ > 0]]
        is_credit = np.r_[np.zeros(int((debits > 0).sum()), np.int64), np.ones(int((credits_ > 0).sum()), np.int64)]
        cents = np.r_[debits[debits > 0], credits_[credits_ > 0]]
        debit, credit = by_side(period.closing)
        place = (self._org[cells], self._subject[cells])
        return table_lines("NBFHZMX", len(cells), {
            **self._account(cells),
            "JYXLH": glued(compact(day), "9", number_text(cells, 6), number_text(is_credit)),
            "HXJYRQ": compact(day), "HXJYSJ": "235900", "JYLX": "批量交易", "JYJDBZ": word_text(("借", "贷"), is_credit),
            "JYJE": yuan_text(cents), "JFYE": yuan_text(debit[place]), "DFYE": yuan_text(credit[place]), "ZY": "汇总记账", "CBMBZ": "正常",
            "JYQD": "其他-系统", "XZBZ": "转", "JZRQ": compact(day), "XZRQ": "99991231", "CJRQ": compact(day),
        })  # fmt: skip

    def _rates(self, day: int, previous: int) -> ArrowText:
        """A quotation of 100 units of each currency for every day since the last delivery."""
        days = np.repeat(np.arange(previous + 1, day + 1), len(_RATES))
        which = np.tile(np.arange(len(_RATES)), day - previous)
        base = np.array([rate for _, rate in _RATES])[which]
        rate = base + base // 1_000 * ((days * 7 + which * 3) % 21 - 10) // 10
        return table_lines("HLXXB", len(days), {
            "JRXKZH": self._bank.county.licence,
            "NBJGH": self._bank.organisations.codes[HEAD_OFFICE],
            "YHJGMC": self._bank.county.bank_name,
            "WBSL": "100.00",
            "WBBZ": word_text([code for code, _ in _RATES], which),
            "ZBBSL": percent_text(rate),
            "BBBZ": "CNY",
            "HLRQ": day_text(days),
            "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        })  # fmt: skip
