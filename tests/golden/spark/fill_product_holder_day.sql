WITH customers AS (
  SELECT
    organisation_code,
    customer_kind,
    business_date,
    COUNT(*) AS customer_count
  FROM customer_standing
  GROUP BY
    organisation_code,
    customer_kind,
    business_date
), holders AS (
  SELECT
    s.organisation_code,
    s.customer_kind,
    p.product_line,
    p.product_group,
    p.business_date,
    COUNT(*) AS holder_count
  FROM customer_product_month AS p
  INNER JOIN customer_standing AS s
    ON s.customer_number = p.customer_number AND s.business_date = p.business_date
  GROUP BY
    s.organisation_code,
    s.customer_kind,
    p.product_line,
    p.product_group,
    p.business_date
), offered AS (
  SELECT DISTINCT
    customer_kind,
    product_line,
    product_group,
    business_date
  FROM holders
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.holder_count AS BIGINT) AS holder_count,
  CAST(q.target_customer_count AS BIGINT) AS target_customer_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.organisation_code,
    c.customer_kind,
    o.product_line,
    o.product_group,
    c.business_date,
    COALESCE(h.holder_count, 0) AS holder_count,
    c.customer_count AS target_customer_count
  FROM customers AS c
  INNER JOIN offered AS o
    ON o.customer_kind = c.customer_kind AND o.business_date = c.business_date
  LEFT JOIN holders AS h
    ON h.organisation_code = c.organisation_code
    AND h.customer_kind = c.customer_kind
    AND h.product_group = o.product_group
    AND h.business_date = c.business_date
) AS q
