WITH days AS (
  SELECT
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), open_spans AS (
  SELECT
    customer_number,
    product_line,
    product_group,
    opened_on AS valid_from,
    closed_on AS valid_until
  FROM account
  UNION ALL
  SELECT
    customer_number,
    'card' AS product_line,
    CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END AS product_group,
    COALESCE(issued_on, CAST('1900-01-01' AS DATE)) AS valid_from,
    closed_on AS valid_until
  FROM card
  WHERE
    card_kind <> 'passbook' AND NOT customer_number IS NULL
  UNION ALL
  SELECT
    customer_number,
    product_line,
    product_group,
    valid_from,
    valid_until
  FROM asset_holding
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.product_group AS STRING) AS product_group
FROM (
  SELECT DISTINCT
    'BANK' AS legal_entity_code,
    s.customer_number,
    d.business_date,
    s.product_line,
    s.product_group
  FROM open_spans AS s
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  WHERE
    s.customer_number <> 'none'
) AS q
