"""What belongs to people on a day, split to the cent as the batch splits it: of one person, or of everybody in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from maisui.answers.performance import PersonNumbers, RuleLine, within
from maisui.warehouse.reader import Reader

Found = TypeVar("Found")
Whose = PersonNumbers | None
"""Of whom something is read: one person with all his numbers, or None for everybody."""

IN_CENTS = """
cut AS (
  SELECT
    s.account_number, s.currency, s.employee_number, s.organisation_code, s.result_share, s.rule_code, s.decision_number, b.balance,
    CAST(abs(b.balance) * 100 AS HUGEINT) * CAST(s.result_share * 1000000 AS HUGEINT) AS parts
  FROM account_allocation AS s
  INNER JOIN asked AS a ON a.account_number = s.account_number AND a.currency = s.currency
  INNER JOIN account_balance AS b ON b.account_number = s.account_number AND b.currency = s.currency
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day) AND b.balance <> 0
  WHERE s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day)
),
ranked AS (
  SELECT
    c.*, CAST(abs(c.balance) * 100 AS HUGEINT) - sum(c.parts // 1000000) OVER (PARTITION BY c.account_number, c.currency) AS cents_left,
    row_number() OVER (PARTITION BY c.account_number, c.currency ORDER BY c.parts % 1000000 DESC, c.employee_number) AS place
  FROM cut AS c
),
in_cents AS (
  SELECT
    r.account_number, r.currency, r.employee_number, r.organisation_code, r.result_share, r.rule_code, r.decision_number, r.balance,
    CAST(sign(r.balance) * (r.parts // 1000000 + CASE WHEN r.place <= r.cents_left THEN 1 ELSE 0 END) AS DECIMAL(38,0)) AS cents
  FROM ranked AS r
)"""
"""The balance of each account `asked` on `$day`, cut to the cent among all who hold it, the last cents to the largest remainders."""

_BY_RULE = f"""
WITH {{holders}},
asked AS (
  SELECT DISTINCT s.account_number, s.currency
  FROM account_allocation AS s INNER JOIN holders AS p ON p.employee_number = s.employee_number
  WHERE s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day)
),{IN_CENTS},
merged AS (
  SELECT customer_number, surviving_number FROM customer_merge WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
),
borrowers AS (
  SELECT DISTINCT coalesce(g.surviving_number, l.customer_number) AS customer_number
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day) AND s.balance > 0
  LEFT JOIN merged AS g ON g.customer_number = l.customer_number
)
SELECT
  r.person, r.rule_code, a.account_kind, count(*), count(*) FILTER (WHERE r.result_share < 1), sum(r.cents), count(r.decision_number),
  coalesce(sum(r.cents) FILTER (WHERE b.customer_number IS NOT NULL), 0)
FROM (SELECT p.person, c.* FROM in_cents AS c INNER JOIN holders AS p ON p.employee_number = c.employee_number) AS r
INNER JOIN account AS a ON a.account_number = r.account_number AND a.currency = r.currency
LEFT JOIN merged AS g ON g.customer_number = a.customer_number
LEFT JOIN borrowers AS b ON b.customer_number = coalesce(g.surviving_number, a.customer_number)
WHERE {{within}}
GROUP BY r.person, r.rule_code, a.account_kind ORDER BY r.person, a.account_kind, r.rule_code
"""


def allocated_by_rule(reader: Reader, whose: Whose, day: date, organisation: str | None) -> dict[str, tuple[RuleLine, ...]]:
    """Return what each rule gave a person on `day`, by person, split to the cent as the batch splits it.

    None of an organisation is the whole bank; otherwise accounts held by it or below it on the day.
    """
    holders, values = holders_of(whose)
    query = _BY_RULE.format(holders=holders, within=within("r.organisation_code", organisation))
    rows = reader.rows(on_days(query, day=day), [*values, *place_of(organisation)])
    return by_person(
        (person, RuleLine(rule, kind, count, shared, _yuan(cents), decided, _yuan(derived)))
        for person, rule, kind, count, shared, cents, decided, derived in rows
    )


def holders_of(whose: Whose) -> tuple[str, list[object]]:
    """Return the common table `holders` of persons with every employee number that was ever theirs, and the values of its `?`."""
    if whose is None:
        return (
            "holders AS (SELECT DISTINCT person_number AS person, worker_number AS employee_number FROM person_number "
            "WHERE number_kind = 'employee' AND person_number IS NOT NULL)"
        ), []
    lines = ", ".join("(?, ?)" for _ in whose.employees)
    return f"holders (person, employee_number) AS (VALUES {lines})", [item for number in whose.employees for item in (whose.person, number)]


def by_person(lines: Iterable[tuple[str, Found]]) -> dict[str, tuple[Found, ...]]:
    """Return lines by the person of whom each is, in their order."""
    found: dict[str, list[Found]] = {}
    for person, line in lines:
        found.setdefault(person, []).append(line)
    return {person: tuple(his) for person, his in found.items()}


def on_days(query: str, **days: date) -> str:
    """Return `query` with each `$name` replaced by the day of that name."""
    for name, day in days.items():
        query = query.replace(f"${name}", f"DATE '{day}'")
    return query


def place_of(organisation: str | None) -> list[object]:
    """Return the values of the `?` of `within`."""
    return [organisation] if organisation else []


def _yuan(cents: int | Decimal) -> Decimal:
    return Decimal(cents).scaleb(-2)
