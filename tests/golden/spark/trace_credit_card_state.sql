WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM credit_card_account_snapshot
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
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.limit_amount AS DECIMAL(18, 2)) AS limit_amount,
  CAST(q.overdraft_balance AS DECIMAL(18, 2)) AS overdraft_balance,
  CAST(q.overdue_amount AS DECIMAL(18, 2)) AS overdue_amount,
  CAST(q.overdue_since AS DATE) AS overdue_since,
  CAST(q.loan_class AS STRING) AS loan_class
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.account_number,
    s.currency,
    s.customer_number,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    s.organisation_code,
    s.reported_on AS valid_from,
    f.next_on AS valid_until,
    s.limit_amount,
    s.overdraft_balance,
    s.overdue_amount,
    s.overdue_since,
    s.loan_class
  FROM credit_card_account_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  LEFT JOIN customer AS c
    ON c.customer_number = s.customer_number
) AS q
