"""The teller journal of the last two months and the workload rates: counter postings and what moves no money."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import KIND_WORDS, Channel
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import compact, day_number, day_text, is_month_end, second_text
from maisui.example_bank.extract_deposits import serial_text
from maisui.example_bank.randomness import stream
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

_KEPT_FROM = day_number(2026, 9, 1)
_SILENT = ("密码重置", "信息维护", "挂失", "查询打印")
_TITLES = (*KIND_WORDS, *_SILENT)
_ERRORS = 0.004
_ERROR_CLASSES, _ERROR_TYPES = ("一类", "二类", "三类"), ("凭证要素不全", "漏盖业务章", "金额录入错误", "客户身份核实不全")
_CODES = [f"{1001 + number}" for number in range(len(_TITLES))]


class TellerJournalExtract:
    """Lines of teller_journal, staff_error and workload_rate."""

    def __init__(self, bank: Bank) -> None:
        """Prepare the journal of one bank."""
        self._bank = bank

    def write(self, folder: SupplementFolder, delivery: Delivery) -> None:
        """Write what tellers did since the last delivery and, at month ends, the rates."""
        if is_month_end(delivery.day):
            folder.write("workload_rate", delivery.day, {
                "transaction_code": _CODES,
                "workload_rate": [("0.5", "1", "1.5", "2")[number % 4] for number in range(len(_CODES))],
                "valid_from": [compact(day_number(2024, 1, 1))] * len(_CODES),
                "valid_until": ["99991231"] * len(_CODES),
            })  # fmt: skip
        days = [movements for movements in delivery.deposit_movements if len(movements) and int(movements.day[0]) >= _KEPT_FROM]
        if days:
            folder.write_batches("teller_journal", delivery.day, (self._columns(movements) for movements in days))
            errors = [row for movements in days for row in self._errors(movements)]
            if errors:
                folder.write_rows("staff_error", delivery.day, errors)

    def _errors(self, movements: Movements) -> Iterator[tuple[object, ...]]:
        """Errors of one day, found and put right within a few days; one in eight is of the first class."""
        day, bank = int(movements.day[0]), self._bank
        rng = stream(bank.seed, "staff errors", day)
        posted = np.flatnonzero((movements.channel == Channel.COUNTER) & ~movements.reversal)
        wrong = posted[rng.random(len(posted)) < _ERRORS]
        for number, at in enumerate(wrong.tolist(), start=1):
            grade, kind, found = int(rng.choice(3, p=(0.125, 0.375, 0.5))), int(rng.integers(0, 4)), day + int(rng.integers(0, 4))
            yield (
                f"CC{compact(day)}{number:04d}", compact(day), bank.organisations.codes[movements.handling[at]],
                bank.staff.teller_codes[movements.teller[at]], _ERROR_CLASSES[grade], _ERROR_TYPES[kind], _CODES[movements.kind[at]],
                compact(found), compact(found + 1),
            )  # fmt: skip

    def _columns(self, movements: Movements) -> dict[str, ArrowText]:
        rng = stream(self._bank.seed, "teller journal", int(movements.day[0]))
        posted = np.flatnonzero((movements.channel == Channel.COUNTER) & ~movements.reversal)
        silent = posted[rng.random(len(posted)) < 0.35]
        at = np.r_[posted, silent]
        moves = np.arange(len(at)) < len(posted)
        kind = np.where(moves, movements.kind[at], len(KIND_WORDS) + at % len(_SILENT))
        day = day_text(np.full(len(at), int(movements.day[0])))
        tellers = ["", *self._bank.staff.teller_codes]
        serials = pa.concat_arrays([serial_text(movements, "1"), pa.array([""], pa.string())])
        amounts = pa.concat_arrays([yuan_text(np.abs(movements.amount)), pa.array([""], pa.string())])
        booked = pa.array(np.where(moves, at, len(movements)))
        return {
            "journal_number": glued("J", day, number_text(np.arange(1, len(at) + 1), 7)),
            "handled_on": day,
            "handled_time": second_text(movements.second[at]),
            "organisation_code": word_text(self._bank.organisations.codes, movements.handling[at]),
            "transaction_code": word_text(_CODES, kind),
            "transaction_title": word_text(_TITLES, kind),
            "teller_number": word_text(tellers, movements.teller[at] + 1),
            "checker_number": word_text(tellers, np.where(moves, movements.authoriser[at] + 1, 0)),
            "authoriser_number": word_text(tellers, np.where(moves, movements.authoriser[at] + 1, 0)),
            "journal_amount": amounts.take(booked),
            "transaction_number": serials.take(booked),
        }
