"""Who works for the bank: one row a person, with how many numbers he has."""

from maisui.steps.step import Step
from maisui.tables.person import PERSON

BUILD_PERSONS = Step(
    name="build_persons",
    writes=PERSON,
    reads=("person_number", "employee_snapshot"),
    query="""
WITH counted AS (
  SELECT
    person_number,
    count(DISTINCT CASE WHEN number_kind = 'employee' THEN worker_number END) AS employee_number_count,
    count(DISTINCT CASE WHEN number_kind = 'teller' THEN worker_number END) AS teller_number_count
  FROM person_number
  WHERE person_number IS NOT NULL
  GROUP BY person_number
),
owned AS (
  SELECT n.person_number, e.employee_name, e.reported_on, e.employee_number
  FROM person_number AS n
  INNER JOIN employee_snapshot AS e ON e.employee_number = n.worker_number
  WHERE n.number_kind = 'employee'
),
spans AS (
  SELECT person_number, min(reported_on) AS first_reported_on, max(reported_on) AS last_reported_on FROM owned GROUP BY person_number
),
names AS (
  SELECT person_number, employee_name
  FROM owned
  QUALIFY row_number() OVER (PARTITION BY person_number ORDER BY reported_on DESC, employee_number) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.person_number,
  n.employee_name AS person_name,
  c.employee_number_count,
  c.teller_number_count,
  s.first_reported_on,
  s.last_reported_on
FROM counted AS c
LEFT JOIN spans AS s ON s.person_number = c.person_number
LEFT JOIN names AS n ON n.person_number = c.person_number
""",
)
