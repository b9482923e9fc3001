WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    m.business_date,
    m.organisation_code,
    SUM(m.customer_count) AS amount
  FROM customer_label_day AS m
  WHERE
    m.label_code = 'quality'
  GROUP BY
    m.business_date,
    m.organisation_code
), base AS (
  SELECT
    m.business_date,
    m.organisation_code,
    SUM(m.quality_customer_count) AS amount
  FROM customer_base_day AS m
  GROUP BY
    m.business_date,
    m.organisation_code
), lines AS (
  SELECT
    business_date,
    organisation_code,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code
HAVING
  SUM(amount) <> 0
