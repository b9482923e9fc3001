"""What scores of ability are made of: pace, accuracy and satisfaction of who handles business; what became of managed customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ability_scores import Measured, PartRule
from maisui.parameters import product_lines
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.warehouse.reader import Reader

HANDLING = ("pace", "accuracy", "satisfaction")
MANAGING = ("retention", "quality", "soundness", "electronic")
"""The parts of the two scores, in reading order."""
_LESS_IS_BETTER = frozenset({"accuracy"})
_WEIGHT, _TRUST, _SMALLEST = "ability_weight.", "ability_trust.", "ability_smallest_base"
_ORGANISATION, _POST = "workload_factor.", "post_factor."
_JUDGED: dict[str, str] = {
    "pace": "teller_workload_per_duty_day",
    "accuracy": "teller_error_rate",
    "satisfaction": "queue_ticket_count",
    "retention": "managed_customer_count",
    "quality": "managed_quality_customer_share",
    "soundness": "managed_loan_balance",
    "electronic": "managed_electronic_substitution_rate",
}
"""The metric of the catalogue that a part comes nearest to."""

_IN_FORCE = "AND {0}.valid_from <= w.business_date AND ({0}.valid_until IS NULL OR {0}.valid_until > w.business_date)"
_WEIGHED = f"""
WITH posts AS (
  SELECT
    person_number, post_code, is_on_duty, valid_until,
    CASE
      WHEN row_number() OVER (PARTITION BY employee_number ORDER BY valid_from) = 1 THEN DATE '1900-01-01' ELSE valid_from
    END AS valid_from
  FROM employment_period
),
worked AS (
  SELECT person_number, organisation_code, business_date, sum(converted_workload) AS workload
  FROM teller_day WHERE business_date BETWEEN ? AND ?
  GROUP BY person_number, organisation_code, business_date
),
in_post AS (
  SELECT w.person_number, w.business_date, max(e.post_code) AS post_code
  FROM (SELECT DISTINCT person_number, business_date FROM worked) AS w
  INNER JOIN posts AS e ON e.person_number = w.person_number AND e.is_on_duty {_IN_FORCE.format("e")}
  GROUP BY w.person_number, w.business_date
)
SELECT w.person_number, w.business_date, w.workload, coalesce(o.number_value, 1), coalesce(p.number_value, 1)
FROM worked AS w
LEFT JOIN in_post AS i ON i.person_number = w.person_number AND i.business_date = w.business_date
LEFT JOIN parameter AS o ON o.parameter_code = '{_ORGANISATION}' || w.organisation_code {_IN_FORCE.format("o")}
LEFT JOIN parameter AS p ON p.parameter_code = '{_POST}' || i.post_code {_IN_FORCE.format("p")}
"""
"""Converted workload of each person, day and outlet with the factors of outlet and post of that day, 1 where none is set.

Who holds several posts goes by the highest code; whose first post is reported late held it before.
"""


@dataclass(frozen=True, slots=True)
class AbilitySettings:
    """The parameters of ability in force on a day: rules of the parts and the smallest base; factors of workload go by their own days."""

    rules: dict[str, PartRule]
    smallest_base: Decimal


def ability_settings(reader: Reader, day: date) -> AbilitySettings:
    """Return the parameters in force on `day`; those of the product where the version holds none of a code."""
    found = {str(line["code"]): Decimal(str(line["number"])) for line in product_lines() if str(line["code"]).startswith("ability_")}
    rows = reader.rows(
        "SELECT parameter_code, number_value FROM parameter WHERE number_value IS NOT NULL AND starts_with(parameter_code, 'ability_') "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    found |= {code: Decimal(value).normalize() for code, value in rows}

    def below(prefix: str) -> dict[str, Decimal]:
        return {code.removeprefix(prefix): value for code, value in found.items() if code.startswith(prefix)}

    weights, trusts = below(_WEIGHT), below(_TRUST)
    rules = {part: PartRule(weights[part], trusts[part], part not in _LESS_IS_BETTER) for part in (*HANDLING, *MANAGING)}
    return AbilitySettings(rules, found[_SMALLEST])


def weighed_by(code: str) -> frozenset[str]:
    """Return the metrics nearest to what a parameter of ability weighs."""
    if code.startswith((_ORGANISATION, _POST)):
        return frozenset({_JUDGED["pace"]})
    if code == _SMALLEST:
        return frozenset(_JUDGED.values())
    part = code.rpartition(".")[2] if code.startswith((_WEIGHT, _TRUST)) else ""
    return frozenset({_JUDGED[part]} if part in _JUDGED else ())


def handling_parts(
    reader: Reader, first: date, day: date, manual: Sequence[tuple[str, date, Decimal]] = ()
) -> dict[str, dict[str, Measured]]:
    """Return what was measured at the counter from `first` to `day`, by person and part.

    pace: converted workload times the factors of outlet and post of each day, with approved manual work, over days on duty; accuracy:
    errors of those handled since there is a register; satisfaction: tickets rated satisfied of those rated. `manual` holds the standard
    transactions of approved manual work by employee number and day, which no factor touches.
    """
    found = {person: {"pace": pace} for person, pace in _paces(reader, first, day, manual).items()}
    errors = reader.rows(
        "SELECT person_number, sum(error_count), sum(handled_count) FROM teller_day "
        "WHERE is_error_registered AND business_date BETWEEN ? AND ? GROUP BY person_number HAVING sum(handled_count) > 0",
        [first, day],
    )
    rated = reader.rows(
        f"""
WITH {numbers_of("teller")}
SELECT
  coalesce(n.person_number, q.teller_number), count(*) FILTER (WHERE q.rating_type = 'satisfied'), count(*)
FROM queue_ticket AS q
{holder_on("q.teller_number", "q.taken_on")}
WHERE q.teller_number IS NOT NULL AND q.rating_type IN ('satisfied', 'neutral', 'dissatisfied') AND q.taken_on BETWEEN ? AND ?
GROUP BY coalesce(n.person_number, q.teller_number)
""",
        [first, day],
    )
    _put(found, "accuracy", errors)
    _put(found, "satisfaction", rated)
    return found


def _paces(reader: Reader, first: date, day: date, manual: Sequence[tuple[str, date, Decimal]]) -> dict[str, Measured]:
    """Return the workload of each person over his days on duty; who has no day on duty has no pace."""
    days = dict(
        reader.rows(
            "SELECT person_number, sum(duty_count) FROM teller_duty_day WHERE business_date BETWEEN ? AND ? "
            "GROUP BY person_number HAVING sum(duty_count) > 0",
            [first, day],
        )
    )
    done: dict[str, dict[date, Decimal]] = {}
    unweighted: dict[str, Decimal] = {}
    for person, on, workload, of_outlet, of_post in reader.rows(_WEIGHED, [first, day]):
        _add(done, person, on, workload * of_outlet * of_post)
        unweighted[person] = unweighted.get(person, Decimal(0)) + workload
    by_hand: dict[str, Decimal] = {}
    for person, on, converted in _by_person(reader, manual):
        _add(done, person, on, converted)
        by_hand[person] = by_hand.get(person, Decimal(0)) + converted
    found: dict[str, Measured] = {}
    for person, by_day in done.items():
        if base := Decimal(days.get(person, 0)):
            total = sum(by_day.values(), Decimal(0))
            variance = max(sum((workload**2 for workload in by_day.values()), Decimal(0)) / base - (total / base) ** 2, Decimal(0))
            found[person] = Measured(total, base, variance, by_hand.get(person, Decimal(0)), unweighted.get(person, Decimal(0)))
    return found


def _add(done: dict[str, dict[date, Decimal]], person: str, on: date, workload: Decimal) -> None:
    by_day = done.setdefault(person, {})
    by_day[on] = by_day.get(on, Decimal(0)) + workload


def _by_person(reader: Reader, manual: Sequence[tuple[str, date, Decimal]]) -> Iterator[tuple[str, date, Decimal]]:
    """Yield manual work by whose employee number it was on the day it was done."""
    if not manual:
        return
    spans: dict[str, list[tuple[str, date, date | None]]] = {}
    for number, person, begins, ends in reader.rows(
        f"WITH {numbers_of('employee')} SELECT worker_number, person_number, valid_from, valid_until FROM numbers "
        "WHERE person_number IS NOT NULL ORDER BY 1, 3"
    ):
        spans.setdefault(number, []).append((person, begins, ends))
    for number, on, converted in manual:
        held = (person for person, begins, ends in spans.get(number, []) if begins <= on and (ends is None or on < ends))
        yield next(held, number), on, converted


def managing_parts(reader: Reader, year_start: date, day: date) -> dict[str, dict[str, Measured]]:
    """Return what became of managed customers by `day`, by person and part.

    retention: of those managed when the year began, who still has an open account; quality: customers of quality of those managed;
    soundness: loans without arrears of those managed; electronic: electronic transactions of electronic and counter ones this year.
    """
    found: dict[str, dict[str, Measured]] = {}
    last = "(SELECT max(business_date) FROM managed_standing WHERE business_date <= ?)"
    kept = reader.rows(
        """
WITH opening AS (
  SELECT DISTINCT m.person_number, coalesce(g.surviving_number, m.customer_number) AS customer_number
  FROM managed_customer_month AS m
  LEFT JOIN customer_merge AS g
    ON g.customer_number = m.customer_number AND g.valid_from <= ? AND (g.valid_until IS NULL OR g.valid_until > ?)
  WHERE m.business_date <= ? AND m.managed_until > ?
)
SELECT o.person_number, count(s.customer_number), count(*)
FROM opening AS o
LEFT JOIN customer_standing AS s
  ON s.customer_number = o.customer_number AND s.business_date = (SELECT max(business_date) FROM customer_standing WHERE business_date <= ?)
GROUP BY o.person_number
""",
        [day, day, year_start, year_start, day],
    )
    good = reader.rows(
        "SELECT person_number, count(DISTINCT customer_number) FILTER (WHERE is_quality), count(DISTINCT customer_number) "
        f"FROM managed_standing WHERE business_date = {last} GROUP BY person_number",
        [day],
    )
    used = reader.rows(
        "SELECT person_number, sum(electronic_transaction_count), sum(electronic_transaction_count + counter_transaction_count) "
        "FROM managed_standing WHERE business_date BETWEEN ? AND ? GROUP BY person_number "
        "HAVING sum(electronic_transaction_count + counter_transaction_count) > 0",
        [year_start, day],
    )
    sound = reader.rows(
        f"""
WITH {numbers_of("employee")}
SELECT
  coalesce(n.person_number, a.employee_number),
  count(DISTINCT l.loan_number) FILTER (WHERE s.overdue_since IS NULL OR s.overdue_since > ?), count(DISTINCT l.loan_number)
FROM account_allocation AS a
INNER JOIN loan AS l ON l.account_number = a.account_number AND l.currency = a.currency
INNER JOIN loan_state AS s
  ON s.loan_number = l.loan_number AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until > ?) AND s.balance > 0
{holder_on("a.employee_number", "CAST(? AS DATE)")}
WHERE a.employee_number <> 'unassigned' AND a.valid_from <= ? AND (a.valid_until IS NULL OR a.valid_until > ?)
GROUP BY coalesce(n.person_number, a.employee_number)
""",
        [day] * 7,
    )
    for part, rows in (("retention", kept), ("quality", good), ("soundness", sound), ("electronic", used)):
        _put(found, part, rows)
    return found


def _put(found: dict[str, dict[str, Measured]], part: str, rows: Iterable[tuple[str, int, int]]) -> None:
    for person, total, base in rows:
        if base:
            found.setdefault(person, {})[part] = Measured(Decimal(total), Decimal(base))
