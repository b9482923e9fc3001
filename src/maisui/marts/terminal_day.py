"""How many terminals were in use, and what they did, on the days on which the channel log tells of them."""

from maisui.steps.step import Step
from maisui.tables.terminal_day import TERMINAL_DAY

TERMINAL_DAY_MART = Step(
    name="fill_terminal_day",
    writes=TERMINAL_DAY,
    reads=("attempt_agency", "terminal_snapshot", "calendar_day"),
    query="""
WITH terminals AS (
  SELECT terminal_number, terminal_kind, organisation_code, installed_on, retired_on, reported_on
  FROM terminal_snapshot
  QUALIFY row_number() OVER (PARTITION BY terminal_number ORDER BY reported_on DESC) = 1
),
logged AS (
  SELECT DISTINCT a.attempted_on AS business_date
  FROM attempt_agency AS a
  INNER JOIN calendar_day AS c ON c.business_date = a.attempted_on
),
used AS (
  SELECT terminal_number, attempted_on AS business_date, count(*) AS success_count
  FROM attempt_agency
  WHERE is_successful AND terminal_number IS NOT NULL AND transaction_type NOT IN ('enquiry', 'log_in')
  GROUP BY terminal_number, attempted_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  t.organisation_code,
  t.terminal_kind AS channel_code,
  l.business_date,
  count(*) AS terminal_count,
  CAST(coalesce(sum(u.success_count), 0) AS BIGINT) AS success_count
FROM terminals AS t
INNER JOIN logged AS l
  ON (t.installed_on IS NULL OR t.installed_on <= l.business_date) AND (t.retired_on IS NULL OR t.retired_on > l.business_date)
LEFT JOIN used AS u ON u.terminal_number = t.terminal_number AND u.business_date = l.business_date
GROUP BY t.organisation_code, t.terminal_kind, l.business_date
""",
)
