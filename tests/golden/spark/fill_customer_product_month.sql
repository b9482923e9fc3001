WITH days AS (
  SELECT
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), persons AS (
  SELECT
    m.customer_number,
    d.business_date,
    m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
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
    COALESCE(p.surviving_number, s.customer_number) AS customer_number,
    d.business_date,
    s.product_line,
    s.product_group
  FROM open_spans AS s
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  LEFT JOIN persons AS p
    ON p.customer_number = s.customer_number AND p.business_date = d.business_date
  WHERE
    s.customer_number <> 'none'
) AS q
