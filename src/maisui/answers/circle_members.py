"""Which customers belong together: households, company groups, villages, and what a batch found; persons, each once in a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class CircleKind(StrEnum):
    """What holds a circle together: what was delivered, or (the last three) what a batch found in ties and payments."""

    HOUSEHOLD = "household"
    COMPANY_GROUP = "company_group"
    VILLAGE = "village"
    COMMUNITY = "community"
    PAYROLL = "payroll"
    SUPPLY_CHAIN = "supply_chain"


SUGGESTED = (CircleKind.COMMUNITY, CircleKind.PAYROLL, CircleKind.SUPPLY_CHAIN)
"""Kinds that a batch suggests: a hint for people, never a fact."""


@dataclass(frozen=True, slots=True)
class FoundMembers:
    """Members of suggested circles, column by column: circle, customer, whether of the core, role in it, what ties it, amount in yuan."""

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    is_first: tuple[bool, ...] = ()
    roles: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()


_DELIVERED = {
    CircleKind.HOUSEHOLD: (
        "SELECT household_code AS code, CAST(NULL AS VARCHAR) AS name, customer_number, is_head AS is_first, kin_to_head AS role, "
        "evidence, valid_from AS since, CAST(NULL AS DECIMAL(38,2)) AS amount, household_code "
        "FROM household_member WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)"
    ),
    CircleKind.COMPANY_GROUP: (
        "SELECT group_number AS code, group_name AS name, customer_number, is_parent AS is_first, CAST(NULL AS VARCHAR) AS role, "
        "'group_report' AS evidence, valid_from AS since, CAST(NULL AS DECIMAL(38,2)) AS amount, CAST(NULL AS VARCHAR) AS household_code "
        "FROM customer_group_member WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)"
    ),
    CircleKind.VILLAGE: (
        "SELECT m.village_code AS code, n.village_name AS name, m.customer_number, m.is_head AS is_first, m.kin_to_head AS role, "
        "m.evidence, m.valid_from AS since, CAST(NULL AS DECIMAL(38,2)) AS amount, m.household_code FROM household_member AS m "
        "LEFT JOIN (SELECT village_code, arg_max(village_name, reported_on) AS village_name FROM village_roster_snapshot "
        "WHERE reported_on <= $day GROUP BY village_code) AS n ON n.village_code = m.village_code "
        "WHERE m.village_code IS NOT NULL AND m.valid_from <= $day AND (m.valid_until IS NULL OR m.valid_until > $day)"
    ),
}
_FOUND = (
    "SELECT unnest(CAST(? AS VARCHAR[])) AS code, CAST(NULL AS VARCHAR) AS name, unnest(CAST(? AS VARCHAR[])) AS customer_number, "
    "unnest(CAST(? AS BOOLEAN[])) AS is_first, unnest(CAST(? AS VARCHAR[])) AS role, unnest(CAST(? AS VARCHAR[])) AS evidence, "
    "CAST(NULL AS DATE) AS since, CAST(unnest(CAST(? AS VARCHAR[])) AS DECIMAL(38,2)) AS amount, CAST(NULL AS VARCHAR) AS household_code"
)
_JUDGED = """
WITH delivered AS ({delivered}),
everywhere AS MATERIALIZED (
  SELECT d.code, d.name, p.customer_number, p.customer_name, p.customer_kind, p.home_organisation_code,
    coalesce(p.is_farmer, false) AS is_farmer,
    d.is_first, d.role, d.evidence, d.since, d.amount, d.household_code, {inside} AS is_in
  FROM delivered AS d
  INNER JOIN customer AS c ON c.customer_number = d.customer_number
  INNER JOIN customer AS p ON p.customer_number = c.person_customer_number
  WHERE {chosen}
  QUALIFY row_number() OVER (
    PARTITION BY d.code, p.customer_number ORDER BY d.is_first DESC, d.customer_number <> p.customer_number, d.since, d.customer_number
  ) = 1
),
member AS MATERIALIZED (SELECT * FROM everywhere WHERE code IN (SELECT code FROM everywhere WHERE is_in)),
number AS (
  SELECT c.customer_number, c.person_customer_number FROM customer AS c
  WHERE c.person_customer_number IN (SELECT customer_number FROM member)
),
held AS (
  SELECT c.person_customer_number AS number, sum(m.deposit_balance) AS deposit_balance, sum(m.loan_balance) AS loan_balance
  FROM customer_month AS m INNER JOIN number AS c ON c.customer_number = m.customer_number
  WHERE m.month_start = $month GROUP BY 1
),
granted AS (
  SELECT c.person_customer_number AS number, sum(s.limit_amount) AS limit_amount
  FROM credit_limit_state AS s INNER JOIN number AS c ON c.customer_number = s.customer_number
  WHERE s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day) GROUP BY 1
),
asleep AS (
  SELECT DISTINCT customer_number AS number FROM customer_label
  WHERE business_date = $day AND label_code IN ('dormant', 'lost') AND customer_number IN (SELECT customer_number FROM member)
),
visited AS (
  SELECT DISTINCT c.person_customer_number AS number FROM number AS c
  WHERE c.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))
),
judged AS MATERIALIZED (
  SELECT m.*, coalesce(h.deposit_balance, 0) AS deposit_balance, coalesce(h.loan_balance, 0) AS loan_balance,
    coalesce(f.asset_average_balance, 0) AS asset_average_balance, coalesce(f.year_contribution_amount, 0) AS year_contribution_amount,
    f.tier_code, coalesce(g.limit_amount, 0) AS limit_amount, coalesce(e.undrawn_amount, 0) AS undrawn_amount,
    coalesce(e.loan_balance + e.undrawn_amount, 0) AS exposure_amount,
    a.number IS NOT NULL AS is_asleep, v.number IS NOT NULL AS is_visited
  FROM member AS m
  LEFT JOIN held AS h ON h.number = m.customer_number
  LEFT JOIN granted AS g ON g.number = m.customer_number
  LEFT JOIN customer_fact_month AS f ON f.customer_number = m.customer_number AND f.business_date = $day
  LEFT JOIN customer_exposure AS e ON e.customer_number = m.customer_number AND e.business_date = $day
  LEFT JOIN asleep AS a ON a.number = m.customer_number
  LEFT JOIN visited AS v ON v.number = m.customer_number
)
"""


def judged(
    kind: CircleKind,
    day: date,
    organisations: tuple[str, ...] | None,
    *,
    codes: Sequence[str] | None = None,
    found: FoundMembers | None = None,
    visited: tuple[str, ...] = (),
) -> tuple[str, list[Any]]:
    """Return the CTE `judged` of all members of circles of a kind of which anybody is inside, with their figures, and its values.

    A member is a person under his surviving number, once in a circle; `is_in` tells whether he is at home at or below
    `organisations` (None is the whole bank). `codes` takes only these circles. `visited` are customers whom somebody visited.
    """
    values = list[Any]()
    if kind in SUGGESTED:
        of = found or FoundMembers()
        delivered = _FOUND
        values += [list(of.codes), list(of.numbers), list(of.is_first), list(of.roles), list(of.evidence), list(of.amounts)]
    else:
        delivered = _DELIVERED[kind]
    inside = "true"
    if organisations is not None:
        places = ", ".join("?" for _ in organisations)
        below = f"p.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        inside = below if places else "false"
        values += organisations
    chosen = "true"
    if codes is not None:
        chosen = "d.code IN (SELECT unnest(CAST(? AS VARCHAR[])))"
        values.append(list(codes))
    values.append(list(visited))
    text = _JUDGED.format(delivered=delivered, inside=inside, chosen=chosen)
    return text.replace("$day", f"DATE '{day}'").replace("$month", f"DATE '{day.replace(day=1)}'"), values


def circles_with(kind: CircleKind, day: date) -> str:
    """Return the question after code and name of the circles of a delivered kind that hold a customer, whose number is its one value."""
    return (
        f"WITH delivered AS ({_DELIVERED[kind]}) SELECT code, max(name) FROM delivered WHERE customer_number IN ("
        "SELECT c.customer_number FROM customer AS c INNER JOIN customer AS o ON o.person_customer_number = c.person_customer_number "
        "WHERE o.customer_number = ?) GROUP BY code ORDER BY code"
    ).replace("$day", f"DATE '{day}'")
