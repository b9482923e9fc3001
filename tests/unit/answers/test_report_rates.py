"""A report that converts foreign currency otherwise, on accounts whose balances are added up by hand.

A1 holds 1,000.00 yuan, A3 a guarantee of 50.00 yuan, A2 100.00 dollars: 710.00 yuan on 31 March, 700.00 in the month before,
690.00 at the end of last year. Ours is 1,760.00.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from drawn_version import published

from maisui.answers import Agreement, FigureComparison, ReportedFigure, cause_rows, compare_figure
from maisui.warehouse.reader import Reader

DAY = date(2026, 3, 31)
BANK = {
    "calendar_day": ("2026-03-01", "2026-03-31"),
    "organisation": """
        organisation_code | parent_code | first_reported_on | last_reported_on
        ------------------+-------------+-------------------+-----------------
        B0                |             | 2020-01-01        | 2026-03-31
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B0                | B0
    """,
    "account": """
        account_number | currency | account_kind | product_group     | product_code | organisation_code | customer_kind | opened_on
        ---------------+----------+--------------+-------------------+--------------+-------------------+---------------+-----------
        A1             | CNY      | deposit      | demand_deposit    | P1           | B0                | personal      | 2020-01-01
        A2             | USD      | deposit      | demand_deposit    | P1           | B0                | personal      | 2020-01-01
        A3             | CNY      | deposit      | guarantee_deposit | P2           | B0                | personal      | 2020-01-01
    """,
    "account_balance": """
        account_number | currency | valid_from | balance
        ---------------+----------+------------+---------
        A1             | CNY      | 2020-01-01 | 1000.00
        A2             | USD      | 2026-03-02 | 710.00
        A3             | CNY      | 2020-01-01 | 50.00
    """,
    "local_rate": """
        currency | valid_from | valid_until | quoted_amount | exchange_rate
        ---------+------------+-------------+---------------+--------------
        USD      | 1900-01-01 | 2026-01-15  | 100           | 690
        USD      | 2026-01-15 | 2026-03-02  | 100           | 700
        USD      | 2026-03-02 |             | 100           | 710
    """,
    "product_day": """
        business_date | organisation_code | account_kind | product_code | product_group     | customer_kind | currency | balance
        --------------+-------------------+--------------+--------------+-------------------+---------------+----------+--------
        2026-03-31    | B0                | deposit      | P1           | demand_deposit    | personal      | CNY      | 1000.00
        2026-03-31    | B0                | deposit      | P1           | demand_deposit    | personal      | USD      | 710.00
        2026-03-31    | B0                | deposit      | P2           | guarantee_deposit | personal      | CNY      | 50.00
    """,
}
BY_HAND = {
    ("ALL", "1150.00"): [("unconverted=USD", "610.00")],
    ("USD", "100.00"): [("unconverted=USD", "610.00")],
    ("ALL", "1750.00"): [("rate_of=2026-03-01", "10.00")],
    ("ALL", "1740.00"): [("rate_of=2025-12-31", "20.00")],
    ("ALL", "1100.00"): [("product_group=guarantee_deposit", "50.00"), ("unconverted=USD", "610.00")],
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with published(tmp_path_factory.mktemp("rates"), DAY, DAY, **BANK) as found:
        yield found


def compared(reader: Reader, currency: str, theirs: str) -> FigureComparison:
    figure = ReportedFigure("1104", "B0", DAY, "deposit_balance", currency, Decimal(theirs), "yuan", "", 0, Decimal(0), "f.csv", 1)
    return compare_figure(reader, figure)


@pytest.mark.parametrize(("currency", "theirs"), list(BY_HAND))
def test_foreign_currency_converted_otherwise_explains_a_report(reader: Reader, currency: str, theirs: str) -> None:
    found = compared(reader, currency, theirs)
    assert (found.state, found.unexplained) == (Agreement.EXPLAINED, 0)
    assert sorted((cause.code, str(cause.amount)) for cause in found.causes) == BY_HAND[currency, theirs]


@pytest.mark.parametrize(("theirs", "converted"), [("1150.00", "100.00"), ("1750.00", "700.00"), ("1740.00", "690.00")])
def test_the_accounts_behind_it_stand_beside_what_the_report_made_of_them(reader: Reader, theirs: str, converted: str) -> None:
    found = compared(reader, "ALL", theirs)
    rows = cause_rows(reader, found, found.causes[0], visible=None, page=1, page_size=9)
    assert [(row.account_number, row.currency, str(row.ours), str(row.theirs)) for row in rows.rows] == [("A2", "USD", "710.00", converted)]
    assert (rows.count, rows.amount) == (found.causes[0].rows, found.causes[0].amount)


def test_yen_are_found_again_whole_though_many_make_one_cent(tmp_path: Path) -> None:
    """12,345 and 12,500 yen at 4.8321 for a hundred come to 596.52 and 604.01; a report that adds yen as they are has 24,845.00."""
    account = """
        account_number | currency | account_kind | product_group  | product_code | organisation_code | customer_kind | opened_on
        ---------------+----------+--------------+----------------+--------------+-------------------+---------------+-----------
        A1             | JPY      | deposit      | demand_deposit | P1           | B0                | personal      | 2020-01-01
        A2             | JPY      | deposit      | demand_deposit | P1           | B0                | personal      | 2020-01-01
    """
    balance = """
        account_number | currency | valid_from | balance
        ---------------+----------+------------+--------
        A1             | JPY      | 2020-01-01 | 596.52
        A2             | JPY      | 2020-01-01 | 604.01
    """
    rate = """
        currency | valid_from | valid_until | quoted_amount | exchange_rate
        ---------+------------+-------------+---------------+--------------
        JPY      | 1900-01-01 |             | 100           | 4.8321
    """
    total = """
        business_date | organisation_code | account_kind | product_code | product_group  | customer_kind | currency | balance
        --------------+-------------------+--------------+--------------+----------------+---------------+----------+--------
        2026-03-31    | B0                | deposit      | P1           | demand_deposit | personal      | JPY      | 1200.53
    """
    drawn = {**BANK, "account": account, "account_balance": balance, "local_rate": rate, "product_day": total}
    with published(tmp_path, DAY, DAY, **drawn) as reader:
        found = compared(reader, "ALL", "24845.00")
        assert (found.state, [(cause.code, str(cause.amount)) for cause in found.causes]) == (
            Agreement.EXPLAINED,
            [("unconverted=JPY", "-23644.47")],
        )
        rows = cause_rows(reader, found, found.causes[0], visible=None, page=1, page_size=9).rows
        assert sorted(str(row.theirs) for row in rows) == ["12345.00", "12500.00"]
