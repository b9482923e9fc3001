"""Whose each number is: employee numbers by equal certificates, teller and officer numbers by the employee number they name."""

from maisui.steps.step import Step
from maisui.tables.person_number import PERSON_NUMBER

RESOLVE_PERSON_NUMBERS = Step(
    name="resolve_person_numbers",
    writes=PERSON_NUMBER,
    reads=("employee_snapshot", "teller_snapshot", "loan_snapshot"),
    query="""
WITH employee_days AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM employee_snapshot) AS d
),
teller_days AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM teller_snapshot) AS d
),
spans AS (
  SELECT employee_number, min(reported_on) AS first_on, max(reported_on) AS last_on FROM employee_snapshot GROUP BY employee_number
),
certificates AS (
  SELECT
    employee_number,
    upper(concat(trim(coalesce(certificate_type, '')), '|', replace(trim(certificate_number), ' ', ''))) AS certificate
  FROM employee_snapshot
  WHERE length(trim(certificate_number)) >= 6
  QUALIFY row_number() OVER (
    PARTITION BY employee_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
  ) = 1
),
shared AS (
  SELECT certificate FROM certificates GROUP BY certificate HAVING count(*) BETWEEN 2 AND 5
),
persons AS (
  SELECT
    s.employee_number, s.first_on, s.last_on, h.certificate IS NOT NULL AS is_shared,
    first_value(s.employee_number) OVER (
      PARTITION BY coalesce(h.certificate, concat('#', s.employee_number)) ORDER BY s.first_on, s.employee_number
    ) AS person_number
  FROM spans AS s
  LEFT JOIN certificates AS c ON c.employee_number = s.employee_number
  LEFT JOIN shared AS h ON h.certificate = c.certificate
),
teller_reports AS (
  SELECT
    t.teller_number, t.reported_on, d.next_on, CASE WHEN t.is_physical THEN nullif(trim(t.employee_number), '') END AS employee_number,
    t.is_physical
  FROM teller_snapshot AS t
  INNER JOIN teller_days AS d ON d.reported_on = t.reported_on
),
teller_spans AS (
  SELECT
    teller_number, employee_number, is_physical, min(reported_on) AS first_on,
    max(coalesce(next_on, DATE '9999-12-31')) AS until_on
  FROM teller_reports
  GROUP BY teller_number, employee_number, is_physical
),
tellers AS (
  SELECT
    t.teller_number, t.employee_number, t.is_physical, t.first_on,
    least(
      t.until_on,
      coalesce(lead(t.first_on) OVER (PARTITION BY t.teller_number ORDER BY t.first_on, t.until_on), DATE '9999-12-31')
    ) AS until_on
  FROM teller_spans AS t
  QUALIFY row_number() OVER (
    PARTITION BY t.teller_number, t.first_on ORDER BY t.is_physical DESC, t.employee_number NULLS LAST
  ) = 1
),
officers AS (
  SELECT officer_number, min(reported_on) AS first_on
  FROM loan_snapshot
  WHERE officer_number IS NOT NULL AND trim(officer_number) <> ''
  GROUP BY officer_number
),
teller_owners AS (
  SELECT teller_number, employee_number
  FROM tellers
  WHERE employee_number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY teller_number ORDER BY first_on DESC) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  'employee' AS number_kind,
  p.employee_number AS worker_number,
  p.first_on AS valid_from,
  d.next_on AS valid_until,
  p.person_number,
  CASE WHEN p.is_shared THEN 'certificate' ELSE 'own' END AS evidence
FROM persons AS p
INNER JOIN employee_days AS d ON d.reported_on = p.last_on
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  'teller' AS number_kind,
  t.teller_number AS worker_number,
  t.first_on AS valid_from,
  nullif(t.until_on, DATE '9999-12-31') AS valid_until,
  coalesce(p.person_number, t.employee_number) AS person_number,
  CASE
    WHEN NOT t.is_physical THEN 'virtual' WHEN p.person_number IS NOT NULL THEN 'teller_table' ELSE 'unreported'
  END AS evidence
FROM tellers AS t
LEFT JOIN persons AS p ON p.employee_number = t.employee_number
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  'officer' AS number_kind,
  o.officer_number AS worker_number,
  o.first_on AS valid_from,
  CAST(NULL AS DATE) AS valid_until,
  coalesce(p.person_number, q.person_number, w.employee_number, o.officer_number) AS person_number,
  CASE
    WHEN p.person_number IS NOT NULL THEN 'employee_number' WHEN w.employee_number IS NOT NULL THEN 'teller_number' ELSE 'unreported'
  END AS evidence
FROM officers AS o
LEFT JOIN persons AS p ON p.employee_number = o.officer_number
LEFT JOIN teller_owners AS w ON w.teller_number = o.officer_number
LEFT JOIN persons AS q ON q.employee_number = w.employee_number
""",
    covers="""
SELECT DISTINCT employee_number AS worker_number FROM employee_snapshot
""",
)
