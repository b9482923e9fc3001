"""What an outlet is beside its figures: its profile, customers, staff and queue, and the parameters by which outlets are compared."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.metrics import BY_CODE
from maisui.parameters import product_lines
from maisui.warehouse.reader import Reader

_FAMILY = "branch_"
_SIMILARITY, _OUTPUT = "branch_similarity.", "branch_output."
RATIOS_OF_FEATURES: dict[str, tuple[str, str]] = {"agriculture_share": ("agriculture_loan_balance", "loan_balance")}
"""Features that are one metric over another: numerator and denominator."""
OWN_FEATURES: dict[str, str | None] = {
    "agriculture_share": "agriculture_loan_balance",
    "wage_share": "payroll_inflow_amount",
    "merchant_share": "recognised_customer_count",
    "catchment_households": None,
    "competitor_count": None,
}
"""Features that are no metric of the catalogue, with the metric that they come nearest to."""
_A_HEAD = frozenset({"deposit_per_employee", "loan_per_employee", "contribution_per_employee"})


@dataclass(frozen=True, slots=True)
class BranchSettings:
    """The parameters of branches in force on a day: weights of likeness and of outputs by code, the other values by their name."""

    similarity: dict[str, Decimal]
    output: dict[str, Decimal]
    values: dict[str, Decimal]

    def number(self, name: str) -> Decimal:
        """Return the value of `branch_<name>`."""
        return self.values[_FAMILY + name]


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """The bank's own record of an outlet as last reported: grade, kind of area, square metres, hours, households, competitors nearby."""

    grade: str
    area_kind: str
    floor_area: int | None
    opens_at: str
    closes_at: str
    households: int | None
    competitors: int | None
    reported_on: date


@dataclass(frozen=True, slots=True)
class MakeUp:
    """Persons with an open account at home in an outlet, and how many of them draw pay, a pension, a subsidy, or take money in trade.

    All but payroll are known on the reporting date only and None on other days. `own_elsewhere_amount` is what went in three months to
    their own accounts elsewhere, `outflow_amount` all that went out, in yuan, of customers of every kind.
    """

    person_count: int
    payroll_count: int
    pension_count: int | None
    subsidy_count: int | None
    merchant_count: int | None
    own_elsewhere_amount: Decimal
    outflow_amount: Decimal


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is on duty in an organisation on a day: head count by post, and how many of them have customers assigned."""

    posts: tuple[tuple[str, int], ...]
    manager_count: int


@dataclass(frozen=True, slots=True)
class QueueHour:
    """One hour of an outlet's queue over a period: days with tickets, tickets, calls, who left, seconds waited."""

    hour: str
    day_count: int
    ticket_count: int
    called_count: int
    left_count: int
    wait_seconds: int


def branch_settings(reader: Reader, day: date) -> BranchSettings:
    """Return the parameters in force on `day`, those of the product where the version holds none of a code.

    A weight of what is neither a feature nor a metric of organisations counts for nothing.
    """
    found = {
        str(line["code"]): Decimal(str(line["number"]))
        for line in product_lines()
        if str(line["code"]).startswith(_FAMILY) and line["valid_from"] <= day
    }
    rows = reader.rows(
        "SELECT parameter_code, number_value FROM parameter WHERE starts_with(parameter_code, ?) AND number_value IS NOT NULL "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [_FAMILY, day, day],
    )
    found |= {code: Decimal(value).normalize() for code, value in rows}

    known = {code for code, metric in BY_CODE.items() if "organisation" in metric.dimensions}

    def below(prefix: str, offered: AbstractSet[str]) -> dict[str, Decimal]:
        weights = ((code.removeprefix(prefix), value) for code, value in sorted(found.items()) if code.startswith(prefix))
        return {code: value for code, value in weights if value > 0 and code in offered}

    return BranchSettings(below(_SIMILARITY, known | OWN_FEATURES.keys()), below(_OUTPUT, known), found)


def compared_by(code: str) -> frozenset[str]:
    """Return the metrics that a parameter of branches weighs when outlets are held against each other."""
    if code.startswith((_SIMILARITY, _OUTPUT)):
        feature = code.rpartition(".")[2]
        nearest = OWN_FEATURES.get(feature, feature)
        return _A_HEAD | ({nearest} if nearest in BY_CODE else set())
    judged = {
        "branch_agriculture_share": {"agriculture_loan_balance"},
        "branch_wage_share": {"payroll_inflow_amount"},
        "branch_long_wait_minutes": {"wait_seconds_per_ticket"},
        "branch_short_wait_minutes": {"wait_seconds_per_ticket"},
        "branch_load_margin": {"teller_workload_per_duty_day", "managed_customer_count"},
        "branch_peer_count": _A_HEAD,
    }
    return frozenset(judged.get(code, ()))


def outlet_profiles(reader: Reader, day: date) -> dict[str, OutletProfile]:
    """Return each outlet's profile as last reported on or before `day`."""
    rows = reader.rows(
        "SELECT organisation_code, coalesce(grade_code, ''), coalesce(area_kind, ''), floor_area, coalesce(opens_at, ''), "
        "coalesce(closes_at, ''), catchment_households, competitor_count, reported_on FROM outlet_profile_snapshot WHERE reported_on <= ? "
        "QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY reported_on DESC) = 1",
        [day],
    )
    return {row[0]: OutletProfile(*row[1:]) for row in rows}


def make_ups(reader: Reader, day: date) -> dict[str, MakeUp]:
    """Return of what customers each home outlet lives at the last month end on or before `day` (or on the reporting date itself)."""
    rows = reader.rows(
        """
WITH last AS (SELECT max(business_date) AS business_date FROM customer_fact_month WHERE business_date <= ?),
seen AS (
  SELECT
    c.customer_number, bool_or(c.characteristic_code = 'pension') AS draws_pension,
    bool_or(c.characteristic_code = 'subsidy') AS draws_subsidy, bool_or(c.characteristic_code = 'takings') AS takes_money
  FROM customer_characteristic AS c
  INNER JOIN last AS l ON l.business_date = c.business_date
  GROUP BY c.customer_number
),
known AS (
  SELECT count(*) > 0 AS is_known FROM customer_characteristic AS c INNER JOIN last AS l ON l.business_date = c.business_date
)
SELECT
  f.organisation_code,
  count(*) FILTER (WHERE f.customer_kind = 'personal'),
  count(*) FILTER (WHERE f.customer_kind = 'personal' AND f.payroll_amount > 0),
  CASE WHEN max(k.is_known) THEN count(*) FILTER (WHERE f.customer_kind = 'personal' AND s.draws_pension) END,
  CASE WHEN max(k.is_known) THEN count(*) FILTER (WHERE f.customer_kind = 'personal' AND s.draws_subsidy) END,
  CASE WHEN max(k.is_known) THEN count(*) FILTER (WHERE f.customer_kind = 'personal' AND s.takes_money) END,
  sum(f.own_elsewhere_amount),
  sum(f.outflow_amount)
FROM customer_fact_month AS f
INNER JOIN last AS l ON l.business_date = f.business_date
CROSS JOIN known AS k
LEFT JOIN seen AS s ON s.customer_number = f.customer_number
WHERE f.is_holder
GROUP BY f.organisation_code
""",
        [day],
    )
    return {row[0]: MakeUp(*row[1:]) for row in rows}


def staffs(reader: Reader, day: date) -> dict[str, Staff]:
    """Return who is on duty in each organisation on `day`, a person once, and how many of them have accounts of customers assigned."""
    rows = reader.rows(
        """
WITH holders AS (
  SELECT DISTINCT employee_number FROM account_allocation
  WHERE employee_number <> 'unassigned' AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
),
persons AS (
  SELECT
    e.person_number, e.organisation_code, coalesce(e.post_name, '') AS post_name, bool_or(h.employee_number IS NOT NULL) AS has_customers
  FROM employment_period AS e
  LEFT JOIN holders AS h ON h.employee_number = e.employee_number
  WHERE e.is_on_duty AND e.valid_from <= ? AND (e.valid_until IS NULL OR e.valid_until > ?)
  GROUP BY e.person_number, e.organisation_code, e.post_name
)
SELECT organisation_code, post_name, count(DISTINCT person_number), count(DISTINCT person_number) FILTER (WHERE has_customers)
FROM persons GROUP BY organisation_code, post_name ORDER BY organisation_code, 3 DESC, post_name
""",
        [day] * 4,
    )
    found: dict[str, Staff] = {}
    for organisation, post, count, managers in rows:
        known = found.get(organisation, Staff((), 0))
        found[organisation] = Staff((*known.posts, (post, int(count))), known.manager_count + int(managers))
    return found


def queue_hours(reader: Reader, first: date, last: date) -> dict[str, tuple[QueueHour, ...]]:
    """Return each outlet's queue by hour of the ticket, over the months that end between `first` and `last`."""
    rows = reader.rows(
        "SELECT organisation_code, hour_code, sum(queue_day_count), sum(ticket_count), sum(called_count), sum(left_count), "
        "sum(wait_second_count) FROM queue_hour_month WHERE business_date BETWEEN ? AND ? "
        "GROUP BY organisation_code, hour_code ORDER BY organisation_code, hour_code",
        [first, last],
    )
    found: dict[str, list[QueueHour]] = {}
    for organisation, hour, *counts in rows:
        found.setdefault(organisation, []).append(QueueHour(hour, *(int(count) for count in counts)))
    return {organisation: tuple(hours) for organisation, hours in found.items()}
