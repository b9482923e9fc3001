"""Assignments to customer managers: one, two or none a customer, accounts with a line of their own, whole villages, and a hand-over."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import NO_DAY, as_date, day_number, day_text, is_month_end
from maisui.example_bank.deposit_book import CORPORATE
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.population import Segment
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import percent_text, word_text

_BEGAN = day_number(2024, 1, 1)
_HANDED_OVER = day_number(2026, 6, 1)


class AssignmentExtract:
    """Lines of the feed manager_assignment as they stand on a day."""

    def __init__(self, bank: Bank) -> None:
        """Draw once whose customer everyone is, those who join later included."""
        people, staff = bank.population, bank.staff
        rng = stream(bank.seed, "manager assignments")
        self._bank = bank
        self._draw = rng.random(people.count)
        turn = rng.integers(0, 1 << 20, people.count)
        pools = [pool if len(pool) else staff.officers[int(bank.organisations.outlets[0])] for pool in staff.officers]
        sizes = np.array([len(pool) for pool in pools])
        first = np.r_[0, np.cumsum(sizes)[:-1]]
        every, org = np.concatenate(pools), people.org.astype(np.int64)
        self._main = every[first[org] + turn % sizes[org]]
        self._second = every[first[org] + (turn + 1) % sizes[org]]
        self._first_officer = every[first]
        self._leaver = int(pools[int(bank.organisations.outlets[1])][0])
        self._successor = int(every[(np.flatnonzero(every == self._leaver)[0] + 1) % len(every)])

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the whole list at the end of a quarter and on the last day of the simulation."""
        quarter_end = is_month_end(day) and as_date(day).month % 3 == 0
        if not quarter_end and day != self._bank.calendar.last_day:
            return
        lines = [self._whole(day), *self._halves(day), self._deposits_only(day), self._own_lines(day), self._villages(day)]
        kind, number, officer, line, share, since, until = (np.concatenate([part[column] for part in lines]) for column in range(7))
        columns = self._with_hand_over(kind, number, officer, line, share, since, until, day=day)
        kind, number, officer, line, share, since, until = columns
        deposits, people = self._bank.deposits, self._bank.population
        accounts = self._bank.county.account_numbers(np.arange(deposits.count), CORPORATE[deposits.product[: deposits.count]])
        numbers = pa.concat_arrays([people.numbers, accounts, pa.array([f"{code}-000" for code in self._bank.organisations.codes])])
        first = np.array([0, people.count, people.count + len(accounts)])
        folder.write_batches("manager_assignment", day, ({
            "object_kind": word_text(("客户", "账户", "村"), kind[part]),
            "object_number": numbers.take(pa.array((number + first[kind])[part])),
            "employee_number": word_text(self._bank.staff.numbers, officer[part]),
            "business_line": word_text(("全部", "存款"), line[part]),
            "share_percent": percent_text(share[part]),
            "valid_from": day_text(since[part]),
            "valid_until": day_text(until[part]),
        } for part in slices(np.arange(len(kind)))))  # fmt: skip

    def _present(self, day: int) -> np.ndarray:
        persons, organs = self._bank.population.joined_by(day)
        return np.r_[np.arange(persons), self._bank.population.persons + np.arange(organs)]

    def _customers(self, day: int, low: float, high: float) -> np.ndarray:
        present = self._present(day)
        return present[(self._draw[present] >= low) & (self._draw[present] < high)]

    def _lines(self, who: np.ndarray, officer: np.ndarray, *, line: int, share: int, kind: int = 0) -> tuple[np.ndarray, ...]:
        joined = self._bank.population.joined[who] if kind == 0 else self._bank.deposits.opened[who]
        size = len(who)
        return (
            np.full(size, kind), who.astype(np.int64), officer, np.full(size, line), np.full(size, share),
            np.maximum(joined, _BEGAN).astype(np.int64), np.full(size, NO_DAY),
        )  # fmt: skip

    def _whole(self, day: int) -> tuple[np.ndarray, ...]:
        who = self._customers(day, 0.0, 0.58)
        return self._lines(who, self._main[who], line=0, share=100_0000)

    def _halves(self, day: int) -> list[tuple[np.ndarray, ...]]:
        who = self._customers(day, 0.58, 0.70)
        who = who[self._main[who] != self._second[who]]
        return [
            self._lines(who, self._main[who], line=0, share=66_6667),
            self._lines(who, self._second[who], line=0, share=33_3333),
        ]

    def _deposits_only(self, day: int) -> tuple[np.ndarray, ...]:
        who = self._customers(day, 0.70, 0.80)
        return self._lines(who, self._main[who], line=1, share=50_0000)

    def _own_lines(self, day: int) -> tuple[np.ndarray, ...]:
        """Every fortieth account has a line of its own, which goes before its customer's."""
        book = self._bank.deposits
        chosen = np.flatnonzero((np.arange(book.count) % 40 == 7) & (book.opened[: book.count] <= day))
        return self._lines(chosen, self._second[book.customer[chosen]], line=1, share=30_0000, kind=1)

    def _villages(self, day: int) -> tuple[np.ndarray, ...]:
        """The first village of each area goes to an officer of its outlet, for customers nobody else looks after."""
        people = self._bank.population
        living = (people.segment[: people.persons] <= Segment.MIGRANT) & (people.joined[: people.persons] <= day)
        areas = np.unique(people.area[: people.persons][living]).astype(np.int64)
        size = len(areas)
        return (
            np.full(size, 2), areas, self._first_officer[areas], np.full(size, 1), np.full(size, 100_0000),
            np.full(size, _BEGAN), np.full(size, NO_DAY),
        )  # fmt: skip

    def _with_hand_over(self, *columns: np.ndarray, day: int) -> tuple[np.ndarray, ...]:
        """The leaver's lines end on the day of the hand-over and go on under the successor."""
        if day < _HANDED_OVER:
            return columns
        kind, number, officer, line, share, since, until = columns
        left = (officer == self._leaver) & (since < _HANDED_OVER)
        until = np.where(left, _HANDED_OVER, until)
        officer = np.where((officer == self._leaver) & ~left, self._successor, officer)
        things = number * 3 + kind
        rows = np.flatnonzero(left & ~np.isin(things, things[~left & (officer == self._successor)]))
        return (
            np.r_[kind, kind[rows]], np.r_[number, number[rows]], np.r_[officer, np.full(len(rows), self._successor)],
            np.r_[line, line[rows]], np.r_[share, share[rows]], np.r_[since, np.full(len(rows), _HANDED_OVER)],
            np.r_[until, np.full(len(rows), NO_DAY)],
        )  # fmt: skip
