"""What was tried on each channel, what succeeded, and for whom."""

from maisui.steps.step import Step
from maisui.tables.channel_attempt_day import CHANNEL_ATTEMPT_DAY

CHANNEL_ATTEMPT_DAY_MART = Step(
    name="fill_channel_attempt_day",
    writes=CHANNEL_ATTEMPT_DAY,
    reads=("attempt_agency", "terminal_snapshot", "calendar_day"),
    query="""
WITH bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
terminals AS (
  SELECT DISTINCT terminal_number FROM terminal_snapshot
)
SELECT
  $legal_entity_code AS legal_entity_code,
  a.organisation_code,
  a.handling_organisation_code,
  a.channel_code,
  a.transaction_type,
  a.agency_code,
  a.agency_level,
  a.attempted_on AS business_date,
  a.transaction_type NOT IN ('enquiry', 'log_in') AS is_financial,
  count(*) AS attempt_count,
  count(*) FILTER (WHERE a.is_successful) AS success_count,
  count(*) FILTER (WHERE a.is_successful AND m.terminal_number IS NOT NULL) AS terminal_success_count,
  CAST(sum(CASE WHEN a.is_successful THEN a.attempt_amount ELSE 0 END) AS DECIMAL(38,2)) AS success_amount,
  CAST(sum(CASE WHEN a.is_successful THEN a.fee_amount ELSE 0 END) AS DECIMAL(38,2)) AS fee_amount,
  count(*) FILTER (
    WHERE a.is_successful AND NOT a.has_posting AND a.agency_code IN ('own_at_own', 'issued_used_elsewhere')
    AND a.transaction_type NOT IN ('enquiry', 'log_in')
  ) AS unposted_count
FROM attempt_agency AS a
CROSS JOIN bounds AS b
LEFT JOIN terminals AS m ON m.terminal_number = a.terminal_number
WHERE a.attempted_on >= b.first_day
GROUP BY
  a.organisation_code, a.handling_organisation_code, a.channel_code, a.transaction_type, a.agency_code, a.agency_level, a.attempted_on
""",
)
