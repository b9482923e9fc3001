WITH movers AS (
  SELECT
    loan_number
  FROM loan_snapshot
  GROUP BY
    loan_number
  HAVING
    MIN(organisation_code) <> MAX(organisation_code)
), seen AS (
  SELECT
    loan_number,
    reported_on,
    organisation_code
  FROM (
    SELECT
      s.loan_number,
      s.reported_on,
      s.organisation_code,
      ROW_NUMBER() OVER (
        PARTITION BY s.loan_number, s.reported_on
        ORDER BY s.source_file_id DESC, s.source_line DESC
      ) AS _w
    FROM loan_snapshot AS s
    INNER JOIN movers AS m
      ON m.loan_number = s.loan_number
  ) AS _t
  WHERE
    _w = 1
), compared AS (
  SELECT
    loan_number,
    reported_on,
    organisation_code,
    LAG(organisation_code) OVER (PARTITION BY loan_number ORDER BY reported_on NULLS LAST) AS previous_organisation_code,
    LAG(reported_on) OVER (PARTITION BY loan_number ORDER BY reported_on NULLS LAST) AS reported_before
  FROM seen
), closings AS (
  SELECT
    organisation_code,
    valid_from AS closed_on
  FROM organisation_period
  WHERE
    NOT is_open
), moves AS (
  SELECT
    c.loan_number,
    c.organisation_code,
    c.previous_organisation_code,
    CASE
      WHEN c.previous_organisation_code IS NULL
      THEN CAST('1900-01-01' AS DATE)
      ELSE COALESCE(MIN(p.closed_on), c.reported_on)
    END AS valid_from
  FROM compared AS c
  LEFT JOIN closings AS p
    ON p.organisation_code = c.previous_organisation_code
    AND p.closed_on > c.reported_before
    AND p.closed_on <= c.reported_on
  WHERE
    c.previous_organisation_code IS NULL
    OR c.previous_organisation_code <> c.organisation_code
  GROUP BY
    c.loan_number,
    c.organisation_code,
    c.previous_organisation_code,
    c.reported_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.previous_organisation_code AS STRING) AS previous_organisation_code
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    loan_number,
    valid_from,
    LEAD(valid_from) OVER (PARTITION BY loan_number ORDER BY valid_from NULLS LAST) AS valid_until,
    organisation_code,
    previous_organisation_code
  FROM moves
) AS q
