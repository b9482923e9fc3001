WITH counted AS (
  SELECT
    person_number,
    COUNT(DISTINCT CASE WHEN number_kind = 'employee' THEN worker_number END) AS employee_number_count,
    COUNT(DISTINCT CASE WHEN number_kind = 'teller' THEN worker_number END) AS teller_number_count
  FROM person_number
  WHERE
    NOT person_number IS NULL
  GROUP BY
    person_number
), owned AS (
  SELECT
    n.person_number,
    e.employee_name,
    e.reported_on,
    e.employee_number
  FROM person_number AS n
  INNER JOIN employee_snapshot AS e
    ON e.employee_number = n.worker_number
  WHERE
    n.number_kind = 'employee'
), spans AS (
  SELECT
    person_number,
    MIN(reported_on) AS first_reported_on,
    MAX(reported_on) AS last_reported_on
  FROM owned
  GROUP BY
    person_number
), names AS (
  SELECT
    person_number,
    employee_name
  FROM (
    SELECT
      person_number,
      employee_name,
      ROW_NUMBER() OVER (PARTITION BY person_number ORDER BY reported_on DESC, employee_number NULLS LAST) AS _w
    FROM owned
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.person_name AS STRING) AS person_name,
  CAST(q.employee_number_count AS BIGINT) AS employee_number_count,
  CAST(q.teller_number_count AS BIGINT) AS teller_number_count,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.person_number,
    n.employee_name AS person_name,
    c.employee_number_count,
    c.teller_number_count,
    s.first_reported_on,
    s.last_reported_on
  FROM counted AS c
  LEFT JOIN spans AS s
    ON s.person_number = c.person_number
  LEFT JOIN names AS n
    ON n.person_number = c.person_number
) AS q
