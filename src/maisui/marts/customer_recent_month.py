"""Who is known at the end of each month, and what his last three, six and twelve months come to.

Everybody known by then is there: whoever holds or has held an account, and whoever was reported without one. It is a step
before `fill_customer_fact_month`, since all of it in one statement holds twice the memory.
"""

from maisui.steps.persons_sql import PERSONS
from maisui.steps.step import Step
from maisui.tables.customer_recent_month import CUSTOMER_RECENT_MONTH

RECENT_MONTHS = 3
YEAR_MONTHS = 12

_ZERO = "CAST(0 AS DECIMAL(38,2))"
_OWN_ELSEWHERE = f"CASE WHEN f.flow_code = 'own_account_elsewhere' THEN f.outflow_amount - f.inflow_amount ELSE {_ZERO} END"


_NOTHING = {
    **dict.fromkeys(
        (
            "asset_average_balance",
            "inflow_amount",
            "outflow_amount",
            "payroll_amount",
            "own_elsewhere_amount",
            "contribution_amount",
            "expected_loss_amount",
        ),
        _ZERO,
    ),
    "transaction_count": "CAST(0 AS BIGINT)",
    "complaint_count": "CAST(0 AS BIGINT)",
    "last_on": "CAST(NULL AS DATE)",
}
"""What a month adds where a source says nothing of it."""


def _part(customer: str, **values: str) -> str:
    """Return the beginning of a SELECT of what one source knows of `customer` in the month `d`."""
    columns = ", ".join(f"{value} AS {name}" for name, value in (_NOTHING | values).items())
    return f"SELECT {customer} AS customer_number, d.month_number, {columns}"


def _summed(name: str, months: int, kind: str = "DECIMAL(38,2)") -> str:
    """Return the sum of `name` over the month of the row and the `months` before it."""
    frame = f"RANGE BETWEEN {months} PRECEDING AND CURRENT ROW"
    return f"CAST(coalesce(sum(m.{name}) OVER (PARTITION BY k.customer_number ORDER BY k.month_number {frame}), 0) AS {kind})"


CUSTOMER_RECENT_MONTH_MART = Step(
    name="fill_customer_recent_month",
    writes=CUSTOMER_RECENT_MONTH,
    reads=(
        "customer",
        "customer_merge",
        "account",
        "customer_standing",
        "customer_flow_month",
        "customer_contribution_month",
        "account_transaction",
        "complaint",
        "calendar_day",
    ),
    query=f"""
WITH days AS (
  SELECT
    month_start, max(business_date) AS business_date, CAST(year(month_start) * 12 + month(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  GROUP BY month_start
),
{PERSONS},
opened AS (
  SELECT customer_number, min(opened_on) AS first_held_on
  FROM account
  WHERE customer_number <> 'none'
  GROUP BY customer_number
),
known AS (
  SELECT o.customer_number, o.first_held_on, least(coalesce(c.first_reported_on, o.first_held_on), o.first_held_on) AS known_on
  FROM opened AS o
  LEFT JOIN customer AS c ON c.customer_number = o.customer_number
  UNION ALL
  SELECT c.customer_number, CAST(NULL AS DATE) AS first_held_on, c.first_reported_on AS known_on
  FROM customer AS c
  LEFT JOIN opened AS o ON o.customer_number = c.customer_number
  WHERE o.customer_number IS NULL AND c.first_reported_on IS NOT NULL
),
numbers AS (
  SELECT
    coalesce(p.surviving_number, k.customer_number) AS customer_number, d.business_date, d.month_number,
    CASE WHEN k.first_held_on <= d.business_date THEN k.first_held_on END AS first_held_on
  FROM known AS k
  INNER JOIN days AS d ON k.known_on <= d.business_date
  LEFT JOIN persons AS p ON p.customer_number = k.customer_number AND p.business_date = d.business_date
),
people AS (
  SELECT customer_number, business_date, month_number, min(first_held_on) AS first_held_on
  FROM numbers
  GROUP BY customer_number, business_date, month_number
),
acted AS (
  SELECT
    t.customer_number, d.month_number, d.business_date, max(t.posted_on) AS last_on, count(*) AS transaction_count
  FROM account_transaction AS t
  INNER JOIN days AS d ON d.month_start = CAST(date_trunc('month', t.posted_on) AS DATE) AND t.posted_on <= d.business_date
  WHERE t.account_kind = 'deposit' AND NOT t.is_bank_initiated AND coalesce(t.initiator_code, 'customer') = 'customer' AND NOT t.is_reversal
  GROUP BY t.customer_number, d.month_number, d.business_date
),
months AS (
  {_part("s.customer_number", asset_average_balance="s.asset_average_balance")}
  FROM customer_standing AS s
  INNER JOIN days AS d ON d.business_date = s.business_date
  UNION ALL
  {
        _part(
            "f.customer_number",
            inflow_amount="f.inflow_amount",
            outflow_amount="f.outflow_amount",
            payroll_amount=f"CASE WHEN f.flow_code = 'payroll' THEN f.inflow_amount ELSE {_ZERO} END",
            own_elsewhere_amount=_OWN_ELSEWHERE,
        )
    }
  FROM customer_flow_month AS f
  INNER JOIN days AS d ON d.month_start = f.month_start
  UNION ALL
  {_part("coalesce(p.surviving_number, c.customer_number)", complaint_count="CAST(1 AS BIGINT)")}
  FROM complaint AS c
  INNER JOIN days AS d ON d.month_start = CAST(date_trunc('month', c.received_on) AS DATE) AND c.received_on <= d.business_date
  LEFT JOIN persons AS p ON p.customer_number = c.customer_number AND p.business_date = d.business_date
  WHERE c.customer_number IS NOT NULL
  UNION ALL
  {
        _part(
            "coalesce(p.surviving_number, v.customer_number)",
            contribution_amount="v.contribution_amount",
            expected_loss_amount="v.expected_loss_amount",
        )
    }
  FROM customer_contribution_month AS v
  INNER JOIN days AS d ON d.business_date = v.business_date
  LEFT JOIN persons AS p ON p.customer_number = v.customer_number AND p.business_date = d.business_date
  UNION ALL
  {_part("coalesce(p.surviving_number, d.customer_number)", transaction_count="d.transaction_count", last_on="d.last_on")}
  FROM acted AS d
  LEFT JOIN persons AS p ON p.customer_number = d.customer_number AND p.business_date = d.business_date
),
monthly AS (
  SELECT
    customer_number, month_number,
    CAST(sum(asset_average_balance) AS DECIMAL(38,2)) AS asset_average_balance,
    CAST(sum(inflow_amount) AS DECIMAL(38,2)) AS inflow_amount,
    CAST(sum(outflow_amount) AS DECIMAL(38,2)) AS outflow_amount,
    CAST(sum(payroll_amount) AS DECIMAL(38,2)) AS payroll_amount,
    CAST(sum(own_elsewhere_amount) AS DECIMAL(38,2)) AS own_elsewhere_amount,
    CAST(sum(transaction_count) AS BIGINT) AS transaction_count,
    CAST(sum(complaint_count) AS BIGINT) AS complaint_count,
    CAST(sum(contribution_amount) AS DECIMAL(38,2)) AS contribution_amount,
    CAST(sum(expected_loss_amount) AS DECIMAL(38,2)) AS expected_loss_amount,
    max(last_on) AS last_on
  FROM months
  GROUP BY customer_number, month_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  k.customer_number,
  k.business_date,
  k.first_held_on,
  {_summed("asset_average_balance", RECENT_MONTHS - 1)} AS recent_asset_amount,
  {_summed("asset_average_balance", 2 * RECENT_MONTHS - 1)} - {_summed("asset_average_balance", RECENT_MONTHS - 1)} AS earlier_asset_amount,
  {_summed("inflow_amount", RECENT_MONTHS - 1)} AS inflow_amount,
  {_summed("outflow_amount", RECENT_MONTHS - 1)} AS outflow_amount,
  {_summed("payroll_amount", RECENT_MONTHS - 1)} AS payroll_amount,
  {_summed("own_elsewhere_amount", RECENT_MONTHS - 1)} AS own_elsewhere_amount,
  {_summed("transaction_count", RECENT_MONTHS - 1, "BIGINT")} AS transaction_count,
  {_summed("complaint_count", RECENT_MONTHS - 1, "BIGINT")} AS complaint_count,
  coalesce(m.contribution_amount, {_ZERO}) AS contribution_amount,
  {_summed("contribution_amount", YEAR_MONTHS - 1)} AS year_contribution_amount,
  {_summed("expected_loss_amount", YEAR_MONTHS - 1)} AS year_expected_loss_amount,
  max(m.last_on) OVER (
    PARTITION BY k.customer_number ORDER BY k.month_number RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS last_on
FROM people AS k
LEFT JOIN monthly AS m ON m.customer_number = k.customer_number AND m.month_number = k.month_number
""",
    covers="""
SELECT customer_number, business_date FROM customer_standing WHERE business_date >= $needed_from
""",
)
