"""The life of accounts by opening quarter: observed from which age, first used, highest, dormant, closed or still open at which."""

from maisui.steps.step import Step
from maisui.tables.product_cohort_day import PRODUCT_COHORT_DAY


def _age(day: str) -> str:
    """Return the whole months from the day of opening to `day`."""
    return (
        f"CAST((year({day}) * 12 + month({day})) - (year(a.opened_on) * 12 + month(a.opened_on))"
        f" - CASE WHEN day({day}) < day(a.opened_on) THEN 1 ELSE 0 END AS BIGINT)"
    )


_COUNTS = ("entered", "closed", "censored", "followed", "followed_closed", "first_used", "peaked", "dormant")
_OF = "organisation_code, product_code, product_group, product_line, customer_kind, opening_quarter"


def _event(age: str, counted: dict[str, str], where: str = "") -> str:
    """Return the rows of one kind of event: the age at which it happened and what it counts as."""
    columns = ", ".join(f"CAST({counted.get(name, '0')} AS BIGINT) AS is_{name}" for name in _COUNTS)
    return f"  SELECT {_OF}, {age} AS age_month_count, {columns} FROM ages{f' WHERE {where}' if where else ''}"


_EVENTS = "\n  UNION ALL\n".join(
    (
        _event("entered_age", {"entered": "1", "followed": "is_followed"}),
        _event("left_age", {"closed": "is_closed", "censored": "1 - is_closed", "followed_closed": "is_closed * is_followed"}),
        _event("used_age", {"first_used": "1"}, "is_followed = 1 AND used_age IS NOT NULL"),
        _event("peak_age", {"peaked": "1"}, "is_followed = 1 AND peak_age IS NOT NULL"),
        _event("dormant_age", {"dormant": "1"}, "is_followed = 1 AND dormant_age IS NOT NULL"),
    )
)
_SUMS = ",\n  ".join(f"CAST(sum(is_{name}) AS BIGINT) AS {name}_count" for name in _COUNTS)

PRODUCT_COHORT_DAY_MART = Step(
    name="fill_product_cohort_day",
    writes=PRODUCT_COHORT_DAY,
    reads=("account", "account_month", "account_transaction", "reversal", "parameter", "calendar_day"),
    query=f"""
WITH bounds AS (
  SELECT min(business_date) AS first_day, max(business_date) AS last_day FROM calendar_day
),
limits AS (
  SELECT
    max(CASE WHEN parameter_code = 'dormant_personal_days' THEN CAST(number_value AS BIGINT) END) AS personal_days,
    max(CASE WHEN parameter_code = 'dormant_personal_balance' THEN CAST(number_value AS DECIMAL(18,2)) END) AS personal_balance,
    max(CASE WHEN parameter_code = 'dormant_corporate_days' THEN CAST(number_value AS BIGINT) END) AS corporate_days
  FROM parameter
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
moved AS (
  SELECT t.account_number, t.currency, min(t.posted_on) AS used_on, max(t.posted_on) AS active_on
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE NOT t.is_bank_initiated AND coalesce(r.counts_as, 1) > 0 AND t.posted_on <= $reporting_date
  GROUP BY t.account_number, t.currency
),
highest AS (
  SELECT account_number, currency, month_start
  FROM account_month
  WHERE closing_balance > 0
  QUALIFY row_number() OVER (PARTITION BY account_number, currency ORDER BY closing_balance DESC, month_start DESC) = 1
),
latest AS (
  SELECT account_number, currency, month_start, closing_balance
  FROM account_month
  QUALIFY row_number() OVER (PARTITION BY account_number, currency ORDER BY month_start DESC) = 1
),
lives AS (
  SELECT
    a.account_number, a.currency, a.account_kind, a.organisation_code, a.product_code, a.product_group, a.product_line, a.customer_kind,
    a.opened_on, CAST(date_trunc('quarter', a.opened_on) AS DATE) AS opening_quarter,
    greatest(a.opened_on, b.first_day) AS entered_on,
    CASE WHEN a.closed_on <= b.last_day THEN a.closed_on ELSE b.last_day END AS left_on,
    CASE WHEN a.closed_on <= b.last_day THEN 1 ELSE 0 END AS is_closed,
    CASE WHEN a.opened_on >= b.first_day THEN 1 ELSE 0 END AS is_followed,
    CASE WHEN m.used_on >= a.opened_on THEN m.used_on END AS used_on,
    CASE WHEN h.month_start < l.month_start THEN greatest(h.month_start, a.opened_on) END AS peaked_on,
    coalesce(m.active_on, a.opened_on) AS active_on, l.closing_balance
  FROM account AS a
  CROSS JOIN bounds AS b
  LEFT JOIN moved AS m ON m.account_number = a.account_number AND m.currency = a.currency
  LEFT JOIN highest AS h ON h.account_number = a.account_number AND h.currency = a.currency
  LEFT JOIN latest AS l ON l.account_number = a.account_number AND l.currency = a.currency
  WHERE a.opened_on <= b.last_day AND (a.closed_on IS NULL OR (a.closed_on >= b.first_day AND a.closed_on >= a.opened_on))
),
resting AS (
  SELECT
    a.account_number, a.currency, a.organisation_code, a.product_code, a.product_group, a.product_line, a.customer_kind, a.opened_on,
    a.opening_quarter, a.entered_on, a.left_on, a.is_closed, a.is_followed, a.used_on, a.peaked_on,
    CASE
      WHEN a.is_closed = 1 OR a.account_kind <> 'deposit' THEN CAST(NULL AS DATE)
      WHEN a.customer_kind = 'corporate' THEN CAST(a.active_on + CAST(l.corporate_days AS INTEGER) AS DATE)
      WHEN coalesce(a.closing_balance, CAST(0 AS DECIMAL(18,2))) <= l.personal_balance
        THEN CAST(a.active_on + CAST(l.personal_days AS INTEGER) AS DATE)
    END AS rests_on
  FROM lives AS a
  CROSS JOIN limits AS l
),
ages AS (
  SELECT
    a.organisation_code, a.product_code, a.product_group, a.product_line, a.customer_kind, a.opening_quarter, a.is_closed, a.is_followed,
    {_age("a.entered_on")} AS entered_age,
    {_age("a.left_on")} AS left_age,
    {_age("a.used_on")} AS used_age,
    {_age("a.peaked_on")} AS peak_age,
    CASE WHEN a.rests_on < $reporting_date THEN {_age("a.rests_on")} END AS dormant_age
  FROM resting AS a
),
events AS (
{_EVENTS}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  product_code,
  product_group,
  min(product_line) AS product_line,
  customer_kind,
  opening_quarter,
  age_month_count,
  $reporting_date AS business_date,
  {_SUMS}
FROM events
GROUP BY organisation_code, product_code, product_group, customer_kind, opening_quarter, age_month_count
""",
)
