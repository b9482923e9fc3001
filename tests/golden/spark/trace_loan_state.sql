WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM loan_snapshot
    )
), feed_days AS (
  SELECT
    source_code,
    feed_code,
    business_date,
    LEAD(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      d.source_code,
      d.feed_code,
      d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f
      ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.overdue_since AS DATE) AS overdue_since,
  CAST(q.is_agriculture AS BOOLEAN) AS is_agriculture,
  CAST(q.is_inclusive_small_micro AS BOOLEAN) AS is_inclusive_small_micro
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.loan_number,
    s.reported_on AS valid_from,
    f.next_on AS valid_until,
    s.organisation_code,
    s.balance,
    s.loan_class,
    s.loan_status,
    s.overdue_since,
    COALESCE(s.is_agriculture, FALSE) AS is_agriculture,
    COALESCE(s.is_inclusive_small_micro, FALSE) AS is_inclusive_small_micro
  FROM loan_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  WHERE
    NOT s.balance IS NULL
) AS q
