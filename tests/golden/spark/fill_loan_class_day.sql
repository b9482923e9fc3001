WITH long_overdue AS (
  SELECT
    CAST(number_value AS BIGINT) AS days,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code = 'long_overdue_days'
), states AS (
  SELECT
    s.organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    s.loan_class,
    s.loan_status,
    s.overdue_since,
    s.is_agriculture,
    s.is_inclusive_small_micro,
    s.valid_from,
    s.valid_until,
    s.balance
  FROM loan_state AS s
  INNER JOIN loan AS l
    ON l.loan_number = s.loan_number
  WHERE
    s.balance <> 0
  UNION ALL
  SELECT
    organisation_code,
    '信用卡透支' AS product_code,
    customer_kind,
    currency,
    loan_class,
    CASE WHEN overdue_since IS NULL THEN 'current' ELSE 'overdue' END AS loan_status,
    overdue_since,
    FALSE AS is_agriculture,
    FALSE AS is_inclusive_small_micro,
    valid_from,
    valid_until,
    overdraft_balance AS balance
  FROM credit_card_state
  WHERE
    overdraft_balance <> 0
), daily AS (
  SELECT
    s.organisation_code,
    s.product_code,
    s.customer_kind,
    s.currency,
    s.loan_class,
    s.loan_status,
    CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= c.business_date
      THEN 'none'
      WHEN DATEDIFF(DAY, s.overdue_since, c.business_date) > p.days
      THEN 'over_90d'
      ELSE 'to_90d'
    END AS overdue_bucket,
    s.is_agriculture,
    s.is_inclusive_small_micro,
    c.business_date,
    s.balance
  FROM states AS s
  INNER JOIN calendar_day AS c
    ON c.business_date >= s.valid_from
    AND (
      s.valid_until IS NULL OR c.business_date < s.valid_until
    )
  INNER JOIN long_overdue AS p
    ON c.business_date >= p.valid_from AND c.business_date < p.valid_until
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.overdue_bucket AS STRING) AS overdue_bucket,
  CAST(q.is_agriculture AS BOOLEAN) AS is_agriculture,
  CAST(q.is_inclusive_small_micro AS BOOLEAN) AS is_inclusive_small_micro,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance,
  CAST(q.loan_count AS BIGINT) AS loan_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    product_code,
    customer_kind,
    currency,
    loan_class,
    loan_status,
    overdue_bucket,
    is_agriculture,
    is_inclusive_small_micro,
    business_date,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS balance,
    COUNT(*) AS loan_count
  FROM daily
  GROUP BY
    organisation_code,
    product_code,
    customer_kind,
    currency,
    loan_class,
    loan_status,
    overdue_bucket,
    is_agriculture,
    is_inclusive_small_micro,
    business_date
) AS q
