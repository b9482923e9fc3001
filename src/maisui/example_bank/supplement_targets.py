"""Targets for a year, as the performance department sets them: outlets and managers, by month, quarter and year."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import NO_DAY, add_months, as_date, compact, day_number, is_month_end
from maisui.example_bank.loan_book import OPEN
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder

_ELECTRONIC = 0.88
_BAD = "0.0165"
_MANAGED_SHARE = 0.7


@dataclass(frozen=True)
class _Goal:
    """A metric of the catalogue, where its holder stands (yuan or heads), the change asked for in a year and the step of rounding.

    A flow (new customers) is asked for in every period anew; a stock is to be reached by the period's end.
    """

    metric: str
    base: int
    growth: float
    step: int
    is_flow: bool = False

    def amount(self, from_share: float, to_share: float) -> int:
        """What is to be reached between two parts of the year."""
        raw = self.base * self.growth * (to_share - from_share) if self.is_flow else self.base * (1 + self.growth * to_share)
        return max(round(raw / self.step), 1) * self.step


def _periods(year: int) -> Iterator[tuple[int, int, float, float]]:
    """First day, last day and parts of the year of its months, quarters and itself."""
    january = day_number(year, 1, 1)
    for months in (1, 3, 12):
        for first in range(0, 12, months):
            yield add_months(january, first), add_months(january, first + months) - 1, first / 12, (first + months) / 12


class Targets:
    """Writes the targets of the running year with the first delivery and those of the next one at each year's end."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose outlets and managers have targets."""
        self._bank = bank

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write what is due on a day."""
        date = as_date(day)
        if is_month_end(day) and date.month == 12:
            folder.write_rows("target", day, list(self._rows(day, date.year + 1)))
        elif day == self._bank.calendar.deliveries[0]:
            folder.write_rows("target", day, list(self._rows(day, date.year)))

    def _rows(self, day: int, year: int) -> Iterator[tuple[object, ...]]:
        bank, codes = self._bank, self._bank.organisations.codes
        rng = stream(bank.seed, "targets", year)
        whole: dict[tuple[str, int, int], int] = {}
        for outlet in self._open_outlets(day):
            zeal = float(rng.uniform(0.7, 1.4))
            for goal in self._of_outlet(outlet, zeal, day):
                for first, last, begins, ends in _periods(year):
                    amount = goal.amount(begins, ends)
                    whole[goal.metric, first, last] = whole.get((goal.metric, first, last), 0) + amount
                    yield ("机构", codes[outlet], goal.metric, compact(first), compact(last), amount, "", codes[outlet])
            for first, last, _, _ in _periods(year):
                rate = f"{_ELECTRONIC + 0.02 * zeal:.4f}"
                yield ("机构", codes[outlet], "electronic_substitution_rate", compact(first), compact(last), "", rate, codes[outlet])
                yield ("机构", codes[outlet], "npl_ratio", compact(first), compact(last), "", _BAD, codes[outlet])
        for (metric, first, last), amount in whole.items():
            yield ("机构", codes[HEAD_OFFICE], metric, compact(first), compact(last), amount, "", codes[HEAD_OFFICE])
        for first, last, _, _ in _periods(year):
            for metric, rate in (("electronic_substitution_rate", f"{_ELECTRONIC + 0.02:.4f}"), ("npl_ratio", _BAD)):
                yield ("机构", codes[HEAD_OFFICE], metric, compact(first), compact(last), "", rate, codes[HEAD_OFFICE])
        yield from self._of_managers(day, year)

    def _open_outlets(self, day: int) -> list[int]:
        closing = self._bank.closing
        return [outlet for outlet in self._bank.organisations.outlets.tolist() if outlet != closing.outlet or day < closing.day]

    def _of_outlet(self, outlet: int, zeal: float, day: int) -> list[_Goal]:
        bank = self._bank
        deposits, loans, people = bank.deposits, bank.loans, bank.population
        held = deposits.balance[: deposits.count][deposits.org[: deposits.count] == outlet]
        mine = (loans.org[: loans.count] == outlet) & (loans.status[: loans.count] == OPEN)
        lent = loans.balance[: loans.count][mine]
        bad = lent[loans.classes(slice(0, loans.count), day)[mine] >= 2]
        customers = int(((people.org == outlet) & (people.joined <= day) & (people.left == NO_DAY)).sum())
        return [
            _Goal("deposit_balance", int(held.sum()) // 100, 0.08 * zeal, 10_000),
            _Goal("deposit_average_daily_balance", int(held.sum()) // 100, 0.06 * zeal, 10_000),
            _Goal("loan_balance", int(lent.sum()) // 100, 0.09 * zeal, 10_000),
            _Goal("npl_balance", int(bad.sum()) // 100, -0.10 * zeal, 1_000),
            _Goal("customer_count", customers, 0.05 * zeal, 1),
            _Goal("new_customer_count", customers, 0.06 * zeal, 1, is_flow=True),
        ]

    def _of_managers(self, day: int, year: int) -> Iterator[tuple[object, ...]]:
        bank, staff = self._bank, self._bank.staff
        deposits, loans, people = bank.deposits, bank.loans, bank.population
        for outlet in self._open_outlets(day):
            officers = [who for who in staff.officers[outlet].tolist() if staff.left[who] == NO_DAY]
            share = _MANAGED_SHARE / max(len(officers), 1)
            held = int(deposits.balance[: deposits.count][deposits.org[: deposits.count] == outlet].sum()) // 100
            customers = int(((people.org == outlet) & (people.joined <= day) & (people.left == NO_DAY)).sum())
            for who in officers:
                lent = int(loans.balance[: loans.count][loans.officer[: loans.count] == who].sum()) // 100
                for goal in (
                    _Goal("managed_deposit_average_daily_balance", int(held * share), 0.08, 10_000),
                    _Goal("managed_loan_balance", lent, 0.09, 10_000),
                    _Goal("managed_customer_count", int(customers * share), 0.05, 1),
                ):
                    for first, last, begins, ends in _periods(year):
                        row = (goal.metric, compact(first), compact(last), goal.amount(begins, ends), "")
                        yield ("员工", staff.numbers[who], *row, bank.organisations.codes[outlet])
