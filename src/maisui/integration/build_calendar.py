"""Which days the bank's history covers: from the first delivered month to the reporting date, within the history kept."""

from maisui.steps.step import Step
from maisui.tables.calendar_day import CALENDAR_DAY

BUILD_CALENDAR = Step(
    name="build_calendar",
    writes=CALENDAR_DAY,
    reads=("account_transaction", "account_snapshot", "ledger_snapshot", "parameter"),
    query="""
WITH history AS (
  SELECT CAST($reporting_date - CAST(number_value AS INTEGER) AS DATE) AS earliest
  FROM parameter
  WHERE parameter_code = 'history_days' AND valid_from <= $reporting_date
    AND (valid_until IS NULL OR valid_until > $reporting_date)
),
seen AS (
  SELECT min(t.posted_on) AS first_day FROM account_transaction AS t, history AS h WHERE t.posted_on >= h.earliest
  UNION ALL
  SELECT min(s.reported_on) AS first_day FROM account_snapshot AS s, history AS h WHERE s.reported_on >= h.earliest
  UNION ALL
  SELECT min(g.reported_on) AS first_day FROM ledger_snapshot AS g, history AS h WHERE g.reported_on >= h.earliest
),
bounds AS (
  SELECT CAST(date_trunc('month', coalesce(min(first_day), $reporting_date)) AS DATE) AS first_day
  FROM seen
),
days AS (
  SELECT CAST(unnest(generate_series(first_day, $reporting_date, INTERVAL 1 DAY)) AS DATE) AS business_date
  FROM bounds
)
SELECT
  business_date,
  CAST(date_trunc('month', business_date) AS DATE) AS month_start,
  last_day(business_date) AS month_end
FROM days
""",
)
