SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.activity_count AS BIGINT) AS activity_count,
  CAST(q.cost_amount AS DECIMAL(38, 2)) AS cost_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    h.organisation_code,
    h.product_code,
    a.product_category,
    a.product_group,
    a.product_line,
    a.customer_kind,
    s.channel_code,
    s.currency,
    s.business_date,
    CAST(SUM(s.activity_count) AS BIGINT) AS activity_count,
    CAST(SUM(s.cost_amount) AS DECIMAL(38, 2)) AS cost_amount
  FROM account_activity_month AS s
  INNER JOIN account_month AS h
    ON h.account_number = s.account_number
    AND h.currency = s.currency
    AND h.month_start = CAST(DATE_TRUNC('MONTH', s.business_date) AS DATE)
  INNER JOIN account AS a
    ON a.account_number = s.account_number AND a.currency = s.currency
  WHERE
    h.month_start >= CAST('0001-01-01' AS DATE)
    AND EXISTS(
      SELECT
        1
      FROM unit_cost
    )
  GROUP BY
    h.organisation_code,
    h.product_code,
    a.product_category,
    a.product_group,
    a.product_line,
    a.customer_kind,
    s.channel_code,
    s.currency,
    s.business_date
) AS q
