"""Amounts that stand wrong in the delivered general ledger: put there on request, so that tie-outs have something to find."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa

from maisui.example_bank.chart_of_accounts import leaf, leaves
from maisui.example_bank.days import as_date
from maisui.example_bank.ledger import LedgerPeriod
from maisui.example_bank.organisations import Organisations
from maisui.example_bank.randomness import stream
from maisui.example_bank.scale import Calendar
from maisui.example_bank.text_columns import ArrowTable

_SUBJECTS = ("20110101", "20110103", "13030101", "130302", "130304", "20110201")


class LedgerBreaks:
    """On chosen delivery days an amount stands under the next subject: the ledger balances, its sub-ledgers no longer tie."""

    def __init__(self, *, seed: int, count: int, calendar: Calendar, organisations: Organisations) -> None:
        """Choose days, outlets, subjects and amounts (cents)."""
        rng = stream(seed, "ledger breaks")
        days = rng.permutation(np.array(calendar.deliveries))[:count]
        outlets = rng.choice(organisations.outlets, len(days))
        places, cents = rng.integers(0, len(_SUBJECTS) - 1, len(days)), rng.integers(1, 5_000_000, len(days))
        pairs = list(pairwise(_SUBJECTS))
        self._codes = organisations.codes
        chosen = zip(days.tolist(), outlets.tolist(), places.tolist(), cents.tolist(), strict=True)
        self._breaks = {day: (outlet, *pairs[place], amount) for day, outlet, place, amount in chosen}

    def broken(self, period: LedgerPeriod, day: int) -> LedgerPeriod:
        """Return the period as it is delivered on a day: its closing balances may be wrong."""
        if day not in self._breaks:
            return period
        outlet, wrong, right, cents = self._breaks[day]
        closing = period.closing.copy()
        closing[outlet, leaf(wrong)] += cents
        closing[outlet, leaf(right)] -= cents
        return replace(period, closing=closing)

    def table(self) -> ArrowTable:
        """The truth: day, outlet, the subject that is too high (debit positive), the one that is too low, and by how much."""
        names = {subject.code: subject.name for subject in leaves()}
        rows = sorted(self._breaks.items())
        return pa.table({
            "day": pa.array([as_date(day) for day, _ in rows], pa.date32()),
            "organisation_code": pa.array([self._codes[outlet] for _, (outlet, *_) in rows], pa.string()),
            "subject_too_high": pa.array([wrong for _, (_, wrong, _, _) in rows], pa.string()),
            "subject_too_low": pa.array([right for _, (_, _, right, _) in rows], pa.string()),
            "subject_name": pa.array([names[wrong] for _, (_, wrong, _, _) in rows], pa.string()),
            "cents": pa.array([cents for _, (*_, cents) in rows], pa.int64()),
        })  # fmt: skip
