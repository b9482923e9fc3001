"""Campaigns' figures: consent by hand, values of customers by hand, intervals against published examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from drawn_version import published

from maisui.answers import (
    CampaignMeasure,
    ConsentStanding,
    campaign_values,
    difference_of_means,
    difference_of_shares,
    marketing_consents,
    smallest_difference_seen,
)
from maisui.answers.two_arms import student_point
from maisui.warehouse.reader import Reader

DAY = date(2026, 6, 30)
ONE, ZERO = Decimal(1), Decimal(0)
_FACT = [
    "customer_number",
    "organisation_code",
    "customer_kind",
    "is_holder",
    "tier_code",
    "is_quality",
    "is_effective",
    "loan_class_rank",
    "idle_day_count",
    "inflow_amount",
    "year_contribution_amount",
    "recent_asset_balance",
    "earlier_asset_balance",
    "deposit_average_balance",
    "outflow_amount",
    "payroll_amount",
    "own_elsewhere_amount",
    "maturing_deposit_amount",
    "overdue_balance",
    "bad_loan_balance",
    "guaranteed_amount",
    "contribution_amount",
    "held_month_count",
    "product_group_count",
    "transaction_count",
    "overdue_day_count",
    "previous_loan_class_rank",
    "complaint_count",
    "asset_average_balance",
    "loan_balance",
    "business_date",
]


def _fact(number: str, assets: str, loan: str, day: str) -> str:
    zeros = ["0.00"] * 13
    return " | ".join(
        [number, "B1", "personal", "yes", "ordinary", "no", "no", "0", "0", *zeros, *("0" for _ in range(6)), assets, loan, day]
    )


def _drawn(columns: list[str], lines: list[str]) -> str:
    return "\n".join([" | ".join(columns), "-+-".join("-" for _ in columns), *lines])


TABLES = {
    "customer_fact_month": _drawn(
        _FACT,
        [
            _fact("P1", "100.00", "0.00", "2026-05-31"),
            _fact("P2", "200.00", "10.00", "2026-05-31"),
            _fact("M3", "30.00", "0.00", "2026-05-31"),
            _fact("P1", "150.50", "7.00", "2026-06-30"),
            _fact("P2", "180.00", "0.00", "2026-06-30"),
            _fact("P3", "45.00", "0.00", "2026-06-30"),
        ],
    ),
    "customer": """
customer_number | person_customer_number | customer_kind | home_organisation_code
----------------+------------------------+---------------+-----------------------
P1              | P1                     | personal      | B1
P2              | P2                     | personal      | B1
P3              | P3                     | personal      | B1
M3              | P3                     | personal      | B1
P4              | P4                     | personal      | B1
""",
    "consent": """
customer_number | consent_purpose_code | effective_from | consent_number | consent_status | expires_on
----------------+----------------------+----------------+----------------+----------------+-----------
P1              | marketing            | 2026-01-01     | 1              | given          |
P2              | marketing            | 2026-01-01     | 2              | given          | 2026-06-29
P3              | marketing            | 2026-01-01     | 3              | given          |
M3              | marketing            | 2026-02-01     | 4              | withdrawn      |
P4              | sharing              | 2026-01-01     | 5              | given          |
P1              | marketing            | 2026-07-01     | 6              | withdrawn      |
""",
    "account": """
account_number | customer_number | organisation_code | product_group | opened_on  | closed_on | is_vanished | last_reported_on
---------------+-----------------+-------------------+---------------+------------+-----------+-------------+-----------------
A1             | P1              | B1                | term_deposit  | 2026-06-01 |           | no          | 2026-06-30
A2             | P2              | B1                | demand_deposit | 2026-01-01 |          | no          | 2026-06-30
""",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("campaigns"), date(2026, 1, 1), DAY, **TABLES) as found:
        yield found


def test_only_a_consent_that_holds_today_and_is_withdrawn_under_no_number_counts(reader: Reader) -> None:
    """P2's has ended, P3 withdrew under the number merged into his, P4 agreed to something else, P1 withdraws tomorrow only."""
    assert marketing_consents(reader, ["P1", "P2", "P3", "M3", "P4", "P9"]) == {
        "P1": ConsentStanding.GIVEN,
        "P2": ConsentStanding.MISSING,
        "P3": ConsentStanding.REFUSED,
        "M3": ConsentStanding.REFUSED,
        "P4": ConsentStanding.MISSING,
        "P9": ConsentStanding.MISSING,
    }


def test_a_change_of_assets_goes_with_the_person_through_a_merge(reader: Reader) -> None:
    found = campaign_values(
        reader, CampaignMeasure.ASSET_AVERAGE_CHANGE, ["P1", "P2", "M3", "P9"], first=date(2026, 6, 1), last=date(2026, 8, 1)
    )
    assert found is not None
    assert (found.base_on, found.measured_on) == (date(2026, 5, 31), DAY)
    assert found.values == {"P1": Decimal("50.50"), "P2": Decimal(-20), "M3": Decimal(15), "P9": ZERO}


def test_what_is_held_and_used_is_judged_on_the_last_month_end_within_the_days(reader: Reader) -> None:
    first, last = date(2026, 6, 1), date(2026, 7, 31)
    held = campaign_values(reader, CampaignMeasure.PRODUCT_HELD, ["P1", "P2", "P3"], first=first, last=last, product="term_deposit")
    used = campaign_values(reader, CampaignMeasure.LOAN_USED, ["P1", "P2", "P3"], first=first, last=last)
    assert held is not None
    assert used is not None
    assert held.values == {"P1": ONE, "P2": ZERO, "P3": ZERO}
    assert used.values == {"P1": ONE, "P2": ZERO, "P3": ZERO}


def test_before_data_of_its_days_there_is_no_result(reader: Reader) -> None:
    assert campaign_values(reader, CampaignMeasure.LOAN_USED, ["P1"], first=date(2026, 7, 1), last=date(2026, 7, 31)) is None
    assert campaign_values(reader, CampaignMeasure.ASSET_AVERAGE_CHANGE, ["P1"], first=date(2026, 5, 1), last=date(2026, 7, 31)) is None


def test_shares_are_compared_as_newcombe_does() -> None:
    """His example (1998, table II, method 10): 56/70 against 48/80 gives 0.0524 to 0.3339."""
    found = difference_of_shares([ONE] * 56 + [ZERO] * 14, [ONE] * 48 + [ZERO] * 32)
    assert (found.low, found.high) != (None, None)
    assert [round(value, 4) for value in (found.value, found.low, found.high) if value is not None] == [
        Decimal("0.2000"),
        Decimal("0.0524"),
        Decimal("0.3339"),
    ]
    assert found.shows_effect
    assert not difference_of_shares([ONE, ZERO] * 10, [ONE, ZERO] * 12).shows_effect


def test_means_are_compared_as_welch_does() -> None:
    """By hand: means 3.5 and 6, variances 3.5 and 14, 6 and 6 customers: 7.35 degrees of freedom, point 2.342, half width 4.00."""
    found = difference_of_means([Decimal(n) for n in (1, 2, 3, 4, 5, 6)], [Decimal(n) for n in (1, 3, 5, 7, 9, 11)])
    assert found.value == Decimal("-2.5")
    assert found.low is not None
    assert found.high is not None
    assert abs(found.high - found.low - 2 * Decimal("4.000")) < Decimal("0.01")
    assert not found.shows_effect


def test_too_few_customers_have_no_interval_of_means() -> None:
    found = difference_of_means([ONE] * 5, [ZERO] * 50)
    assert (found.low, found.high, found.shows_effect) == (None, None, False)


@pytest.mark.parametrize(("freedom", "point"), [(5, "2.5706"), (10, "2.2281"), (30, "2.0423"), (1000, "1.9623")])
def test_the_point_of_student_is_that_of_the_tables(freedom: int, point: str) -> None:
    assert abs(student_point(Decimal(freedom)) - Decimal(point)) < Decimal("0.001")


def test_the_smallest_difference_likely_seen() -> None:
    """By hand: 2.8016 × √(0.25 × (1/400 + 1/100)) = 0.1566."""
    assert round(smallest_difference_seen(400, 100) or ZERO, 4) == Decimal("0.1566")
    assert smallest_difference_seen(400, 0) is None
