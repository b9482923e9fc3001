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
    m.asset_kind,
    m.currency,
    SUM(m.balance) AS amount
  FROM asset_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code,
    m.asset_kind,
    m.currency
), base AS (
  SELECT
    m.business_date,
    m.organisation_code,
    'deposit' AS asset_kind,
    m.currency,
    SUM(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  WHERE
    m.account_kind = 'deposit'
    AND m.business_date >= (
      SELECT
        MIN(valid_from)
      FROM asset_holding
    )
  GROUP BY
    m.business_date,
    m.organisation_code,
    m.currency
  UNION ALL
  SELECT
    e.business_date,
    COALESCE(h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    'holding' AS asset_kind,
    a.currency,
    SUM(a.market_amount) AS amount
  FROM asset_holding AS a
  INNER JOIN ends AS e
    ON e.business_date >= a.valid_from
    AND (
      a.valid_until IS NULL OR e.business_date < a.valid_until
    )
  LEFT JOIN customer AS c
    ON c.customer_number = a.customer_number
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = a.customer_number
    AND e.business_date >= h.valid_from
    AND (
      h.valid_until IS NULL OR e.business_date < h.valid_until
    )
  GROUP BY
    e.business_date,
    COALESCE(h.organisation_code, c.home_organisation_code, 'none'),
    a.currency
), lines AS (
  SELECT
    business_date,
    organisation_code,
    asset_kind,
    currency,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    asset_kind,
    currency,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  asset_kind,
  currency,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  asset_kind,
  currency
HAVING
  SUM(amount) <> 0
