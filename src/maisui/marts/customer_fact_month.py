"""What is known of each person at the end of each month, on which labels and groups are decided.

Everybody known by then is there: whoever holds or has held an account, and whoever was reported without one. "Three
months" are the month and the two before it. The three before those are known only where six months of history are; days
without a transaction are counted from the history's first day at the earliest.
"""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

RECENT_MONTHS = 3
YEAR_MONTHS = 12
MATURING_DAYS = 30

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


CUSTOMER_FACT_MONTH_MART = Step(
    name="fill_customer_fact_month",
    writes=CUSTOMER_FACT_MONTH,
    reads=(
        "customer",
        "customer_home_period",
        "customer_merge",
        "account",
        "customer_standing",
        "customer_flow_month",
        "customer_contribution_month",
        "account_transaction",
        "account_balance",
        "deposit_term_snapshot",
        "loan",
        "loan_state",
        "guarantee_party",
        "complaint",
        "calendar_day",
    ),
    query=f"""
WITH history AS (
  SELECT
    min(business_date) AS first_on, CAST(year(min(business_date)) * 12 + month(min(business_date)) AS BIGINT) AS first_month
  FROM calendar_day
),
days AS (
  SELECT
    month_start, max(business_date) AS business_date, CAST(year(month_start) * 12 + month(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  GROUP BY month_start
),
persons AS (
  SELECT m.customer_number, d.business_date, m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d ON d.business_date >= m.valid_from AND (m.valid_until IS NULL OR d.business_date < m.valid_until)
),
opened AS (
  SELECT customer_number, min(opened_on) AS first_held_on, max(coalesce(closed_on, DATE '9999-12-31')) AS last_held_until
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
    coalesce(p.surviving_number, k.customer_number) AS customer_number, k.customer_number AS own_number, d.month_start, d.business_date,
    d.month_number, CASE WHEN k.first_held_on <= d.business_date THEN k.first_held_on END AS first_held_on
  FROM known AS k
  INNER JOIN days AS d ON k.known_on <= d.business_date
  LEFT JOIN persons AS p ON p.customer_number = k.customer_number AND p.business_date = d.business_date
),
people AS (
  SELECT
    customer_number, business_date, month_start, month_number, min(first_held_on) AS first_held_on
  FROM numbers
  GROUP BY customer_number, business_date, month_start, month_number
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
  {_part("coalesce(p.surviving_number, v.customer_number)", contribution_amount="v.contribution_amount")}
  FROM customer_contribution_month AS v
  INNER JOIN days AS d ON d.business_date = v.business_date
  LEFT JOIN persons AS p ON p.customer_number = v.customer_number AND p.business_date = d.business_date
  WHERE v.currency = 'CNY'
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
    max(last_on) AS last_on
  FROM months
  GROUP BY customer_number, month_number
),
summed AS (
  SELECT
    k.customer_number, k.business_date,
    {_summed("asset_average_balance", RECENT_MONTHS - 1)} AS recent_assets,
    {_summed("asset_average_balance", 2 * RECENT_MONTHS - 1)} - {_summed("asset_average_balance", RECENT_MONTHS - 1)} AS earlier_assets,
    {_summed("inflow_amount", RECENT_MONTHS - 1)} AS inflow_amount,
    {_summed("outflow_amount", RECENT_MONTHS - 1)} AS outflow_amount,
    {_summed("payroll_amount", RECENT_MONTHS - 1)} AS payroll_amount,
    {_summed("own_elsewhere_amount", RECENT_MONTHS - 1)} AS own_elsewhere_amount,
    {_summed("transaction_count", RECENT_MONTHS - 1, "BIGINT")} AS transaction_count,
    {_summed("complaint_count", RECENT_MONTHS - 1, "BIGINT")} AS complaint_count,
    coalesce(m.contribution_amount, {_ZERO}) AS contribution_amount,
    {_summed("contribution_amount", YEAR_MONTHS - 1)} AS year_contribution_amount,
    max(m.last_on) OVER (
      PARTITION BY k.customer_number ORDER BY k.month_number RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS last_on
  FROM people AS k
  LEFT JOIN monthly AS m ON m.customer_number = k.customer_number AND m.month_number = k.month_number
),
due AS (
  SELECT t.account_number, t.currency, d.business_date
  FROM deposit_term_snapshot AS t
  INNER JOIN days AS d ON t.reported_on <= d.business_date
  WHERE t.matures_on > d.business_date AND t.matures_on <= CAST(d.business_date + {MATURING_DAYS} AS DATE)
    AND NOT coalesce(t.is_auto_renewal, false)
  GROUP BY t.account_number, t.currency, d.business_date
),
maturing AS (
  SELECT
    coalesce(p.surviving_number, a.customer_number) AS customer_number, u.business_date,
    CAST(sum(b.balance) AS DECIMAL(38,2)) AS maturing_deposit_amount
  FROM due AS u
  INNER JOIN account AS a ON a.account_number = u.account_number AND a.currency = u.currency AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = u.account_number AND b.currency = u.currency
    AND b.valid_from <= u.business_date AND (b.valid_until IS NULL OR u.business_date < b.valid_until)
  LEFT JOIN persons AS p ON p.customer_number = a.customer_number AND p.business_date = u.business_date
  GROUP BY coalesce(p.surviving_number, a.customer_number), u.business_date
),
lent AS (
  SELECT
    coalesce(p.surviving_number, l.customer_number) AS customer_number, d.business_date, d.month_number,
    CAST(sum(CASE WHEN s.overdue_since <= d.business_date THEN s.balance ELSE 0 END) AS DECIMAL(38,2)) AS overdue_balance,
    max(CASE WHEN s.overdue_since <= d.business_date THEN date_diff('day', s.overdue_since, d.business_date) ELSE 0 END)
      AS overdue_day_count,
    max(CASE s.loan_class WHEN 'pass' THEN 1 WHEN 'substandard' THEN 3 WHEN 'doubtful' THEN 4 WHEN 'loss' THEN 5 ELSE 2 END)
      AS loan_class_rank,
    CAST(sum(CASE WHEN s.loan_class IN ('substandard', 'doubtful', 'loss') THEN s.balance ELSE 0 END) AS DECIMAL(38,2)) AS bad_loan_balance
  FROM loan AS l
  INNER JOIN loan_state AS s ON s.loan_number = l.loan_number
  INNER JOIN days AS d ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
  LEFT JOIN persons AS p ON p.customer_number = l.customer_number AND p.business_date = d.business_date
  WHERE s.balance > 0 AND s.loan_status NOT IN ('written_off', 'transferred', 'settled')
  GROUP BY coalesce(p.surviving_number, l.customer_number), d.business_date, d.month_number
),
guaranteed AS (
  SELECT
    coalesce(p.surviving_number, g.customer_number) AS customer_number, g.business_date,
    CAST(sum(g.given_amount) AS DECIMAL(38,2)) AS guaranteed_amount
  FROM guarantee_party AS g
  LEFT JOIN persons AS p ON p.customer_number = g.customer_number AND p.business_date = g.business_date
  WHERE g.customer_number IS NOT NULL AND (g.chain_code IS NOT NULL OR g.circle_code IS NOT NULL)
  GROUP BY coalesce(p.surviving_number, g.customer_number), g.business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  k.customer_number,
  k.business_date,
  coalesce(s.organisation_code, h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
  coalesce(s.customer_kind, c.customer_kind, 'unknown') AS customer_kind,
  s.customer_number IS NOT NULL AS is_holder,
  k.first_held_on,
  coalesce(k.month_number - CAST(year(k.first_held_on) * 12 + month(k.first_held_on) AS BIGINT), 0) AS held_month_count,
  coalesce(s.tier_code, 'none') AS tier_code,
  coalesce(s.is_quality, false) AS is_quality,
  coalesce(s.is_effective, false) AS is_effective,
  coalesce(s.product_group_count, 0) AS product_group_count,
  coalesce(s.asset_average_balance, 0) AS asset_average_balance,
  {div_half_up("coalesce(m.recent_assets, " + _ZERO + ")", str(RECENT_MONTHS))} AS recent_asset_balance,
  CASE
    WHEN k.month_number - y.first_month >= {2 * RECENT_MONTHS - 1}
      THEN {div_half_up("coalesce(m.earlier_assets, " + _ZERO + ")", str(RECENT_MONTHS))}
  END AS earlier_asset_balance,
  coalesce(s.deposit_average_balance, 0) AS deposit_average_balance,
  coalesce(s.loan_balance, 0) AS loan_balance,
  coalesce(m.inflow_amount, 0) AS inflow_amount,
  coalesce(m.outflow_amount, 0) AS outflow_amount,
  coalesce(m.payroll_amount, 0) AS payroll_amount,
  coalesce(m.own_elsewhere_amount, 0) AS own_elsewhere_amount,
  coalesce(m.transaction_count, 0) AS transaction_count,
  CASE
    WHEN k.first_held_on IS NULL THEN 0
    ELSE date_diff('day', greatest(coalesce(m.last_on, k.first_held_on), k.first_held_on, y.first_on), k.business_date)
  END AS idle_day_count,
  coalesce(t.maturing_deposit_amount, 0) AS maturing_deposit_amount,
  coalesce(l.overdue_balance, 0) AS overdue_balance,
  coalesce(l.overdue_day_count, 0) AS overdue_day_count,
  coalesce(l.loan_class_rank, 0) AS loan_class_rank,
  coalesce(b.loan_class_rank, 0) AS previous_loan_class_rank,
  coalesce(l.bad_loan_balance, 0) AS bad_loan_balance,
  coalesce(g.guaranteed_amount, 0) AS guaranteed_amount,
  coalesce(m.complaint_count, 0) AS complaint_count,
  coalesce(m.contribution_amount, 0) AS contribution_amount,
  coalesce(m.year_contribution_amount, 0) AS year_contribution_amount
FROM people AS k
CROSS JOIN history AS y
LEFT JOIN customer_standing AS s ON s.customer_number = k.customer_number AND s.business_date = k.business_date
LEFT JOIN customer AS c ON c.customer_number = k.customer_number
LEFT JOIN customer_home_period AS h
  ON h.customer_number = k.customer_number
  AND k.business_date >= h.valid_from AND (h.valid_until IS NULL OR k.business_date < h.valid_until)
LEFT JOIN summed AS m ON m.customer_number = k.customer_number AND m.business_date = k.business_date
LEFT JOIN maturing AS t ON t.customer_number = k.customer_number AND t.business_date = k.business_date
LEFT JOIN lent AS l ON l.customer_number = k.customer_number AND l.business_date = k.business_date
LEFT JOIN lent AS b ON b.customer_number = k.customer_number AND b.month_number = k.month_number - 1
LEFT JOIN guaranteed AS g ON g.customer_number = k.customer_number AND g.business_date = k.business_date
""",
    covers="""
SELECT customer_number, business_date FROM customer_standing
""",
)
