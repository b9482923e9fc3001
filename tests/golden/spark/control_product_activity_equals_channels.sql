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
    organisation_code,
    channel_code,
    currency,
    'count' AS counted,
    SUM(transaction_count) AS amount
  FROM product_activity_month
  GROUP BY
    business_date,
    organisation_code,
    channel_code,
    currency
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    channel_code,
    currency,
    'amount' AS counted,
    SUM(transaction_amount) AS amount
  FROM product_activity_month
  GROUP BY
    business_date,
    organisation_code,
    channel_code,
    currency
), base AS (
  SELECT
    e.business_date,
    m.organisation_code,
    m.channel_code,
    m.currency,
    'count' AS counted,
    SUM(m.transaction_count) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e
    ON e.month_start = CAST(DATE_TRUNC('MONTH', m.business_date) AS DATE)
  WHERE
    NOT m.is_bank_initiated
  GROUP BY
    e.business_date,
    m.organisation_code,
    m.channel_code,
    m.currency
  UNION ALL
  SELECT
    e.business_date,
    m.organisation_code,
    m.channel_code,
    m.currency,
    'amount' AS counted,
    SUM(m.transaction_amount) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e
    ON e.month_start = CAST(DATE_TRUNC('MONTH', m.business_date) AS DATE)
  WHERE
    NOT m.is_bank_initiated
  GROUP BY
    e.business_date,
    m.organisation_code,
    m.channel_code,
    m.currency
), lines AS (
  SELECT
    business_date,
    organisation_code,
    channel_code,
    currency,
    counted,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    channel_code,
    currency,
    counted,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  channel_code,
  currency,
  counted,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  channel_code,
  currency,
  counted
HAVING
  SUM(amount) <> 0
