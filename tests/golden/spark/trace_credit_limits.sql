WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM credit_limit_snapshot
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
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.limit_amount AS DECIMAL(38, 2)) AS limit_amount,
  CAST(q.used_amount AS DECIMAL(38, 2)) AS used_amount,
  CAST(q.undrawn_amount AS DECIMAL(38, 2)) AS undrawn_amount,
  CAST(q.limit_count AS BIGINT) AS limit_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.customer_number,
    s.currency,
    s.reported_on AS valid_from,
    MIN(f.next_on) AS valid_until,
    CAST(COALESCE(SUM(s.limit_amount), 0) AS DECIMAL(38, 2)) AS limit_amount,
    CAST(COALESCE(SUM(s.used_amount), 0) AS DECIMAL(38, 2)) AS used_amount,
    CAST(COALESCE(
      SUM(
        CASE
          WHEN s.limit_amount > s.used_amount
          THEN s.limit_amount - s.used_amount
          ELSE 0
        END
      ),
      0
    ) AS DECIMAL(38, 2)) AS undrawn_amount,
    COUNT(*) AS limit_count
  FROM credit_limit_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  WHERE
    s.limit_status IN ('in_force', 'unknown')
  GROUP BY
    s.customer_number,
    s.currency,
    s.reported_on
) AS q
