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
), held AS (
  SELECT
    s.loan_number,
    s.currency,
    s.reported_on AS valid_from,
    f.next_on AS valid_until,
    s.organisation_code,
    s.balance,
    s.loan_class,
    s.loan_status,
    s.overdue_since,
    s.is_agriculture,
    s.is_inclusive_small_micro
  FROM loan_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  WHERE
    NOT s.balance IS NULL
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
    h.loan_number,
    CASE WHEN r.valid_from > h.valid_from THEN r.valid_from ELSE h.valid_from END AS valid_from,
    CASE
      WHEN h.valid_until IS NULL OR r.valid_until < h.valid_until
      THEN r.valid_until
      ELSE h.valid_until
    END AS valid_until,
    h.organisation_code,
    CASE
      WHEN r.currency IS NULL
      THEN h.balance
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(h.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(h.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS balance,
    h.loan_class,
    h.loan_status,
    h.overdue_since,
    COALESCE(h.is_agriculture, FALSE) AS is_agriculture,
    COALESCE(h.is_inclusive_small_micro, FALSE) AS is_inclusive_small_micro
  FROM held AS h
  LEFT JOIN local_rate AS r
    ON r.currency = h.currency
    AND (
      h.valid_until IS NULL OR r.valid_from < h.valid_until
    )
    AND (
      r.valid_until IS NULL OR r.valid_until > h.valid_from
    )
) AS q
