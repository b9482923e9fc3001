WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    business_date,
    section_kind,
    product_code,
    currency,
    SUM(balance) AS amount
  FROM product_structure_day
  GROUP BY
    business_date,
    section_kind,
    product_code,
    currency
), base AS (
  SELECT
    m.business_date,
    k.section_kind,
    m.product_code,
    m.currency,
    SUM(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN (
    SELECT DISTINCT
      business_date,
      section_kind
    FROM product_structure_day
  ) AS k
    ON k.business_date = m.business_date
  GROUP BY
    m.business_date,
    k.section_kind,
    m.product_code,
    m.currency
), lines AS (
  SELECT
    business_date,
    section_kind,
    product_code,
    currency,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    section_kind,
    product_code,
    currency,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  section_kind,
  product_code,
  currency,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  section_kind,
  product_code,
  currency
HAVING
  SUM(amount) <> 0
