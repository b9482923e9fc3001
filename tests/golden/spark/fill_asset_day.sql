WITH homed AS (
  SELECT
    COALESCE(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    h.product_group,
    h.product_line,
    h.currency,
    CASE WHEN p.valid_from > h.valid_from THEN p.valid_from ELSE h.valid_from END AS valid_from,
    CASE
      WHEN h.valid_until IS NULL OR p.valid_until < h.valid_until
      THEN p.valid_until
      ELSE h.valid_until
    END AS valid_until,
    h.market_amount
  FROM asset_holding AS h
  LEFT JOIN customer AS c
    ON c.customer_number = h.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = h.customer_number
    AND (
      h.valid_until IS NULL OR p.valid_from < h.valid_until
    )
    AND (
      p.valid_until IS NULL OR p.valid_until > h.valid_from
    )
), held AS (
  SELECT
    organisation_code,
    customer_kind,
    product_group,
    product_line,
    currency,
    valid_from,
    valid_until,
    CAST(SUM(market_amount) AS DECIMAL(38, 2)) AS balance
  FROM homed
  GROUP BY
    organisation_code,
    customer_kind,
    product_group,
    product_line,
    currency,
    valid_from,
    valid_until
), first_held AS (
  SELECT
    MIN(valid_from) AS first_on
  FROM held
), every AS (
  SELECT
    p.organisation_code,
    p.customer_kind,
    'deposit' AS asset_kind,
    p.product_group,
    p.product_line,
    p.currency,
    p.business_date,
    p.balance
  FROM product_day AS p
  INNER JOIN first_held AS f
    ON p.business_date >= f.first_on
  WHERE
    p.account_kind = 'deposit' AND NOT p.balance IS NULL
  UNION ALL
  SELECT
    h.organisation_code,
    h.customer_kind,
    'holding' AS asset_kind,
    h.product_group,
    h.product_line,
    h.currency,
    d.business_date,
    h.balance
  FROM held AS h
  INNER JOIN calendar_day AS d
    ON d.business_date >= h.valid_from
    AND (
      h.valid_until IS NULL OR d.business_date < h.valid_until
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.asset_kind AS STRING) AS asset_kind,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    asset_kind,
    product_group,
    product_line,
    currency,
    business_date,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS balance
  FROM every
  GROUP BY
    organisation_code,
    customer_kind,
    asset_kind,
    product_group,
    product_line,
    currency,
    business_date
) AS q
