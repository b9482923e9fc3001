"""Which strategy of service applies to whom, since when, and what became of the assets of those it applies to.

Of the strategies handed over the first that fits a customer applies to him; the caller orders them. Customers stand under the number
that represents the person. What people choose is bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class AdviceRule:
    """To whom a strategy applies, an empty word being everybody, and since when it is the bank's."""

    code: str
    tier: str
    life_stage: str
    label: str
    since: date


@dataclass(frozen=True, slots=True)
class Advice:
    """The strategy that applies to a customer on the reporting date, and the day since which it does.

    `reason` is the first reason for which he bears the label the strategy is for, "" where it is for none.
    """

    code: str
    customer_number: str
    begun_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class AdviceResult:
    """How many a strategy applies to, and the average assets of the month, in yuan, of those who had any data as it began: then and now."""

    code: str
    customer_count: int
    measured_count: int
    base_amount: Decimal
    amount: Decimal


def advised(
    reader: Reader, rules: Sequence[AdviceRule], numbers: Iterable[str], organisations: tuple[str, ...] | None = None
) -> dict[str, Advice]:
    """Return which strategy applies to each of the customers under `numbers`, at home at or below `organisations` (None: anywhere)."""
    wanted = sorted(set(numbers))
    if not wanted or not rules or organisations == ():
        return {}
    persons = dict(
        reader.rows(
            "SELECT customer_number, person_customer_number FROM customer WHERE customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))",
            [wanted],
        )
    )
    sql, values = _advised(reader, rules, organisations, sorted(set(persons.values())))
    rows = reader.rows(f"{sql} SELECT customer_number, rule_code, begun_on, reason_code FROM advised", values)
    found = {person: Advice(code, person, begun_on, reason) for person, code, begun_on, reason in rows}
    return {number: found[person] for number, person in persons.items() if person in found}


AdviceCells = Mapping[tuple[str, str], AdviceResult]
"""What became of the customers of each strategy at home in each organisation."""


def advice_cells(reader: Reader, rules: Sequence[AdviceRule]) -> AdviceCells:
    """Return what became of those each strategy applies to, by organisation of the whole bank; see `advice_results`."""
    if not rules:
        return {}
    sql, values = _advised(reader, rules, None)
    rows = reader.rows(
        f"{sql}, based AS (SELECT a.begun_on, "
        "(SELECT max(m.business_date) FROM customer_fact_month AS m WHERE m.business_date <= a.begun_on) AS base_day "
        "FROM (SELECT DISTINCT begun_on FROM advised) AS a) "
        "SELECT a.organisation_code, a.rule_code, count(*), count(b.customer_number), "
        "coalesce(sum(b.asset_average_balance), 0), coalesce(sum(a.asset_average_balance) FILTER (WHERE b.customer_number IS NOT NULL), 0) "
        "FROM advised AS a LEFT JOIN based AS d ON d.begun_on = a.begun_on "
        "LEFT JOIN customer_fact_month AS b ON b.customer_number = a.customer_number AND b.business_date = d.base_day "
        "AND b.business_date < a.business_date GROUP BY a.organisation_code, a.rule_code",
        values,
    )
    return {(row[0], row[1]): AdviceResult(*row[1:]) for row in rows}


def advice_results(cells: AdviceCells, organisations: AbstractSet[str] | None) -> dict[str, AdviceResult]:
    """Return what became of those each strategy applies to, at home in one of `organisations` (None is the whole bank)."""
    found: dict[str, AdviceResult] = {}
    for (home, code), one in cells.items():
        if organisations is None or home in organisations:
            before = found.get(code, AdviceResult(code, 0, 0, Decimal(0), Decimal(0)))
            found[code] = AdviceResult(
                code,
                before.customer_count + one.customer_count,
                before.measured_count + one.measured_count,
                before.base_amount + one.base_amount,
                before.amount + one.amount,
            )
    return found


def _advised(
    reader: Reader, rules: Sequence[AdviceRule], organisations: tuple[str, ...] | None, persons: Sequence[str] | None = None
) -> tuple[str, list[Any]]:
    """Return the beginning of a query that knows `advised`, one row a customer (of `persons` where given), with its values."""
    day = reader.manifest.reporting_date
    lines = ", ".join("(?, ?, ?, ?, ?, CAST(? AS DATE))" for _ in rules)
    values: list[Any] = []
    for rank, rule in enumerate(rules):
        values += [rank, rule.code, rule.tier, rule.life_stage, rule.label, rule.since]
    inside, of_persons, bound = "", "", list[Any]()
    if persons is not None:
        of_persons, bound = " AND customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))", [list(persons)]
    values += [day, *bound, day, *bound]
    if organisations is not None:
        places = ", ".join("?" for _ in organisations)
        inside = f"AND f.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        values += organisations
    values.append(day)
    return (
        f"WITH rules(rule_rank, rule_code, tier, life_stage, label, since) AS (VALUES {lines}), "
        "borne AS (SELECT customer_number, family_code, label_code, reason_code, held_since FROM customer_label "
        f"WHERE business_date = ? AND reason_rank = 1{of_persons}), "
        "facts AS (SELECT f.customer_number, f.organisation_code, f.business_date, f.tier_code, f.asset_average_balance, "
        "s.label_code AS life_stage, s.held_since "
        "FROM customer_fact_month AS f LEFT JOIN borne AS s ON s.customer_number = f.customer_number AND s.family_code = 'life_stage' "
        f"WHERE f.business_date = ?{of_persons.replace('customer_number', 'f.customer_number')} {inside}), "
        "fitting AS (SELECT f.customer_number, f.organisation_code, f.business_date, f.asset_average_balance, r.rule_rank, r.rule_code, "
        "coalesce(l.reason_code, '') AS reason_code, "
        "greatest(r.since, CASE WHEN r.life_stage <> '' THEN f.held_since ELSE r.since END, coalesce(l.held_since, r.since), "
        "(SELECT min(business_date) FROM customer_fact_month)) AS begun_on "
        "FROM facts AS f INNER JOIN rules AS r "
        "ON (r.tier = '' OR r.tier = f.tier_code) AND (r.life_stage = '' OR r.life_stage = f.life_stage) "
        "LEFT JOIN borne AS l ON l.customer_number = f.customer_number AND l.label_code = r.label "
        "WHERE (r.label = '' OR l.label_code IS NOT NULL) AND r.since <= ?), "
        "advised AS (SELECT * FROM fitting QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY rule_rank) = 1)"
    ), values
