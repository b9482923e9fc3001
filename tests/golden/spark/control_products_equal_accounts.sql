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
    m.account_kind,
    m.currency,
    SUM(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code,
    m.account_kind,
    m.currency
), base AS (
  SELECT
    e.business_date,
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    a.account_kind,
    a.currency,
    SUM(a.closing_balance) AS amount
  FROM account_month AS a
  INNER JOIN ends AS e
    ON e.month_start = a.month_start
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = a.account_number
    AND p.currency = a.currency
    AND e.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR e.business_date < p.valid_until
    )
  GROUP BY
    e.business_date,
    COALESCE(p.organisation_code, a.organisation_code),
    a.account_kind,
    a.currency
), lines AS (
  SELECT
    business_date,
    organisation_code,
    account_kind,
    currency,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    account_kind,
    currency,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  account_kind,
  currency,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  account_kind,
  currency
HAVING
  SUM(amount) <> 0
