"""How long persons keep accounts of each product group: shares and accounts at risk by hand, within organisations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from maisui.answers.survival_by_product import survival_by_product

DAY = date(2026, 10, 31)
ROWS = (  # group, organisation, kind, age, entered, closed, still open
    ("term_deposit", "A1", "personal", 0, 10, 0, 0),
    ("term_deposit", "A1", "personal", 3, 0, 2, 0),
    ("term_deposit", "A1", "personal", 6, 0, 4, 0),
    ("term_deposit", "A1", "personal", 12, 0, 0, 4),
    ("term_deposit", "B", "personal", 0, 5, 0, 0),
    ("term_deposit", "B", "personal", 3, 0, 0, 5),
    ("term_deposit", "B", "corporate", 0, 90, 90, 0),
    ("demand_deposit", "A1", "personal", 40, 3, 0, 3),  # open before the history: seen at forty months only
)


@pytest.fixture(scope="module")
def reader() -> Any:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE product_cohort_day (product_group VARCHAR, organisation_code VARCHAR, customer_kind VARCHAR, age_month_count BIGINT, "
        "entered_count BIGINT, closed_count BIGINT, censored_count BIGINT, business_date DATE)"
    )
    connection.executemany(f"INSERT INTO product_cohort_day VALUES (?, ?, ?, ?, ?, ?, ?, DATE '{DAY}')", [list(row) for row in ROWS])
    connection.execute(
        "CREATE TABLE organisation_closure AS SELECT * FROM (VALUES ('A1', 'A'), ('A', 'A'), ('B', 'B')) AS v (organisation_code, ancestor_code)"
    )
    connection.execute(
        "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(18,6), text_value VARCHAR)"
    )
    return SimpleNamespace(
        rows=lambda query, values=(): connection.execute(query, list(values)).fetchall(), manifest=SimpleNamespace(reporting_date=DAY)
    )


def test_shares_and_accounts_at_risk_are_those_reckoned_by_hand(reader: Any) -> None:
    term, demand = survival_by_product(reader, ("A",))
    assert (term.product_group, term.cohort.account_count, term.cohort.closed_count, term.median_age) == ("term_deposit", 10, 6, 6)
    told = [(at.at_risk, at.share.value) for age in (3, 6, 12) if (at := term.cohort.at(age)) is not None]
    assert told == [(10, Decimal("0.8")), (8, Decimal("0.4")), (4, Decimal("0.4"))]
    assert term.cohort.at(24) is None
    assert (demand.product_group, demand.cohort.at(24), demand.median_age) == ("demand_deposit", None, None)


def test_the_whole_bank_adds_the_others_and_firms_never_count(reader: Any) -> None:
    term = survival_by_product(reader, None)[0]
    assert (term.cohort.account_count, term.cohort.closed_count) == (15, 6)
    at = term.cohort.at(3)
    assert at is not None
    assert (at.at_risk, at.share.value) == (15, Decimal("0.866667"))
    assert survival_by_product(reader, ()) == ()
