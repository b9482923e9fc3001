WITH electronic AS (
  SELECT
    text_value AS channel_code,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'electronic_channel.%'
), managed AS (
  SELECT DISTINCT
    m.customer_number,
    m.employee_number,
    m.person_number,
    s.organisation_code,
    s.customer_kind,
    s.business_date,
    s.is_quality,
    s.is_effective,
    s.loan_balance > 0 AS is_borrower,
    s.product_group_count
  FROM managed_customer_month AS m
  INNER JOIN customer_standing AS s
    ON s.customer_number = m.customer_number
    AND m.business_date <= s.business_date
    AND m.managed_until > s.business_date
  WHERE
    s.business_date >= CAST('0001-01-01' AS DATE)
), days AS (
  SELECT DISTINCT
    business_date,
    CAST(DATE_TRUNC('MONTH', business_date) AS DATE) AS month_start
  FROM managed
), used AS (
  SELECT
    c.customer_number,
    d.business_date,
    CAST(SUM(CASE WHEN NOT e.channel_code IS NULL THEN c.transaction_count ELSE 0 END) AS BIGINT) AS electronic_count,
    CAST(SUM(CASE WHEN c.channel_code = 'counter' THEN c.transaction_count ELSE 0 END) AS BIGINT) AS counter_count
  FROM customer_channel_month AS c
  INNER JOIN days AS d
    ON d.month_start = c.month_start
  LEFT JOIN electronic AS e
    ON e.channel_code = c.channel_code
    AND d.business_date >= e.valid_from
    AND d.business_date < e.valid_until
  GROUP BY
    c.customer_number,
    d.business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_quality AS BOOLEAN) AS is_quality,
  CAST(q.is_effective AS BOOLEAN) AS is_effective,
  CAST(q.is_borrower AS BOOLEAN) AS is_borrower,
  CAST(q.product_group_count AS BIGINT) AS product_group_count,
  CAST(q.electronic_transaction_count AS BIGINT) AS electronic_transaction_count,
  CAST(q.counter_transaction_count AS BIGINT) AS counter_transaction_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.customer_number,
    m.employee_number,
    m.person_number,
    m.organisation_code,
    m.customer_kind,
    m.business_date,
    m.is_quality,
    m.is_effective,
    m.is_borrower,
    m.product_group_count,
    COALESCE(u.electronic_count, 0) AS electronic_transaction_count,
    COALESCE(u.counter_count, 0) AS counter_transaction_count
  FROM managed AS m
  LEFT JOIN used AS u
    ON u.customer_number = m.customer_number AND u.business_date = m.business_date
) AS q
