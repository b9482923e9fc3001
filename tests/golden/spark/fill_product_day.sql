WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), changes AS (
  SELECT
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.account_kind,
    a.customer_kind,
    a.currency,
    b.valid_from AS business_date,
    b.balance AS balance_change,
    CAST(0 AS BIGINT) AS count_change
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency
  UNION ALL
  SELECT
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.account_kind,
    a.customer_kind,
    a.currency,
    b.valid_until AS business_date,
    -b.balance AS balance_change,
    CAST(0 AS BIGINT) AS count_change
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency
  WHERE
    NOT b.valid_until IS NULL
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    account_kind,
    customer_kind,
    currency,
    opened_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(1 AS BIGINT) AS count_change
  FROM account
  WHERE
    closed_on IS NULL OR closed_on > opened_on
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    account_kind,
    customer_kind,
    currency,
    closed_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(-1 AS BIGINT) AS count_change
  FROM account
  WHERE
    closed_on > opened_on
), daily AS (
  SELECT
    c.organisation_code,
    c.product_code,
    c.product_group,
    c.account_kind,
    c.customer_kind,
    c.currency,
    GREATEST(c.business_date, b.first_day) AS business_date,
    CAST(SUM(c.balance_change) AS DECIMAL(38, 2)) AS balance_change,
    CAST(SUM(c.count_change) AS BIGINT) AS count_change
  FROM changes AS c, bounds AS b
  WHERE
    c.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    c.organisation_code,
    c.product_code,
    c.product_group,
    c.account_kind,
    c.customer_kind,
    c.currency,
    GREATEST(c.business_date, b.first_day)
), groups AS (
  SELECT
    organisation_code,
    product_code,
    product_group,
    account_kind,
    customer_kind,
    currency,
    MIN(business_date) AS first_on
  FROM daily
  GROUP BY
    organisation_code,
    product_code,
    product_group,
    account_kind,
    customer_kind,
    currency
), spine AS (
  SELECT
    g.organisation_code,
    g.product_code,
    g.product_group,
    g.account_kind,
    g.customer_kind,
    g.currency,
    c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c
    ON c.business_date >= g.first_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance,
  CAST(q.account_count AS BIGINT) AS account_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.organisation_code,
    s.product_code,
    s.product_group,
    s.account_kind,
    s.customer_kind,
    s.currency,
    s.business_date,
    CAST(SUM(COALESCE(d.balance_change, CAST(0 AS DECIMAL(38, 2)))) OVER (
      PARTITION BY s.organisation_code, s.product_code, s.product_group, s.account_kind, s.customer_kind, s.currency
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(38, 2)) AS balance,
    CAST(SUM(COALESCE(d.count_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.product_code, s.product_group, s.account_kind, s.customer_kind, s.currency
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS account_count
  FROM spine AS s
  LEFT JOIN daily AS d
    ON d.organisation_code = s.organisation_code
    AND d.product_code = s.product_code
    AND d.product_group = s.product_group
    AND d.account_kind = s.account_kind
    AND d.customer_kind = s.customer_kind
    AND d.currency = s.currency
    AND d.business_date = s.business_date
) AS q
