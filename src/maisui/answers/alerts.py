"""Cases of key focus within what somebody may see: a list, one of them with its evidence, counts by rule, and the desk's settings.

How people handle cases is not known here: who asks names the cases that are handled, so that the others can be queued.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.alerts import BY_CODE, RULES, Rule, Severity, SubjectKind
from maisui.alerts.rule import OF_CUSTOMERS
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader

ROWS = 50
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class CaseSight:
    """Whose cases may be seen: of customers at home in some organisations, of figures of some, of staff, of data.

    `customers_of` and `figures_of` are organisations one by one; None is the whole bank, an empty set nothing.
    """

    customers_of: frozenset[str] | None
    figures_of: frozenset[str] | None
    sees_staff: bool
    sees_data: bool


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases: of one rule, severity, organisation and what lies below it, or manager under any number of his; None is all.

    Attributes:
        only: case codes to choose from; None for all.
        without: case codes that are left out.
        handled: case codes that wait for nobody any more: they take no place in a queue.
        due_by: only cases that fall due on or before this day.
    """

    sight: CaseSight
    rule: str | None = None
    severity: str | None = None
    organisation: str | None = None
    employee_numbers: frozenset[str] | None = None
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    handled: frozenset[str] = frozenset()
    due_by: date | None = None
    page: int = 1
    size: int = ROWS


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One piece of evidence: what the column means in this rule, and its value."""

    column: str
    name_zh: str
    name_en: str
    value: Decimal | int | date | str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `place` is its place among what waits for the same person (the customer's manager, else the outlet)."""

    code: str
    rule: Rule
    severity: Severity
    period_on: date
    subject_key: str
    organisation_code: str
    organisation_name: str
    customer_number: str | None
    customer_name: str | None
    customer_kind: str | None
    employee_number: str | None
    at_stake_amount: Decimal | None
    place: int | None
    is_beyond_budget: bool
    facts: tuple[CaseFact, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the cases found, with the number and the money of all of them."""

    day: date
    version: str
    page: int
    pages: int
    total_count: int
    at_stake_amount: Decimal | None
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many cases of one rule there are, by severity, and what is at stake in them."""

    rule: Rule
    total_count: int
    high_count: int
    medium_count: int
    low_count: int
    at_stake_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """What the desk goes by in one organisation on the reporting date: cases a person and day, days to settle one."""

    daily_budget: int
    due_days: dict[str, int]


_FACTS = tuple(
    column.name
    for column in BY_NAME["alert_case"].columns
    if column.name.endswith(("_amount", "_rate", "_count", "_word", "due_on")) and column.name != "at_stake_amount"
)
_RANK = "CASE a.severity_code WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END"
_QUEUE = "coalesce(a.employee_number, concat('@', a.organisation_code))"
"""Where a case waits: with the customer's manager, else with the outlet."""
_ORDER = f"{_RANK}, a.at_stake_amount DESC NULLS LAST, a.case_code"
_LISTED = f"""
WITH listed AS (
  SELECT a.case_code, a.customer_number, {_QUEUE} AS queue
  FROM alert_case AS a
  WHERE {{where}}
  ORDER BY {_ORDER} LIMIT {{size}} OFFSET {{passed}}
),
budgets AS (
  SELECT organisation_code, threshold_value
  FROM alert_threshold
  WHERE threshold_code = 'daily_budget' AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
),
named AS (
  SELECT customer_number, customer_name, customer_kind FROM customer WHERE customer_number IN (SELECT customer_number FROM listed)
),
queued AS (
  SELECT a.case_code, row_number() OVER (PARTITION BY {_QUEUE} ORDER BY {_ORDER}) AS place
  FROM alert_case AS a
  WHERE {_QUEUE} IN (SELECT queue FROM listed) AND a.case_code NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))
)
SELECT {{columns}}
FROM listed AS l
INNER JOIN alert_case AS a ON a.case_code = l.case_code
LEFT JOIN queued AS q ON q.case_code = a.case_code
LEFT JOIN budgets AS b ON b.organisation_code = a.organisation_code
LEFT JOIN organisation AS o ON o.organisation_code = a.organisation_code
LEFT JOIN named AS c ON c.customer_number = a.customer_number
ORDER BY {_ORDER}
"""
"""One page of cases, and the places in the queues in which they wait: no other queue is put in order for it."""


def list_cases(reader: Reader, query: CaseQuery) -> CasePage:
    """Return one page of the cases asked for, the most severe and the most money first."""
    day = reader.manifest.reporting_date
    where, values = _where(query)
    total, amount = reader.rows(f"SELECT count(*), sum(a.at_stake_amount) FROM alert_case AS a WHERE {where}", values)[0]
    size = min(query.size, MOST_ROWS)
    pages = max(1, -(-total // size))
    page = min(max(query.page, 1), pages)
    found: list[tuple[Any, ...]] = []
    if total:
        asked = _LISTED.format(where=where, size=size, passed=(page - 1) * size, columns=_columns())
        found = reader.rows(asked, [*values, day, day, sorted(query.handled)])
    return CasePage(day, reader.manifest.version, page, pages, total, amount, tuple(_case(row) for row in found))


def one_case(reader: Reader, sight: CaseSight, code: str, handled: frozenset[str] = frozenset()) -> Case | None:
    """Return one case; None where there is none of that number in sight."""
    found = list_cases(reader, CaseQuery(sight, only=frozenset({code}), handled=handled, size=1)).cases
    return found[0] if found else None


def cases_there(reader: Reader, codes: Collection[str]) -> frozenset[str]:
    """Return those of the case codes that the version still finds, whoever may see them."""
    rows = reader.rows("SELECT case_code FROM alert_case WHERE case_code IN (SELECT unnest(CAST(? AS VARCHAR[])))", [sorted(codes)])
    return frozenset(code for (code,) in rows)


def count_cases(reader: Reader, query: CaseQuery) -> tuple[RuleCount, ...]:
    """Return how many cases there are by rule, in the order of the rules; a rule without any is left out."""
    where, values = _where(query)
    rows = reader.rows(
        "SELECT a.rule_code, count(*), count(*) FILTER (WHERE a.severity_code = 'high'), "
        "count(*) FILTER (WHERE a.severity_code = 'medium'), count(*) FILTER (WHERE a.severity_code = 'low'), sum(a.at_stake_amount) "
        f"FROM alert_case AS a WHERE {where} GROUP BY a.rule_code",
        values,
    )
    found = {row[0]: row[1:] for row in rows}
    return tuple(RuleCount(rule, *found[rule.code]) for rule in RULES if rule.code in found)


def case_settings(reader: Reader, organisation: str) -> CaseSettings:
    """Return what the desk goes by in an organisation; the defaults of an organisation that the version does not know are 0."""
    day = reader.manifest.reporting_date
    values = {
        code: int(value)
        for code, value in reader.rows(
            "SELECT threshold_code, threshold_value FROM alert_threshold "
            "WHERE organisation_code = ? AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [organisation, day, day],
        )
    }
    return CaseSettings(values.get("daily_budget", 0), {item.value: values.get(f"{item.value}_due_days", 0) for item in Severity})


def _where(query: CaseQuery) -> tuple[str, list[Any]]:
    """Return the condition of a query with its values."""
    seen, values = _in_sight(query.sight)
    conditions = [seen]
    for column, value in (("rule_code", query.rule), ("severity_code", query.severity)):
        if value is not None:
            conditions.append(f"a.{column} = ?")
            values.append(value)
    if query.employee_numbers is not None:
        conditions.append("a.employee_number IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(sorted(query.employee_numbers))
    if query.organisation is not None:
        conditions.append("a.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)")
        values.append(query.organisation)
    if query.due_by is not None:
        conditions.append("a.due_on <= ?")
        values.append(query.due_by)
    if query.only is not None:
        conditions.append("a.case_code IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(sorted(query.only))
    if query.without:
        conditions.append("a.case_code NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(sorted(query.without))
    return " AND ".join(conditions), values


def _in_sight(sight: CaseSight) -> tuple[str, list[Any]]:
    """Return the condition of what may be seen with its values."""
    kinds = {
        "customers": [rule.code for rule in RULES if rule.subject in OF_CUSTOMERS and rule.subject is not SubjectKind.STAFF],
        "staff": [rule.code for rule in RULES if rule.subject is SubjectKind.STAFF],
        "figures": [rule.code for rule in RULES if rule.subject in (SubjectKind.ORGANISATION, SubjectKind.SERIES)],
        "data": [rule.code for rule in RULES if rule.subject is SubjectKind.DATA],
    }
    seen: list[str] = []
    values: list[Any] = []
    for name, places in (("customers", sight.customers_of), ("figures", sight.figures_of)):
        if places is None:
            seen.append("list_contains(?, a.rule_code)")
            values.append(kinds[name])
        elif places:
            seen.append("(list_contains(?, a.rule_code) AND list_contains(?, a.organisation_code))")
            values += [kinds[name], sorted(places)]
    for name, is_seen in (("staff", sight.sees_staff), ("data", sight.sees_data)):
        if is_seen:
            seen.append("list_contains(?, a.rule_code)")
            values.append(kinds[name])
    return f"({' OR '.join(seen) or 'false'})", values


def _columns() -> str:
    facts = ", ".join(f"a.{name}" for name in _FACTS)
    return (
        "a.case_code, a.rule_code, a.severity_code, a.period_on, a.subject_key, a.organisation_code, "
        "coalesce(o.organisation_name, a.organisation_code), a.customer_number, c.customer_name, c.customer_kind, a.employee_number, "
        f"a.at_stake_amount, q.place, q.place > b.threshold_value, {facts}"
    )


def _case(row: Collection[Any]) -> Case:
    code, rule_code, severity, period_on, subject, organisation, name, number, customer, kind, employee, amount, place, beyond, *values = (
        row
    )
    rule = BY_CODE[rule_code]
    known = dict(zip(_FACTS, values, strict=True))
    facts = tuple(CaseFact(fact.column, fact.name_zh, fact.name_en, known[fact.column]) for fact in rule.facts)
    return Case(
        code, rule, Severity(severity), period_on, subject, organisation, name, number, customer, kind, employee, amount, place,
        bool(beyond), facts,
    )  # fmt: skip
