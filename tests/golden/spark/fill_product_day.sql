WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), dated AS (
  SELECT
    account_number,
    currency,
    valid_from AS business_date,
    balance AS balance_change,
    CAST(0 AS BIGINT) AS count_change,
    TRUE AS is_balance
  FROM account_balance
  UNION ALL
  SELECT
    account_number,
    currency,
    valid_until AS business_date,
    -balance AS balance_change,
    CAST(0 AS BIGINT) AS count_change,
    TRUE AS is_balance
  FROM account_balance
  WHERE
    NOT valid_until IS NULL
  UNION ALL
  SELECT
    account_number,
    currency,
    opened_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(1 AS BIGINT) AS count_change,
    FALSE AS is_balance
  FROM account
  WHERE
    closed_on IS NULL OR closed_on > opened_on
  UNION ALL
  SELECT
    account_number,
    currency,
    closed_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(-1 AS BIGINT) AS count_change,
    FALSE AS is_balance
  FROM account
  WHERE
    closed_on > opened_on
), taken_along AS (
  SELECT
    p.account_number,
    p.currency,
    p.valid_from AS business_date,
    p.organisation_code,
    p.previous_organisation_code,
    COALESCE(b.balance, CAST(0 AS DECIMAL(18, 2))) AS balance,
    CASE
      WHEN a.opened_on < p.valid_from
      AND (
        a.closed_on IS NULL OR a.closed_on >= p.valid_from
      )
      THEN 1
      ELSE 0
    END AS open_count
  FROM account_organisation_period AS p
  INNER JOIN account AS a
    ON a.account_number = p.account_number AND a.currency = p.currency
  LEFT JOIN account_balance AS b
    ON b.account_number = p.account_number
    AND b.currency = p.currency
    AND b.valid_from < p.valid_from
    AND (
      b.valid_until IS NULL OR b.valid_until >= p.valid_from
    )
  WHERE
    NOT p.previous_organisation_code IS NULL
), moved AS (
  SELECT
    d.account_number,
    d.currency,
    COALESCE(p.organisation_code, 'none') AS organisation_code,
    NOT p.account_number IS NULL AS has_moved,
    d.business_date,
    d.balance_change,
    d.count_change,
    d.is_balance
  FROM dated AS d
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = d.account_number
    AND p.currency = d.currency
    AND d.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.business_date < p.valid_until
    )
  UNION ALL
  SELECT
    account_number,
    currency,
    organisation_code,
    TRUE AS has_moved,
    business_date,
    balance AS balance_change,
    CAST(open_count AS BIGINT) AS count_change,
    FALSE AS is_balance
  FROM taken_along
  UNION ALL
  SELECT
    account_number,
    currency,
    previous_organisation_code AS organisation_code,
    TRUE AS has_moved,
    business_date,
    -balance AS balance_change,
    CAST(-open_count AS BIGINT) AS count_change,
    FALSE AS is_balance
  FROM taken_along
), changes AS (
  SELECT
    CASE WHEN m.has_moved THEN m.organisation_code ELSE a.organisation_code END AS organisation_code,
    a.product_code,
    a.product_group,
    a.account_kind,
    a.customer_kind,
    a.currency,
    a.product_category,
    a.product_line,
    m.business_date,
    m.balance_change,
    m.count_change,
    m.is_balance
  FROM moved AS m
  INNER JOIN account AS a
    ON a.account_number = m.account_number AND a.currency = m.currency
), daily AS (
  SELECT
    c.organisation_code,
    c.product_code,
    c.product_group,
    c.account_kind,
    c.customer_kind,
    c.currency,
    MIN(c.product_category) AS product_category,
    MIN(c.product_line) AS product_line,
    GREATEST(c.business_date, b.first_day) AS business_date,
    CAST(SUM(c.balance_change) AS DECIMAL(38, 2)) AS balance_change,
    CAST(SUM(c.count_change) AS BIGINT) AS count_change,
    MIN(CASE WHEN c.is_balance THEN GREATEST(c.business_date, b.first_day) END) AS told_on
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
    MIN(product_category) AS product_category,
    MIN(product_line) AS product_line,
    MIN(business_date) AS first_on
  FROM daily
  GROUP BY
    organisation_code,
    product_code,
    product_group,
    account_kind,
    customer_kind,
    currency
), told AS (
  SELECT
    account_kind,
    MIN(told_on) AS told_on
  FROM daily
  GROUP BY
    account_kind
), spine AS (
  SELECT
    g.organisation_code,
    g.product_code,
    g.product_group,
    g.account_kind,
    g.customer_kind,
    g.currency,
    g.product_category,
    g.product_line,
    c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c
    ON c.business_date >= g.first_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
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
    s.product_category,
    s.product_group,
    s.product_line,
    s.account_kind,
    s.customer_kind,
    s.currency,
    s.business_date,
    CASE
      WHEN t.told_on <= s.business_date
      THEN CAST(SUM(COALESCE(d.balance_change, CAST(0 AS DECIMAL(38, 2)))) OVER (
        PARTITION BY s.organisation_code, s.product_code, s.product_group, s.account_kind, s.customer_kind, s.currency
        ORDER BY s.business_date NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS DECIMAL(38, 2))
    END AS balance,
    CAST(SUM(COALESCE(d.count_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.product_code, s.product_group, s.account_kind, s.customer_kind, s.currency
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS account_count
  FROM spine AS s
  INNER JOIN told AS t
    ON t.account_kind = s.account_kind
  LEFT JOIN daily AS d
    ON d.organisation_code = s.organisation_code
    AND d.product_code = s.product_code
    AND d.product_group = s.product_group
    AND d.account_kind = s.account_kind
    AND d.customer_kind = s.customer_kind
    AND d.currency = s.currency
    AND d.business_date = s.business_date
) AS q
