"""Who of the customers at the beginning of a month, quarter or year is still there, and who rose or fell.

A number that has been merged since is still there, with the tier of the person it now belongs to.
"""

from maisui.steps.step import Step
from maisui.steps.tiers_sql import TIERS
from maisui.tables.tier_migration_day import TIER_MIGRATION_DAY

TIER_MIGRATION_DAY_MART = Step(
    name="fill_tier_migration_day",
    writes=TIER_MIGRATION_DAY,
    reads=("customer_standing", "customer_merge", "calendar_day", "parameter"),
    # The tier of the beginning has the rank that it has among the tiers of the end; one that is no more keeps the rank it had.
    query=f"""
WITH days AS (
  SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
{TIERS},
periods AS (
  SELECT business_date, CAST(date_trunc('month', business_date) AS DATE) AS period_start FROM days
  UNION
  SELECT business_date, CAST(date_trunc('quarter', business_date) AS DATE) AS period_start FROM days
  UNION
  SELECT business_date, CAST(date_trunc('year', business_date) AS DATE) AS period_start FROM days
),
opening AS (
  SELECT
    p.business_date, p.period_start, coalesce(m.surviving_number, s.customer_number) AS customer_number, s.organisation_code,
    s.customer_kind, s.tier_code, coalesce(t.tier_rank, s.tier_rank) AS tier_rank
  FROM periods AS p
  INNER JOIN customer_standing AS s ON s.business_date = CAST(p.period_start - 1 AS DATE)
  LEFT JOIN tiers AS t ON t.business_date = p.business_date AND t.tier_code = s.tier_code
  LEFT JOIN customer_merge AS m
    ON m.customer_number = s.customer_number
    AND m.valid_from <= p.business_date AND (m.valid_until IS NULL OR m.valid_until > p.business_date)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(c.organisation_code, o.organisation_code) AS organisation_code,
  o.customer_kind,
  o.tier_code,
  coalesce(c.tier_code, 'gone') AS closing_tier_code,
  o.period_start,
  o.business_date,
  c.customer_number IS NOT NULL AS is_retained,
  coalesce(c.tier_rank > o.tier_rank, false) AS is_upgraded,
  coalesce(c.tier_rank < o.tier_rank, false) AS is_downgraded,
  count(*) AS customer_count
FROM opening AS o
LEFT JOIN customer_standing AS c ON c.customer_number = o.customer_number AND c.business_date = o.business_date
GROUP BY
  coalesce(c.organisation_code, o.organisation_code), o.customer_kind, o.tier_code, coalesce(c.tier_code, 'gone'), o.period_start,
  o.business_date, c.customer_number IS NOT NULL, coalesce(c.tier_rank > o.tier_rank, false), coalesce(c.tier_rank < o.tier_rank, false)
""",
)
