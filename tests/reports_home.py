"""A published home of ten deposits and a loan whose figures can be added up by hand, and reports that differ from them on purpose.

B0 above B1, B2 and B3. B3 is reported in February only; in March its three accounts are kept by B1. A1 receives 50.00 on the
reporting date; nothing else moves.

    28 Feb   B1  A1 1,000  A2 term 2,000  A3 margin 300  A4 410                       3,710
             B2  A5 500    A6 margin 70   A10 term 70    L1 loan 9,000                  640
             B3  A7 600    A8 margin 25   A9 term 800                                1,425
    31 Mar   B1  the same with A1 1,050, and those of B3                             5,185
             B2                                                                        640

The ledger of B0 holds 20.00 dollars beside them that no account stands behind, as deposits and as cash; 100 dollars are 650.00 yuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from example_home import run
from mini_bank import CONTRACT, MAPPINGS, SOURCE, Account, MiniBank, compact, deliver, make_home
from scratch import own_copy

FIRST_DAY, DAY_BEFORE, LAST_DAY = date(2026, 2, 28), date(2026, 3, 30), date(2026, 3, 31)
AGREES, MERGED, DETAILED, STRANGE, UNIT, TWO_WAYS, TYPED, ROUNDED, OTHER_METRIC, NO_METRIC, RATIO, HALF, FORGOT, DOUBLED = (
    "agrees", "merged", "detailed", "strange", "unit", "two ways", "typed", "rounded", "other metric", "no metric", "ratio", "half", "forgot", "doubled",
)  # fmt: skip
RATIO_OF_BEFORE, RATIO_OF_PARTS, RATIO_UNIT, RATIO_TYPED, SHARE_OF_YUAN = (
    "ratio of before", "ratio of parts", "ratio unit", "ratio typed", "share of yuan",
)  # fmt: skip
_ORGANISATIONS = (
    ("B0", "Head office", "head_office", ""),
    ("B1", "North Street", "outlet", "B0"),
    ("B2", "Market Square", "outlet", "B0"),
    ("B3", "Mill Lane", "outlet", "B0"),
)
_CONTRACT = CONTRACT.replace("product | demand term loan", "product | demand term margin loan")
_DOLLARS = (["B0", "2011", "USD", "0.00", "20.00"], ["B0", "1001", "USD", "20.00", "0.00"])
_RATES = """
SELECT
  'USD' AS currency, 'CNY' AS local_currency, DATE '2026-01-01' AS valid_from, CAST(100 AS DECIMAL(18,2)) AS quoted_amount,
  CAST(650 AS DECIMAL(12,6)) AS exchange_rate, min(source_file_id) AS source_file_id, min(source_line) AS source_line
FROM mini_gl
"""
_MAPPING = MAPPINGS["account_snapshot"].replace("WHEN 'term'", "WHEN 'margin' THEN 'guarantee_deposit' WHEN 'term'")


def _accounts(day: date) -> tuple[Account, ...]:
    taken = "B1" if day == LAST_DAY else "B3"
    held = (
        ("A1", "B1", "demand", 1_000_00),
        ("A2", "B1", "term", 2_000_00),
        ("A3", "B1", "margin", 300_00),
        ("A4", "B1", "demand", 410_00),
        ("A5", "B2", "demand", 500_00),
        ("A6", "B2", "margin", 70_00),
        ("A7", taken, "demand", 600_00),
        ("A8", taken, "margin", 25_00),
        ("A9", taken, "term", 800_00),
        ("A10", "B2", "term", 70_00),
        ("L1", "B2", "loan", 9_000_00),
    )
    return tuple(Account(number, f"C{number}", org, product, cents) for number, org, product, cents in held)


@dataclass(frozen=True)
class ReportsBank(MiniBank):
    """The bank of these accounts; `accounts` are those of one report."""

    def movements(self, first: date, last: date) -> list[tuple[date, Account, int]]:
        """Return the one movement there is."""
        return [(LAST_DAY, self.accounts[0], 50_00)] if first <= LAST_DAY <= last else []

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers for `day`: three outlets in February, two in March; dollars in the ledger."""
        if feed == "ORG":
            return [list(row) for row in _ORGANISATIONS if row[0] != "B3" or day == FIRST_DAY]
        return [*super().rows(feed, day, since), *(_DOLLARS if feed == "GL" else ())]


FIGURES = (
    (AGREES, "B0", LAST_DAY, "deposit_balance", "5825.00", "元"),
    (MERGED, "B1", LAST_DAY, "deposit_balance", "4810.00", "元"),
    (DETAILED, "B1", LAST_DAY, "deposit_balance", "3470.00", "元"),
    (STRANGE, "B2", LAST_DAY, "deposit_balance", "10703.34", "元"),
    (UNIT, "B2", LAST_DAY, "loan_balance", "0.90", "元"),
    (TWO_WAYS, "B2", LAST_DAY, "deposit_balance", "570.00", "元"),
    (TYPED, "B2", LAST_DAY, "deposit_balance", "638.77", "元"),
    (ROUNDED, "B0", LAST_DAY, "deposit_balance", "0.58", "万元"),
    (OTHER_METRIC, "B0", LAST_DAY, "deposit_balance", "2560.00", "元"),
    (NO_METRIC, "B0", LAST_DAY, "deposits", "1.00", "元"),
    (RATIO, "B0", LAST_DAY, "demand_deposit_share", "0.44", "元"),
    (HALF, "B1", LAST_DAY, "deposit_balance", "4852.23", "元"),
    (FORGOT, "B1", LAST_DAY, "deposit_balance", "4450.00", "元"),
    (DOUBLED, "B1", LAST_DAY, "deposit_balance", "5595.00", "元"),
    (RATIO_OF_BEFORE, "B1", LAST_DAY, "demand_deposit_share", "38.01", "%"),
    (RATIO_OF_PARTS, "B1", LAST_DAY, "demand_deposit_share", "42.39", "%"),
    (RATIO_OF_PARTS, "B1", LAST_DAY, "demand_deposit_balance", "2060.00", "元"),
    (RATIO_OF_PARTS, "B1", LAST_DAY, "deposit_balance", "4860.00", "元"),
    (RATIO_UNIT, "B0", LAST_DAY, "demand_deposit_share", "43.95", "‰"),
    (RATIO_TYPED, "B0", LAST_DAY, "demand_deposit_share", "12.34", "%"),
    (SHARE_OF_YUAN, "B0", LAST_DAY, "deposit_balance", "5.00", "%"),
)
DETAIL = (
    (DETAILED, "B1", "A1", "1050.00"),
    (DETAILED, "B1", "A2", "2010.00"),
    (DETAILED, "B1", "A4", "410.00"),
    (STRANGE, "B2", "A5", "500.00"),
    (STRANGE, "B2", "A6", "70.00"),
    (STRANGE, "B2", "A10", "70.00"),
    (STRANGE, "B2", "A1", "1050.00"),
    (STRANGE, "B2", "L1", "9000.00"),
    (STRANGE, "B2", "Z9", "12.34"),
)


def figures_csv() -> str:
    """Return the file of reported figures."""
    lines = ["report_name,organisation_code,measured_on,metric_code,currency,reported_value,unit,report_note"]
    lines += [f"{report},{org},{compact(day)},{metric},ALL,{value},{unit}," for report, org, day, metric, value, unit in FIGURES]
    return "\n".join(lines) + "\n"


def detail_csv() -> str:
    """Return the file of their detail."""
    lines = ["report_name,organisation_code,measured_on,metric_code,account_number,reported_amount"]
    lines += [f"{report},{org},{compact(LAST_DAY)},deposit_balance,{number},{amount}" for report, org, number, amount in DETAIL]
    return "\n".join(lines) + "\n"


@cache
def reports_home() -> Path:
    """Return this process's copy of the published home."""
    return own_copy("reports", _make_reports_home)


def _make_reports_home(path: Path) -> None:
    mappings = {**MAPPINGS, "account_snapshot": _MAPPING, "exchange_rate": _RATES}
    home = make_home(path, sources=(SOURCE, "supplement"), contract=_CONTRACT, mappings=mappings)
    for day, since in ((FIRST_DAY, None), (LAST_DAY, FIRST_DAY)):
        deliver(home, day, since, bank=ReportsBank(_accounts(day)))
    inbox = home / "inbox" / "supplement"
    (inbox / f"MINI01-reported_figure-{compact(LAST_DAY)}.csv").write_text(figures_csv(), encoding="utf-8")
    (inbox / f"MINI01-reported_detail-{compact(LAST_DAY)}.csv").write_text(detail_csv(), encoding="utf-8")
    run(home, LAST_DAY)
