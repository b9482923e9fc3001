"""What the finance department delivers once a year: budgets of ledger lines by month and year, and the holiday calendar."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.days import add_months, as_date, compact, day_number, is_month_end
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder

_GROWTH = {"loan": ("1303", 1, 0.08), "deposit": ("2011", -1, 0.09)}
"""Planned growth of a year by line: the subject, its sign and the part added."""
_FLOWS = (
    ("interest_income", "loan", 0.051), ("deposit_interest_expense", "deposit", 0.0145), ("operating_expense", "loan", 0.014),
    ("interest_expense", "deposit", 0.0014), ("fee_income", "deposit", 0.0027), ("fee_expense", "deposit", 0.0004),
    ("tax_surcharge", "loan", 0.00035), ("impairment", "loan", 0.009),
)  # fmt: skip
"""Planned flow of a year by line, as a part of a planned balance; income tax is planned by nobody."""
_OWN_RESULTS = {"75_income": ("interest_income", "fee_income")}
_OWN_COSTS = "76_cost"
"""Lines of the bank's own report that hold the year's result so far: these flows, and the cost of all others."""
DAYS_OF_A_MONTH = 31
_HOLIDAYS = {
    "元旦": ("2023-12-30:2024-01-01", "2025-01-01", "2026-01-01:2026-01-03"),
    "春节": ("2024-02-10:2024-02-17", "2025-01-28:2025-02-04", "2026-02-15:2026-02-23"),
    "清明节": ("2024-04-04:2024-04-06", "2025-04-04:2025-04-06", "2026-04-04:2026-04-06"),
    "劳动节": ("2024-05-01:2024-05-05", "2025-05-01:2025-05-05", "2026-05-01:2026-05-05"),
    "端午节": ("2024-06-10", "2025-05-31:2025-06-02", "2026-06-19:2026-06-21"),
    "中秋节": ("2024-09-15:2024-09-17", "2026-09-25:2026-09-27"),
    "国庆节": ("2024-10-01:2024-10-07", "2026-10-01:2026-10-07"),
    "国庆节、中秋节": ("2025-10-01:2025-10-08",),
}
_MAKE_UP = {
    "元旦": ("2026-01-04",),
    "春节": ("2024-02-04", "2024-02-18", "2025-01-26", "2025-02-08", "2026-02-14", "2026-02-28"),
    "清明节": ("2024-04-07",),
    "劳动节": ("2024-04-28", "2024-05-11", "2025-04-27", "2026-05-09"),
    "中秋节": ("2024-09-14",),
    "国庆节": ("2024-09-29", "2024-10-12", "2026-09-20", "2026-10-10"),
    "国庆节、中秋节": ("2025-09-28", "2025-10-11"),
}
"""Days off and worked weekend days of 2024 to 2026, as the State Council announced them."""


class Budgets:
    """Writes budgets of the running year with the first delivery and those of the next one at each year's end, and the holidays once."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose outlets have budgets."""
        self._bank = bank

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write what is due on a day."""
        at = as_date(day)
        if day == self._bank.calendar.deliveries[0]:
            folder.write_rows("ledger_budget", day, list(self._rows(day, at.year)))
            folder.write_rows("holiday_calendar", day, sorted(_special_days()))
        elif is_month_end(day) and at.month == 12:
            folder.write_rows("ledger_budget", day, list(self._rows(day, at.year + 1)))

    def _rows(self, day: int, year: int) -> Iterator[tuple[object, ...]]:
        bank, codes, closing = self._bank, self._bank.organisations.codes, self._bank.closing
        rng = stream(bank.seed, "budgets", year)
        whole: dict[tuple[str, int, int], int] = {}
        for outlet in bank.organisations.outlets.tolist():
            zeal = float(rng.uniform(0.85, 1.15))
            if outlet == closing.outlet and day >= closing.day:
                continue
            for line, first, last, amount in self._of_outlet(outlet, zeal, year):
                whole[line, first, last] = whole.get((line, first, last), 0) + amount
                yield codes[outlet], "报表行", line, "CNY", compact(first), compact(last), amount
        for (line, first, last), amount in whole.items():
            yield codes[HEAD_OFFICE], "报表行", line, "CNY", compact(first), compact(last), amount
            if line == "deposit":
                yield codes[HEAD_OFFICE], "自定义行", "50_deposits", "CNY", compact(first), compact(last), amount

        for (line, first, last), amount in sorted(_so_far(whole).items()):
            yield codes[HEAD_OFFICE], "自定义行", line, "CNY", compact(first), compact(last), amount

    def _of_outlet(self, outlet: int, zeal: float, year: int) -> Iterator[tuple[str, int, int, int]]:
        january = day_number(year, 1, 1)
        for months in (1, 12):
            for first in range(0, 12, months):
                begins, ends = add_months(january, first), add_months(january, first + months) - 1
                planned: dict[str, float] = {}
                for line, (subject, sign, growth) in _GROWTH.items():
                    planned[line] = self._held(outlet, subject) * sign * (1 + growth * zeal * (first + months) / 12)
                    yield line, begins, ends, _rounded(planned[line])
                for line, base, rate in _FLOWS:
                    yield line, begins, ends, _rounded(planned[base] * rate * zeal * months / 12)

    def _held(self, outlet: int, subject: str) -> int:
        """Return what an outlet holds on all leaves of a subject, yuan, debit positive."""
        places = [place for place, one in enumerate(leaves()) if one.code.startswith(subject)]
        return int(self._bank.ledger.balance[outlet, places].sum()) // 100


def _so_far(whole: Mapping[tuple[str, int, int], int]) -> dict[tuple[str, int, int], int]:
    """Return what own lines of the year's result are planned to hold at the end of each month and of the year."""
    flows = {line for line, _, _ in _FLOWS}
    found: dict[tuple[str, int, int], int] = {}
    for first, last in {(first, last) for _, first, last in whole}:
        for line, begins, ends in whole:
            is_year = (begins, ends) == (first, last)
            is_earlier_month = ends <= last and ends - begins < DAYS_OF_A_MONTH and last - first < DAYS_OF_A_MONTH
            if line in flows and (is_year or is_earlier_month):
                own = next((code for code, lines in _OWN_RESULTS.items() if line in lines), _OWN_COSTS)
                found[own, first, last] = found.get((own, first, last), 0) + whole[line, begins, ends]
    return found


def _rounded(amount: float) -> int:
    return round(amount / 100) * 100


def _special_days() -> Iterator[tuple[object, ...]]:
    for word, named in (("放假", _HOLIDAYS), ("上班", _MAKE_UP)):
        for name, spans in named.items():
            for span in spans:
                first, _, last = span.partition(":")
                day, end = date.fromisoformat(first), date.fromisoformat(last or first)
                while day <= end:
                    yield f"{day:%Y%m%d}", word, name
                    day += timedelta(days=1)
