"""Which tier each person has at the end of each month, whether he is effective, and how many products he holds.

A tier that two people set by hand holds while their decision does; it neither begins nor lengthens the protection of the rule.

Numbers that are merged on the day are one person under the surviving number. He is at home where that number is, or, when it
holds no open account, where the first of his others that does is: as `customer_day` counts persons.
"""

from maisui.steps.persons_sql import PERSONS
from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.steps.tiers_sql import TIERS
from maisui.tables.customer_standing import CUSTOMER_STANDING

_AVERAGES = {
    name: div_half_up(f"coalesce(a.{days}, CAST(0 AS DECIMAL(38,2)))", "h.day_count")
    for name, days in (
        ("asset_average_balance", "asset_days"),
        ("tier_average_balance", "weighted_days"),
        ("deposit_average_balance", "deposit_days"),
        ("loan_average_balance", "loan_days"),
    )
}

CUSTOMER_STANDING_MART = Step(
    name="fill_customer_standing",
    writes=CUSTOMER_STANDING,
    reads=(
        "customer_relation",
        "customer",
        "customer_home_period",
        "customer_merge",
        "tier_decision",
        "account_month",
        "asset_holding",
        "customer_product_month",
        "parameter",
        "calendar_day",
    ),
    # A tier of an earlier month has the rank that it has among the tiers of the month it is kept for: there may be more of them by then.
    query=f"""
WITH days AS (
  SELECT
    month_start, max(business_date) AS business_date, CAST(count(*) AS BIGINT) AS day_count,
    CAST(year(month_start) * 12 + month(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  GROUP BY month_start
),
settings AS (
  SELECT
    d.business_date, p.parameter_code, p.text_value, p.number_value
  FROM days AS d
  INNER JOIN parameter AS p ON p.valid_from <= d.business_date AND (p.valid_until IS NULL OR p.valid_until > d.business_date)
),
{TIERS},
quality AS (
  SELECT s.business_date, t.tier_rank
  FROM settings AS s
  INNER JOIN tiers AS t ON t.business_date = s.business_date AND t.tier_code = s.text_value
  WHERE s.parameter_code = 'quality_tier'
),
{PERSONS},
holders AS (
  SELECT
    coalesce(p.surviving_number, r.customer_number) AS customer_number, r.customer_number AS home_number, d.month_start, d.business_date,
    d.day_count, d.month_number
  FROM customer_relation AS r
  INNER JOIN days AS d ON r.valid_from <= d.business_date AND (r.valid_until IS NULL OR r.valid_until > d.business_date)
  LEFT JOIN persons AS p ON p.customer_number = r.customer_number AND p.business_date = d.business_date
  WHERE r.relation = 'holder'
  QUALIFY row_number() OVER (
    PARTITION BY coalesce(p.surviving_number, r.customer_number), d.business_date
    ORDER BY CASE WHEN p.surviving_number IS NULL THEN 0 ELSE 1 END, r.customer_number
  ) = 1
),
held AS (
  SELECT customer_number, month_start, account_kind AS product_line, balance_days, closing_balance
  FROM account_month
  UNION ALL
  SELECT
    h.customer_number, d.month_start, h.product_line,
    CAST(h.market_amount * date_diff(
      'day',
      greatest(h.valid_from, d.month_start),
      least(coalesce(h.valid_until, CAST(d.business_date + 1 AS DATE)), CAST(d.business_date + 1 AS DATE))
    ) AS DECIMAL(38,2)) AS balance_days,
    CAST(0 AS DECIMAL(18,2)) AS closing_balance
  FROM asset_holding AS h
  INNER JOIN days AS d ON h.valid_from <= d.business_date AND (h.valid_until IS NULL OR h.valid_until > d.month_start)
),
weights AS (
  SELECT d.month_start, substr(s.parameter_code, 13) AS product_line, s.number_value AS weight
  FROM settings AS s
  INNER JOIN days AS d ON d.business_date = s.business_date
  WHERE s.parameter_code LIKE 'tier_weight.%'
),
assets AS (
  SELECT
    coalesce(p.surviving_number, h.customer_number) AS customer_number, h.month_start,
    CAST(sum(CASE WHEN h.product_line <> 'loan' THEN h.balance_days ELSE 0 END) AS DECIMAL(38,2)) AS asset_days,
    CAST(sum(CASE
      WHEN h.product_line <> 'loan'
        THEN CAST(CAST(h.balance_days AS DECIMAL(20,2)) * coalesce(w.weight, CAST(1 AS DECIMAL(12,6))) AS DECIMAL(38,2))
      ELSE 0
    END) AS DECIMAL(38,2)) AS weighted_days,
    CAST(sum(CASE WHEN h.product_line = 'deposit' THEN h.balance_days ELSE 0 END) AS DECIMAL(38,2)) AS deposit_days,
    CAST(sum(CASE WHEN h.product_line = 'loan' THEN h.balance_days ELSE 0 END) AS DECIMAL(38,2)) AS loan_days,
    CAST(sum(CASE WHEN h.product_line = 'loan' THEN h.closing_balance ELSE 0 END) AS DECIMAL(38,2)) AS loan_balance
  FROM held AS h
  INNER JOIN days AS d ON d.month_start = h.month_start
  LEFT JOIN persons AS p ON p.customer_number = h.customer_number AND p.business_date = d.business_date
  LEFT JOIN weights AS w ON w.month_start = h.month_start AND w.product_line = h.product_line
  GROUP BY coalesce(p.surviving_number, h.customer_number), h.month_start
),
groups_held AS (
  SELECT customer_number, business_date, count(*) AS product_group_count
  FROM customer_product_month
  GROUP BY customer_number, business_date
),
averaged AS (
  SELECT
    h.customer_number, h.home_number, h.business_date, h.month_number,
    {_AVERAGES["asset_average_balance"]} AS asset_average_balance,
    {_AVERAGES["tier_average_balance"]} AS tier_average_balance,
    {_AVERAGES["deposit_average_balance"]} AS deposit_average_balance,
    {_AVERAGES["loan_average_balance"]} AS loan_average_balance,
    coalesce(a.loan_balance, CAST(0 AS DECIMAL(38,2))) AS loan_balance
  FROM holders AS h
  LEFT JOIN assets AS a ON a.customer_number = h.customer_number AND a.month_start = h.month_start
),
bands AS (
  SELECT
    business_date, tier_code, tier_rank, from_amount,
    lead(from_amount) OVER (PARTITION BY business_date ORDER BY tier_rank) AS below_amount
  FROM tiers
),
reached AS (
  SELECT a.customer_number, a.business_date, a.month_number, t.tier_code, t.tier_rank
  FROM averaged AS a
  INNER JOIN bands AS t
    ON t.business_date = a.business_date AND t.from_amount <= greatest(a.tier_average_balance, CAST(0 AS DECIMAL(18,2)))
    AND (t.below_amount IS NULL OR t.below_amount > greatest(a.tier_average_balance, CAST(0 AS DECIMAL(18,2))))
),
protected AS (
  SELECT d.business_date, e.month_number AS earlier_month
  FROM days AS d
  INNER JOIN settings AS s ON s.business_date = d.business_date AND s.parameter_code = 'tier_protection_months'
  INNER JOIN days AS e
    ON e.month_number <= d.month_number AND e.month_number >= d.month_number - CAST(s.number_value AS BIGINT)
),
best AS (
  SELECT r.customer_number, p.business_date, max(t.tier_rank) AS tier_rank
  FROM reached AS r
  INNER JOIN protected AS p ON p.earlier_month = r.month_number
  INNER JOIN tiers AS t ON t.business_date = p.business_date AND t.tier_code = r.tier_code
  GROUP BY r.customer_number, p.business_date
),
kept AS (
  SELECT r.customer_number, r.business_date, r.tier_code AS reached_tier_code, t.tier_code, t.tier_rank
  FROM reached AS r
  INNER JOIN best AS b ON b.customer_number = r.customer_number AND b.business_date = r.business_date
  INNER JOIN tiers AS t ON t.business_date = b.business_date AND t.tier_rank = b.tier_rank
),
by_hand AS (
  SELECT
    coalesce(p.surviving_number, v.customer_number) AS customer_number, d.business_date, v.decision_number, t.tier_code, t.tier_rank
  FROM tier_decision AS v
  INNER JOIN days AS d ON v.valid_from <= d.business_date AND v.valid_until > d.business_date
  INNER JOIN tiers AS t ON t.business_date = d.business_date AND t.tier_code = v.tier_code
  LEFT JOIN persons AS p ON p.customer_number = v.customer_number AND p.business_date = d.business_date
  WHERE v.is_accepted AND v.decision_kind = 'set'
  QUALIFY row_number() OVER (
    PARTITION BY coalesce(p.surviving_number, v.customer_number), d.business_date ORDER BY v.decision_number DESC
  ) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  a.customer_number,
  a.business_date,
  coalesce(o.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  a.asset_average_balance,
  a.tier_average_balance,
  a.deposit_average_balance,
  a.loan_average_balance,
  a.loan_balance,
  k.reached_tier_code,
  coalesce(v.tier_code, k.tier_code) AS tier_code,
  k.tier_code AS ruled_tier_code,
  v.decision_number AS tier_decision_number,
  CAST(coalesce(v.tier_rank, k.tier_rank) AS BIGINT) AS tier_rank,
  coalesce(v.tier_rank, k.tier_rank) >= q.tier_rank AS is_quality,
  a.loan_balance > 0 OR a.asset_average_balance >= CAST(e.number_value AS DECIMAL(18,2)) AS is_effective,
  coalesce(g.product_group_count, 0) AS product_group_count
FROM averaged AS a
INNER JOIN kept AS k ON k.customer_number = a.customer_number AND k.business_date = a.business_date
LEFT JOIN by_hand AS v ON v.customer_number = a.customer_number AND v.business_date = a.business_date
INNER JOIN quality AS q ON q.business_date = a.business_date
INNER JOIN settings AS e ON e.business_date = a.business_date AND e.parameter_code = 'effective_customer_balance'
LEFT JOIN customer AS c ON c.customer_number = a.home_number
LEFT JOIN customer_home_period AS o
  ON o.customer_number = a.home_number
  AND a.business_date >= o.valid_from AND (o.valid_until IS NULL OR a.business_date < o.valid_until)
LEFT JOIN groups_held AS g ON g.customer_number = a.customer_number AND g.business_date = a.business_date
""",
)
