WITH numbers AS (
  SELECT
    worker_number,
    person_number,
    valid_until,
    CASE
      WHEN ROW_NUMBER() OVER (PARTITION BY worker_number ORDER BY valid_from NULLS LAST) = 1
      THEN CAST('1900-01-01' AS DATE)
      ELSE valid_from
    END AS valid_from
  FROM person_number
  WHERE
    number_kind = 'employee'
), tellers AS (
  SELECT DISTINCT
    person_number
  FROM person_number
  WHERE
    number_kind = 'teller' AND NOT person_number IS NULL
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.duty_count AS BIGINT) AS duty_count,
  CAST(q.work_minute_count AS BIGINT) AS work_minute_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    a.organisation_code,
    a.employee_number,
    COALESCE(n.person_number, a.employee_number) AS person_number,
    a.worked_on AS business_date,
    CAST(CASE a.attendance_status WHEN 'present' THEN 1 ELSE 0 END AS BIGINT) AS duty_count,
    a.work_minute_count
  FROM attendance AS a
  INNER JOIN bounds AS b
    ON a.worked_on >= b.first_day
  LEFT JOIN numbers AS n
    ON n.worker_number = a.employee_number
    AND a.worked_on >= n.valid_from
    AND (
      n.valid_until IS NULL OR a.worked_on < n.valid_until
    )
  INNER JOIN tellers AS t
    ON t.person_number = COALESCE(n.person_number, a.employee_number)
  WHERE
    a.worked_on <= CAST('2026-10-31' AS DATE)
) AS q
