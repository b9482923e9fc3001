"""Tables of the general ledger: all subjects of every organisation with books (401) and the subject list (402)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import CREDIT, EITHER, leaves, shown_subjects
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.days import compact
from maisui.example_bank.extract_organisation import Row
from maisui.example_bank.ledger import LedgerPeriod
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.row_template import Columns, RowTemplate
from maisui.example_bank.text_columns import ArrowText, word_text, yuan_text


def by_side(balance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Debit and credit balances of leaf subjects [organisation, leaf] from debit-positive ones, by each one's side."""
    side = [subject.side for subject in leaves()]
    credit = np.array([word == CREDIT for word in side])
    either = np.array([word == EITHER for word in side])
    on_credit = credit | (either & (balance < 0))
    return np.where(on_credit, 0, balance), np.where(on_credit, -balance, 0)


class LedgerExtract:
    """Lines of 401 and rows of 402."""

    def __init__(self, bank: Bank) -> None:
        """Lay out the cells (organisation × subject) of one bank."""
        self._bank = bank
        self._places = np.r_[HEAD_OFFICE, bank.organisations.outlets]
        self._chart = shown_subjects(bank.has_neighbours)
        self._sums = np.array([[leaf.code.startswith(subject.code) for leaf in leaves()] for subject in self._chart], np.int64)
        self._template = RowTemplate("ZZKJQKMB", self._columns)
        self._template.learn(len(self._places) * len(self._chart))

    def _columns(self, cells: np.ndarray) -> Columns:
        units, chart = self._bank.organisations, self._chart
        org = self._places[cells // len(chart)]
        subject = cells % len(chart)
        return {
            "JRXKZH": self._bank.county.licence,
            "NBJGH": word_text(units.codes, org),
            "YHJGMC": word_text(units.names, org),
            "KJKMBH": word_text([item.code for item in chart], subject),
            "KJKMMC": word_text([item.name for item in chart], subject),
            "BZ": "CNY",
            "BBZ": NO_REMARK,
        }

    def _cells(self, table: np.ndarray) -> np.ndarray:
        """Every subject of every organisation with books, parents as the sums of their leaves."""
        return (table[self._places] @ self._sums.T).reshape(-1)

    def lines(self, period: LedgerPeriod, day: int, daily: bool) -> ArrowText:
        """Lines of 401 for the period that ends on `day`."""
        opening, closing = by_side(period.opening), by_side(period.closing)
        tables = (*opening, period.debits, period.credits, *closing)
        fields = ("QCJFYE", "QCDFYE", "JFFSE", "DFFSE", "QMJFYE", "QMDFYE")
        amounts = {field: yuan_text(self._cells(table)) for field, table in zip(fields, tables, strict=True)}
        dates = {"BSZQ": "日报" if daily else "月报", "KJRQ": compact(day), "CJRQ": compact(day)}
        busy = np.abs(period.opening).sum(axis=1) + period.debits.sum(axis=1) + np.abs(period.closing).sum(axis=1)
        kept = np.flatnonzero(np.repeat(busy[self._places] > 0, len(self._chart)))
        amounts = {field: text.take(pa.array(kept)) for field, text in amounts.items()}
        return self._template.lines(kept, {**amounts, **dates})

    def subject_rows(self, day: int) -> list[Row]:
        """Table 402; a top subject names 0 as its parent."""
        names = {item.code: item.name for item in self._chart}
        return [
            {
                "JRXKZH": self._bank.county.licence, "NBJGH": self._bank.organisations.codes[HEAD_OFFICE],
                "YHJGMC": self._bank.county.bank_name,
                "KJKMBH": item.code, "KJKMMC": item.name, "KJKMJC": str(item.level), "SJKMBH": item.parent or "0",
                "SJKMMC": names.get(item.parent, "无"), "KMJDBZ": item.side, "GSYWDL": item.major,
                "GSYWZL": item.minor, "BBZ": NO_REMARK, "CJRQ": compact(day),
            }
            for item in self._chart
        ]  # fmt: skip
