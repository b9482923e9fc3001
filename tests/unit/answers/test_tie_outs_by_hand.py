"""Tie-outs over drawn tables: which subjects stand on accounts, where they differ, whose accounts are behind it, and how long lists are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from drawn_tables import load_tables, need_table

from maisui.answers.tie_outs import (
    AccountLine,
    Coverage,
    LoanCoverage,
    OutletLine,
    TiedDay,
    control_history,
    loan_coverage,
    stopped_batch,
    tie_accounts,
    tie_day,
    tie_outlets,
    tied_days,
)
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.warehouse.home import Home, create_home
from maisui.warehouse.reader import Reader
from maisui.warehouse.refusal import write_refusal
from maisui.warehouse.version import Control, Manifest

DAY, EVE = date(2026, 6, 30), date(2026, 6, 29)
READ = ("subject_coverage", "ledger_tie", "loan_tie", "organisation", "account_snapshot", "account_transaction", "balance_break")
COVERAGE = """
    business_date | subject_code | element_code | control_code | currency | is_covered | ledger_balance | subledger_balance | difference_amount | differing_count
    --------------+--------------+--------------+--------------+----------+------------+----------------+-------------------+-------------------+----------------
    2026-06-30    | 1303         | asset        | loan         | CNY      | yes        | 300.00         | 300.00            | 0.00              | 0
    2026-06-30    | 1304         | asset        | none         | CNY      | no         | -100.00        |                   |                   | 0
    2026-06-30    | 1305         | asset        | none         | CNY      | no         | 0.00           |                   |                   | 0
    2026-06-30    | 2011         | liability    | deposit      | CNY      | yes        | 450.00         | 450.00            | 0.00              | 0
    2026-06-30    | 2012         | liability    | deposit      | CNY      | yes        | -50.00         | -51.00            | -1.00             | 2
    2026-06-30    | 2013         | liability    | deposit      | CNY      | yes        | 450.00         | 450.00            | 0.00              | 0
    2026-06-30    | 2221         | liability    | none         | CNY      | no         | 50.00          |                   |                   | 0
    2026-06-30    | 6011         | result       | none         | CNY      | no         | 70.00          |                   |                   | 0
    2026-06-30    | 4001         | equity       | none         | CNY      | no         | 80.00          |                   |                   | 0
    2026-06-30    | 9001         | off_balance  | none         | CNY      | no         | 5.00           |                   |                   | 0
    2026-06-29    | 2011         | liability    | deposit      | CNY      | yes        | 999.00         | 999.00            | 0.00              | 0
"""
TIES = """
    business_date | organisation_code | subject_code | control_code | currency | found_in  | subledger_balance | ledger_balance | difference_amount
    --------------+-------------------+--------------+--------------+----------+-----------+-------------------+----------------+------------------
    2026-06-30    | B10               | 2012         | deposit      | CNY      | both      | -20.00            | -20.50         | 0.50
    2026-06-30    | B20               | 2012         | deposit      | CNY      | both      | -31.00            | -29.50         | -1.50
    2026-06-30    | B30               | 2012         | deposit      | CNY      | both      | 0.00              | 0.00           | 0.00
    2026-06-30    | B10               | 2012         | deposit      | USD      | subledger | 3.00              | 0.00           | 3.00
    2026-06-30    | B20               | 2012         | deposit      | USD      | both      | 1.00              | 1.00           | 0.00
    2026-06-30    | B10               | 2099         | deposit      | CNY      | subledger | 4.00              | 0.00           | 4.00
    2026-06-29    | B10               | 2012         | deposit      | CNY      | both      | 7.00              | 6.00           | 1.00
"""


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """Yield what draws tables and reads them as a published version."""
    engine = DuckDBEngine(tmp_path)

    def drawn(**tables: str) -> Reader:
        load_tables(engine, **tables)
        for name in READ:
            need_table(engine, name)
        return Reader(MANIFEST, engine.as_duckdb())

    yield drawn
    engine.close()


MANIFEST = Manifest("v1", "BANK", DAY, EVE, "c", "p", ("core",), "s", (), DAY, "h", ())


def test_days_of_the_ledger_are_listed_newest_first_with_what_was_compared_and_what_differs(read: Callable[..., Reader]) -> None:
    coverage = f"{COVERAGE}    2026-06-28 | 2221 | liability | none | CNY | no | 1.00 | | | 0\n"
    assert tied_days(read(subject_coverage=coverage, ledger_tie=TIES)) == (
        TiedDay(DAY, 6, 4),
        TiedDay(EVE, 1, 1),
        TiedDay(date(2026, 6, 28), 0, 0),
    )


def test_the_last_four_hundred_days_are_listed(read: Callable[..., Reader]) -> None:
    header = "business_date | subject_code | is_covered\n--\n"
    days = [DAY - timedelta(days=number) for number in range(401)]
    found = tied_days(read(subject_coverage=header + "".join(f"{day} | 2011 | yes\n" for day in days)))
    assert [one.day for one in found] == days[:400]


def test_a_side_of_the_balance_sheet_is_covered_by_its_size_whatever_its_sign(read: Callable[..., Reader]) -> None:
    """Assets: 300 of 300 + 100. Liabilities: 450 + 50 + 450 of those and 50. A negative balance covers as much as a positive one."""
    found = tie_day(read(subject_coverage=COVERAGE, ledger_tie=TIES), DAY)
    assert found.coverage == (
        Coverage("asset", Decimal("300.00"), Decimal("400.00")),
        Coverage("liability", Decimal("950.00"), Decimal("1000.00")),
    )


def test_subjects_that_differ_come_first_then_the_largest_and_last_what_only_accounts_name(read: Callable[..., Reader]) -> None:
    """2012 in dollars and 2099 stand in no ledger: no share of it. The eve's lines are not among them."""
    found = tie_day(read(subject_coverage=COVERAGE, ledger_tie=TIES), DAY)
    shown = [
        (line.subject, line.currency, line.element, line.ledger, line.difference, line.differing, line.share) for line in found.covered
    ]
    assert shown == [
        ("2012", "CNY", "liability", Decimal("-50.00"), Decimal("-1.00"), 2, Decimal("0.05")),
        ("2011", "CNY", "liability", Decimal("450.00"), Decimal("0.00"), 0, Decimal("0.45")),
        ("2013", "CNY", "liability", Decimal("450.00"), Decimal("0.00"), 0, Decimal("0.45")),
        ("1303", "CNY", "asset", Decimal("300.00"), Decimal("0.00"), 0, Decimal("0.75")),
        ("2012", "USD", "unknown", Decimal("1.00"), Decimal("3.00"), 1, None),
        ("2099", "CNY", "unknown", Decimal("0.00"), Decimal("4.00"), 1, None),
    ]
    assert found.day == DAY


def test_what_nobody_holds_against_the_ledger_is_listed_by_size_without_results_equity_and_empty_subjects(
    read: Callable[..., Reader],
) -> None:
    found = tie_day(read(subject_coverage=COVERAGE), DAY)
    assert [(line.subject, line.ledger, line.share) for line in found.uncovered] == [
        ("1304", Decimal("-100.00"), Decimal("0.25")),
        ("2221", Decimal("50.00"), Decimal("0.05")),
        ("9001", Decimal("5.00"), Decimal(1)),
    ]


def test_a_side_on_which_the_ledger_holds_nothing_has_no_shares(read: Callable[..., Reader]) -> None:
    text = "business_date | subject_code | element_code | control_code | is_covered | ledger_balance\n--\n2026-06-30 | 1303 | asset | loan | yes | 0.00\n"
    found = tie_day(read(subject_coverage=text), DAY)
    assert [line.share for line in found.covered] == [None]
    assert found.coverage == (Coverage("asset", Decimal(0), Decimal(0)), Coverage("liability", Decimal(0), Decimal(0)))


LOANS = """
    business_date | organisation_code | counted_balance | ledger_balance | difference_amount
    --------------+-------------------+-----------------+----------------+------------------
    2026-06-28    | B10               | 1.00            | 2.00           | 0.00
    2026-06-29    | B10               | 80.00           | 100.00         | 0.00
    2026-06-29    | B20               | 10.00           | 20.00          | -2.00
    2026-06-30    | B10               | 90.00           |                | 0.00
    2026-07-01    | B10               | 9.00            | 9.00           | 1.00
"""


def test_loans_are_held_against_the_ledger_on_the_last_day_that_has_both(read: Callable[..., Reader]) -> None:
    """The ledger of 30 June names no loans: that of the 29th counts, and is not told as one of the 30th."""
    reader = read(loan_tie=LOANS)
    eve = LoanCoverage(EVE, Decimal("90.00"), Decimal("120.00"), Decimal("-2.00"), 1)
    assert loan_coverage(reader, DAY) == eve
    assert loan_coverage(reader, EVE) == eve
    assert tie_day(reader, EVE).loans == eve
    assert tie_day(reader, DAY).loans is None
    assert loan_coverage(reader, date(2026, 6, 27)) is None
    assert tie_day(reader, date(2026, 6, 27)).loans is None


def test_outlets_under_a_subject_are_listed_with_the_largest_difference_first(read: Callable[..., Reader]) -> None:
    names = "organisation_code | organisation_name | first_reported_on | last_reported_on\n--\nB10 | 城关支行 | 2026-01-01 | 2026-06-30\n"
    found = tie_outlets(read(ledger_tie=TIES, organisation=names), DAY, "2012")
    assert [(line.organisation, line.name, line.currency, line.difference) for line in found] == [
        ("B10", "城关支行", "USD", Decimal("3.00")),
        ("B20", None, "CNY", Decimal("-1.50")),
        ("B10", "城关支行", "CNY", Decimal("0.50")),
        ("B20", None, "USD", Decimal("0.00")),
        ("B30", None, "CNY", Decimal("0.00")),
    ]
    assert found[0] == OutletLine("B10", "城关支行", "USD", "subledger", Decimal("3.00"), Decimal("0.00"), Decimal("3.00"))


def test_five_hundred_outlets_are_listed(read: Callable[..., Reader]) -> None:
    header = "business_date | organisation_code | subject_code | difference_amount\n--\n"
    text = header + "".join(f"2026-06-30 | B{number:03d} | 2012 | 1.00\n" for number in range(501))
    assert [line.organisation for line in tie_outlets(read(ledger_tie=text), DAY, "2012")] == [f"B{number:03d}" for number in range(500)]


SNAPSHOT = """
    reported_on | account_number | currency | organisation_code | subject_code | balance
    ------------+----------------+----------+-------------------+--------------+--------
    2026-06-30  | A1             | CNY      | B10               | 2012         | 5.00
    2026-06-30  | A2             | CNY      | B10               | 2012         | 6.00
    2026-06-30  | A3             | CNY      | B10               | 2012         | 7.00
    2026-06-30  | A4             | CNY      | B10               | 2012         | 8.00
    2026-06-30  | A4             | USD      | B10               | 2012         | 9.00
    2026-06-30  | A5             | CNY      | B10               | 2012         |
    2026-06-30  | A6             | CNY      | B20               | 2012         | 1.00
    2026-06-30  | A7             | CNY      | B10               |              | 2.00
    2026-06-29  | A1             | CNY      | B10               | 2012         | 5.00
"""
BREAKS = """
    reported_on | account_number | currency | rolled_balance | difference_amount
    ------------+----------------+----------+----------------+------------------
    2026-06-30  | A1             | CNY      | 4.99           | 0.01
    2026-06-30  | A2             | CNY      | 8.00           | -2.00
    2026-06-29  | A3             | CNY      | 1.00           | 6.00
    2026-06-30  | A5             | CNY      | 1.00           | -1.00
    2026-06-30  | A6             | CNY      | 0.00           | 1.00
    2026-06-30  | A7             | CNY      | 0.00           | 2.00
"""
MOVED = """
    posted_on  | account_number | currency | balance_change
    -----------+----------------+----------+---------------
    2026-06-30 | A4             | USD      | 1.00
    2026-06-29 | A3             | CNY      | 1.00
"""


def test_accounts_behind_a_difference_miss_their_movements_or_moved_on_that_day(read: Callable[..., Reader]) -> None:
    """A3 missed the day before, A4 moved in dollars alone, A5 reports no balance, A6 is of another outlet, A7 of no subject."""
    reader = read(account_snapshot=SNAPSHOT, balance_break=BREAKS, account_transaction=MOVED)
    assert tie_accounts(reader, DAY, "2012", "B10") == (
        AccountLine("A2", "CNY", Decimal("6.00"), Decimal("8.00"), Decimal("-2.00")),
        AccountLine("A1", "CNY", Decimal("5.00"), Decimal("4.99"), Decimal("0.01")),
        AccountLine("A4", "USD", Decimal("9.00"), None, None),
    )
    assert [line.account_number for line in tie_accounts(reader, DAY, "none", "B10")] == ["A7"]


def test_fifty_accounts_are_listed(read: Callable[..., Reader]) -> None:
    numbers = [f"A{number:02d}" for number in range(51)]
    header = "reported_on | account_number | organisation_code | subject_code | balance\n--\n"
    snapshot = header + "".join(f"2026-06-30 | {number} | B10 | 2012 | 1.00\n" for number in numbers)
    breaks = "reported_on | account_number | difference_amount\n--\n" + "".join(f"2026-06-30 | {number} | 1.00\n" for number in numbers)
    found = tie_accounts(read(account_snapshot=snapshot, balance_break=breaks), DAY, "2012", "B10")
    assert [line.account_number for line in found] == numbers[:50]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return create_home(
        tmp_path / "home", legal_entity_code="BANK", name_zh="麦穗", name_en="Maisui", currency="CNY", sources=("core",), is_demo=True
    )


def test_the_last_twenty_four_publications_are_told_with_their_controls_newest_first(home: Home) -> None:
    assert control_history(home) == ()
    home.versions.mkdir(parents=True, exist_ok=True)
    control = Control("ties", "平", "ties", "stop", 9, 1, "0.01", ())
    for number in range(25):
        one = replace(MANIFEST, version=f"v{number:02d}", published_at=f"2026-07-{number + 1:02d}T01:00:00", controls=(control,))
        (home.versions / f"{one.version}.json").write_text(one.to_json(), encoding="utf-8")
    found = control_history(home)
    assert [one.version for one in found] == [f"v{number:02d}" for number in range(24, 0, -1)]
    assert (found[0].reporting_date, found[0].published_at, found[0].controls) == (DAY, "2026-07-25T01:00:00", (control,))


def test_a_batch_that_controls_stopped_is_told_until_another_is_published(home: Home) -> None:
    assert stopped_batch(home) is None
    home.entity.mkdir(parents=True, exist_ok=True)
    control = Control("ties", "平", "ties", "stop", 9, 1, "0.01", ())
    write_refusal(home.entity, reporting_date="2026-06-30", at="2026-07-01T01:00:00", controls=[control])
    found = stopped_batch(home)
    assert found is not None
    assert (found.reporting_date, found.controls) == ("2026-06-30", (control,))
