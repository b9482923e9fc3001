"""What is known of each person at the end of each month, on which labels and groups are decided.

Everybody known by then is there: whoever holds or has held an account, and whoever was reported without one. "Three
months" are the month and the two before it. The three before those are known only where six months of history are; days
without a transaction are counted from the history's first day at the earliest, and not at all before an own transaction of
anybody was delivered: where nobody can be seen to move, nobody is idle.
"""

from maisui.marts.customer_recent_month import RECENT_MONTHS
from maisui.steps.persons_sql import PERSONS
from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

MATURING_DAYS = 30

CUSTOMER_FACT_MONTH_MART = Step(
    name="fill_customer_fact_month",
    writes=CUSTOMER_FACT_MONTH,
    reads=(
        "customer_recent_month",
        "customer",
        "customer_home_period",
        "customer_merge",
        "account",
        "customer_standing",
        "account_balance",
        "deposit_term_snapshot",
        "loan",
        "loan_state",
        "guarantee_party",
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
  WHERE business_date >= CAST($needed_from - 31 AS DATE)
  GROUP BY month_start
),
{PERSONS},
moved AS (
  SELECT business_date, max(last_on) AS last_on FROM customer_recent_month GROUP BY business_date
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
  coalesce(d.month_number - CAST(year(k.first_held_on) * 12 + month(k.first_held_on) AS BIGINT), 0) AS held_month_count,
  coalesce(s.tier_code, 'none') AS tier_code,
  s.tier_decision_number IS NOT NULL AS is_tier_by_hand,
  coalesce(s.is_quality, false) AS is_quality,
  coalesce(s.is_effective, false) AS is_effective,
  coalesce(s.product_group_count, 0) AS product_group_count,
  coalesce(s.asset_average_balance, 0) AS asset_average_balance,
  {div_half_up("k.recent_asset_amount", str(RECENT_MONTHS))} AS recent_asset_balance,
  CASE
    WHEN d.month_number - y.first_month >= {2 * RECENT_MONTHS - 1}
      THEN {div_half_up("k.earlier_asset_amount", str(RECENT_MONTHS))}
  END AS earlier_asset_balance,
  coalesce(s.deposit_average_balance, 0) AS deposit_average_balance,
  coalesce(s.loan_balance, 0) AS loan_balance,
  k.inflow_amount,
  k.outflow_amount,
  k.payroll_amount,
  k.own_elsewhere_amount,
  k.transaction_count,
  CASE
    WHEN v.last_on IS NULL THEN NULL
    WHEN k.first_held_on IS NULL THEN 0
    ELSE date_diff('day', greatest(coalesce(k.last_on, k.first_held_on), k.first_held_on, y.first_on), k.business_date)
  END AS idle_day_count,
  coalesce(t.maturing_deposit_amount, 0) AS maturing_deposit_amount,
  coalesce(l.overdue_balance, 0) AS overdue_balance,
  coalesce(l.overdue_day_count, 0) AS overdue_day_count,
  coalesce(l.loan_class_rank, 0) AS loan_class_rank,
  coalesce(b.loan_class_rank, 0) AS previous_loan_class_rank,
  coalesce(l.bad_loan_balance, 0) AS bad_loan_balance,
  coalesce(g.guaranteed_amount, 0) AS guaranteed_amount,
  k.complaint_count,
  k.contribution_amount,
  k.year_contribution_amount,
  k.year_expected_loss_amount
FROM customer_recent_month AS k
INNER JOIN days AS d ON d.business_date = k.business_date
INNER JOIN moved AS v ON v.business_date = k.business_date
CROSS JOIN history AS y
LEFT JOIN customer_standing AS s ON s.customer_number = k.customer_number AND s.business_date = k.business_date
LEFT JOIN customer AS c ON c.customer_number = k.customer_number
LEFT JOIN customer_home_period AS h
  ON h.customer_number = k.customer_number
  AND k.business_date >= h.valid_from AND (h.valid_until IS NULL OR k.business_date < h.valid_until)
LEFT JOIN maturing AS t ON t.customer_number = k.customer_number AND t.business_date = k.business_date
LEFT JOIN lent AS l ON l.customer_number = k.customer_number AND l.business_date = k.business_date
LEFT JOIN lent AS b ON b.customer_number = k.customer_number AND b.month_number = d.month_number - 1
LEFT JOIN guaranteed AS g ON g.customer_number = k.customer_number AND g.business_date = k.business_date
""",
    covers="""
SELECT customer_number, business_date FROM customer_standing WHERE business_date >= $needed_from
""",
)
