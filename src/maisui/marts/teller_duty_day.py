"""On which days tellers were on duty: attendance of those who hold a teller number."""

from maisui.steps.step import Step
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.tables.teller_duty_day import TELLER_DUTY_DAY

TELLER_DUTY_DAY_MART = Step(
    name="fill_teller_duty_day",
    writes=TELLER_DUTY_DAY,
    reads=("attendance", "person_number", "calendar_day"),
    query=f"""
WITH {numbers_of("employee")},
tellers AS (
  SELECT DISTINCT person_number FROM person_number WHERE number_kind = 'teller' AND person_number IS NOT NULL
),
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
)
SELECT
  $legal_entity_code AS legal_entity_code,
  a.organisation_code,
  a.employee_number,
  coalesce(n.person_number, a.employee_number) AS person_number,
  a.worked_on AS business_date,
  CAST(CASE a.attendance_status WHEN 'present' THEN 1 ELSE 0 END AS BIGINT) AS duty_count,
  a.work_minute_count
FROM attendance AS a
INNER JOIN bounds AS b ON a.worked_on >= b.first_day
{holder_on("a.employee_number", "a.worked_on")}
INNER JOIN tellers AS t ON t.person_number = coalesce(n.person_number, a.employee_number)
WHERE a.worked_on <= $reporting_date
""",
)
