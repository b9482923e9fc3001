"""Which limits a customer had in force between two reports, and what of them was undrawn."""

from maisui.steps.step import Step
from maisui.tables.credit_limit_state import CREDIT_LIMIT_STATE

TRACE_CREDIT_LIMITS = Step(
    name="trace_credit_limits",
    writes=CREDIT_LIMIT_STATE,
    reads=(
        "credit_limit_snapshot",
        "delivery",
    ),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM credit_limit_snapshot)
),
feed_days AS (
  SELECT
    source_code, feed_code, business_date,
    lead(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date) AS next_on
  FROM (
    SELECT DISTINCT d.source_code, d.feed_code, d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.customer_number,
  s.currency,
  s.reported_on AS valid_from,
  min(f.next_on) AS valid_until,
  CAST(coalesce(sum(s.limit_amount), 0) AS DECIMAL(38,2)) AS limit_amount,
  CAST(coalesce(sum(s.used_amount), 0) AS DECIMAL(38,2)) AS used_amount,
  CAST(coalesce(sum(CASE WHEN s.limit_amount > s.used_amount THEN s.limit_amount - s.used_amount ELSE 0 END), 0) AS DECIMAL(38,2))
    AS undrawn_amount,
  count(*) AS limit_count
FROM credit_limit_snapshot AS s
INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
INNER JOIN feed_days AS f
  ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
WHERE s.limit_status IN ('in_force', 'unknown')
GROUP BY s.customer_number, s.currency, s.reported_on
""",
)
