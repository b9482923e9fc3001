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
    number_kind = 'teller'
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), last_report AS (
  SELECT
    MAX(reported_on) AS reported_on
  FROM workload_rate_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
), rates AS (
  SELECT
    r.transaction_code,
    r.workload_rate,
    r.valid_from,
    LEAST(
      COALESCE(r.valid_until, CAST('9999-12-31' AS DATE)),
      COALESCE(
        LEAD(r.valid_from) OVER (PARTITION BY r.transaction_code ORDER BY r.valid_from NULLS LAST),
        CAST('9999-12-31' AS DATE)
      )
    ) AS valid_until
  FROM workload_rate_snapshot AS r
  INNER JOIN last_report AS l
    ON l.reported_on = r.reported_on
), journal AS (
  SELECT
    j.organisation_code,
    j.transaction_code,
    j.teller_number,
    j.checker_number,
    j.authoriser_number,
    j.handled_on
  FROM teller_journal AS j
  INNER JOIN bounds AS b
    ON j.handled_on >= b.first_day
  WHERE
    j.handled_on <= CAST('2026-10-31' AS DATE)
), parts AS (
  SELECT
    organisation_code,
    teller_number,
    transaction_code,
    handled_on AS business_date,
    1 AS handled,
    0 AS checked,
    0 AS authorised,
    0 AS error,
    0 AS first_class_error
  FROM journal
  UNION ALL
  SELECT
    organisation_code,
    checker_number AS teller_number,
    transaction_code,
    handled_on AS business_date,
    0 AS handled,
    1 AS checked,
    0 AS authorised,
    0 AS error,
    0 AS first_class_error
  FROM journal
  WHERE
    NOT checker_number IS NULL
  UNION ALL
  SELECT
    organisation_code,
    authoriser_number AS teller_number,
    transaction_code,
    handled_on AS business_date,
    0 AS handled,
    0 AS checked,
    1 AS authorised,
    0 AS error,
    0 AS first_class_error
  FROM journal
  WHERE
    NOT authoriser_number IS NULL
  UNION ALL
  SELECT
    e.organisation_code,
    e.teller_number,
    COALESCE(e.transaction_code, 'none') AS transaction_code,
    e.occurred_on AS business_date,
    0 AS handled,
    0 AS checked,
    0 AS authorised,
    1 AS error,
    CASE e.error_class WHEN 'first' THEN 1 ELSE 0 END AS first_class_error
  FROM staff_error AS e
  INNER JOIN bounds AS b
    ON e.occurred_on >= b.first_day
  WHERE
    e.occurred_on <= CAST('2026-10-31' AS DATE)
), register AS (
  SELECT
    CAST(DATE_TRUNC('MONTH', MIN(occurred_on)) AS DATE) AS first_day
  FROM staff_error
), counted AS (
  SELECT
    organisation_code,
    teller_number,
    transaction_code,
    business_date,
    CAST(SUM(handled) AS BIGINT) AS handled_count,
    CAST(SUM(checked) AS BIGINT) AS checked_count,
    CAST(SUM(authorised) AS BIGINT) AS authorised_count,
    CAST(SUM(error) AS BIGINT) AS error_count,
    CAST(SUM(first_class_error) AS BIGINT) AS first_class_error_count
  FROM parts
  GROUP BY
    organisation_code,
    teller_number,
    transaction_code,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.transaction_code AS STRING) AS transaction_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.handled_count AS BIGINT) AS handled_count,
  CAST(q.checked_count AS BIGINT) AS checked_count,
  CAST(q.authorised_count AS BIGINT) AS authorised_count,
  CAST(q.unrated_count AS BIGINT) AS unrated_count,
  CAST(q.converted_workload AS DECIMAL(12, 6)) AS converted_workload,
  CAST(q.error_count AS BIGINT) AS error_count,
  CAST(q.first_class_error_count AS BIGINT) AS first_class_error_count,
  CAST(q.is_error_registered AS BOOLEAN) AS is_error_registered
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.organisation_code,
    c.teller_number,
    COALESCE(n.person_number, c.teller_number) AS person_number,
    c.transaction_code,
    c.business_date,
    c.handled_count,
    c.checked_count,
    c.authorised_count,
    CASE WHEN r.transaction_code IS NULL THEN c.handled_count ELSE 0 END AS unrated_count,
    CAST(c.handled_count * COALESCE(r.workload_rate, CAST(0 AS DECIMAL(12, 6))) AS DECIMAL(12, 6)) AS converted_workload,
    c.error_count,
    c.first_class_error_count,
    COALESCE(c.business_date >= g.first_day, FALSE) AS is_error_registered
  FROM counted AS c
  CROSS JOIN register AS g
  LEFT JOIN rates AS r
    ON r.transaction_code = c.transaction_code
    AND c.business_date >= r.valid_from
    AND c.business_date < r.valid_until
  LEFT JOIN numbers AS n
    ON n.worker_number = c.teller_number
    AND c.business_date >= n.valid_from
    AND (
      n.valid_until IS NULL OR c.business_date < n.valid_until
    )
) AS q
