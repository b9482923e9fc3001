WITH employee_days AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM employee_snapshot
  ) AS d
), teller_days AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM teller_snapshot
  ) AS d
), spans AS (
  SELECT
    employee_number,
    MIN(reported_on) AS first_on,
    MAX(reported_on) AS last_on
  FROM employee_snapshot
  GROUP BY
    employee_number
), certificates AS (
  SELECT
    employee_number,
    certificate
  FROM (
    SELECT
      employee_number,
      UPPER(
        CONCAT(
          COALESCE(TRIM('                　' FROM COALESCE(certificate_type, '')), ''),
          '|',
          COALESCE(REPLACE(TRIM('                　' FROM certificate_number), ' ', ''), '')
        )
      ) AS certificate,
      ROW_NUMBER() OVER (
        PARTITION BY employee_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM employee_snapshot
    WHERE
      LENGTH(TRIM('                　' FROM certificate_number)) >= 6
  ) AS _t
  WHERE
    _w = 1
), shared AS (
  SELECT
    certificate
  FROM certificates
  GROUP BY
    certificate
  HAVING
    COUNT(*) BETWEEN 2 AND 5
), persons AS (
  SELECT
    s.employee_number,
    s.first_on,
    s.last_on,
    NOT h.certificate IS NULL AS is_shared,
    FIRST_VALUE(s.employee_number) OVER (
      PARTITION BY COALESCE(h.certificate, CONCAT('#', COALESCE(s.employee_number, '')))
      ORDER BY s.first_on NULLS LAST, s.employee_number NULLS LAST
    ) AS person_number
  FROM spans AS s
  LEFT JOIN certificates AS c
    ON c.employee_number = s.employee_number
  LEFT JOIN shared AS h
    ON h.certificate = c.certificate
), teller_reports AS (
  SELECT
    t.teller_number,
    t.reported_on,
    d.next_on,
    CASE
      WHEN t.is_physical
      THEN NULLIF(TRIM('                　' FROM t.employee_number), '')
    END AS employee_number,
    t.is_physical
  FROM teller_snapshot AS t
  INNER JOIN teller_days AS d
    ON d.reported_on = t.reported_on
), teller_spans AS (
  SELECT
    teller_number,
    employee_number,
    is_physical,
    MIN(reported_on) AS first_on,
    MAX(COALESCE(next_on, CAST('9999-12-31' AS DATE))) AS until_on
  FROM teller_reports
  GROUP BY
    teller_number,
    employee_number,
    is_physical
), tellers AS (
  SELECT
    teller_number,
    employee_number,
    is_physical,
    first_on,
    until_on
  FROM (
    SELECT
      t.teller_number,
      t.employee_number,
      t.is_physical,
      t.first_on,
      LEAST(
        t.until_on,
        COALESCE(
          LEAD(t.first_on) OVER (
            PARTITION BY t.teller_number
            ORDER BY t.first_on NULLS LAST, t.until_on NULLS LAST
          ),
          CAST('9999-12-31' AS DATE)
        )
      ) AS until_on,
      ROW_NUMBER() OVER (
        PARTITION BY t.teller_number, t.first_on
        ORDER BY t.is_physical DESC, t.employee_number NULLS LAST
      ) AS _w
    FROM teller_spans AS t
  ) AS _t
  WHERE
    _w = 1
), officers AS (
  SELECT
    officer_number,
    MIN(reported_on) AS first_on
  FROM loan_snapshot
  WHERE
    NOT officer_number IS NULL
    AND TRIM('                　' FROM officer_number) <> ''
  GROUP BY
    officer_number
), teller_owners AS (
  SELECT
    teller_number,
    employee_number
  FROM (
    SELECT
      teller_number,
      employee_number,
      ROW_NUMBER() OVER (PARTITION BY teller_number ORDER BY first_on DESC) AS _w
    FROM tellers
    WHERE
      NOT employee_number IS NULL
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.number_kind AS STRING) AS number_kind,
  CAST(q.worker_number AS STRING) AS worker_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.evidence AS STRING) AS evidence
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    'employee' AS number_kind,
    p.employee_number AS worker_number,
    p.first_on AS valid_from,
    d.next_on AS valid_until,
    p.person_number,
    CASE WHEN p.is_shared THEN 'certificate' ELSE 'own' END AS evidence
  FROM persons AS p
  INNER JOIN employee_days AS d
    ON d.reported_on = p.last_on
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'teller' AS number_kind,
    t.teller_number AS worker_number,
    t.first_on AS valid_from,
    NULLIF(t.until_on, CAST('9999-12-31' AS DATE)) AS valid_until,
    COALESCE(p.person_number, t.employee_number) AS person_number,
    CASE
      WHEN NOT t.is_physical
      THEN 'virtual'
      WHEN NOT p.person_number IS NULL
      THEN 'teller_table'
      ELSE 'unreported'
    END AS evidence
  FROM tellers AS t
  LEFT JOIN persons AS p
    ON p.employee_number = t.employee_number
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'officer' AS number_kind,
    o.officer_number AS worker_number,
    o.first_on AS valid_from,
    CAST(NULL AS DATE) AS valid_until,
    COALESCE(p.person_number, q.person_number, w.employee_number, o.officer_number) AS person_number,
    CASE
      WHEN NOT p.person_number IS NULL
      THEN 'employee_number'
      WHEN NOT w.employee_number IS NULL
      THEN 'teller_number'
      ELSE 'unreported'
    END AS evidence
  FROM officers AS o
  LEFT JOIN persons AS p
    ON p.employee_number = o.officer_number
  LEFT JOIN teller_owners AS w
    ON w.teller_number = o.officer_number
  LEFT JOIN persons AS q
    ON q.employee_number = w.employee_number
) AS q
