"""Where each employee worked and when: consecutive reports compared; who is no longer reported is off duty."""

from maisui.steps.step import Step
from maisui.tables.employment_period import EMPLOYMENT_PERIOD

TRACE_EMPLOYMENTS = Step(
    name="trace_employments",
    writes=EMPLOYMENT_PERIOD,
    reads=("employee_snapshot", "person_number"),
    query="""
WITH days AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM employee_snapshot) AS d
),
reports AS (
  SELECT
    e.employee_number, e.reported_on, d.next_on, e.organisation_code, e.post_code, e.post_name, e.is_on_duty,
    lead(e.reported_on) OVER (PARTITION BY e.employee_number ORDER BY e.reported_on) AS seen_next_on
  FROM employee_snapshot AS e
  INNER JOIN days AS d ON d.reported_on = e.reported_on
),
states AS (
  SELECT employee_number, reported_on AS day, organisation_code, post_code, post_name, is_on_duty
  FROM reports
  UNION ALL
  SELECT employee_number, next_on AS day, organisation_code, post_code, post_name, false AS is_on_duty
  FROM reports
  WHERE next_on IS NOT NULL AND (seen_next_on IS NULL OR seen_next_on > next_on)
),
compared AS (
  SELECT
    employee_number, day, organisation_code, post_code, post_name, is_on_duty,
    concat_ws(
      '|', organisation_code, coalesce(post_code, ''), coalesce(post_name, ''), CASE WHEN is_on_duty THEN 'on' ELSE 'off' END
    ) AS state
  FROM states
),
changes AS (
  SELECT
    employee_number, day, organisation_code, post_code, post_name, is_on_duty, state,
    lag(state) OVER (PARTITION BY employee_number ORDER BY day) AS state_before
  FROM compared
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.employee_number,
  c.day AS valid_from,
  lead(c.day) OVER (PARTITION BY c.employee_number ORDER BY c.day) AS valid_until,
  coalesce(n.person_number, c.employee_number) AS person_number,
  c.organisation_code,
  c.post_code,
  c.post_name,
  c.is_on_duty
FROM changes AS c
LEFT JOIN person_number AS n ON n.number_kind = 'employee' AND n.worker_number = c.employee_number
WHERE c.state_before IS NULL OR c.state_before <> c.state
""",
    covers="""
SELECT DISTINCT employee_number FROM employee_snapshot
""",
)
