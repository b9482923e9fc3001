"""Which channels each person used in each month, under whichever of his numbers that are merged at its end."""

from maisui.steps.step import Step
from maisui.tables.customer_channel_month import CUSTOMER_CHANNEL_MONTH

CUSTOMER_CHANNEL_MONTH_MART = Step(
    name="fill_customer_channel_month",
    writes=CUSTOMER_CHANNEL_MONTH,
    reads=("account_transaction", "reversal", "customer", "customer_home_period", "customer_merge", "calendar_day"),
    query="""
WITH bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
days AS (
  SELECT month_start, max(business_date) AS last_on FROM calendar_day GROUP BY month_start
),
used AS (
  SELECT
    coalesce(m.surviving_number, t.customer_number) AS customer_number, t.channel_code, d.month_start, d.last_on,
    min(CASE WHEN coalesce(r.counts_as, 1) = 1 THEN t.posted_on END) AS business_date,
    CAST(sum(coalesce(r.counts_as, 1)) AS BIGINT) AS transaction_count
  FROM account_transaction AS t
  INNER JOIN bounds AS b ON t.posted_on >= b.first_day
  INNER JOIN days AS d ON d.month_start = CAST(date_trunc('month', t.posted_on) AS DATE)
  LEFT JOIN customer_merge AS m
    ON m.customer_number = t.customer_number AND m.valid_from <= d.last_on AND (m.valid_until IS NULL OR m.valid_until > d.last_on)
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.account_kind = 'deposit' AND NOT t.is_bank_initiated AND t.customer_number IS NOT NULL
    AND t.posted_on >= $needed_from AND t.posted_on <= $reporting_date AND t.posted_on >= $piece_from AND t.posted_on < $piece_until
  GROUP BY coalesce(m.surviving_number, t.customer_number), t.channel_code, d.month_start, d.last_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  u.customer_number,
  u.channel_code,
  u.month_start,
  coalesce(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  u.business_date,
  u.transaction_count
FROM used AS u
LEFT JOIN customer AS c ON c.customer_number = u.customer_number
LEFT JOIN customer_home_period AS p
  ON p.customer_number = u.customer_number
  AND u.last_on >= p.valid_from AND (p.valid_until IS NULL OR u.last_on < p.valid_until)
WHERE u.transaction_count > 0 AND u.business_date IS NOT NULL
""",
)
