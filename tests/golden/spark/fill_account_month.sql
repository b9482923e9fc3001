WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on,
    CAST(COUNT(*) AS BIGINT) AS day_count
  FROM calendar_day
  GROUP BY
    month_start
), held AS (
  SELECT
    b.account_number,
    b.currency,
    m.month_start,
    m.last_on,
    m.day_count,
    CASE
      WHEN b.valid_from < m.month_start
      AND (
        b.valid_until IS NULL OR b.valid_until >= m.month_start
      )
      THEN b.balance
    END AS opening_balance,
    CASE WHEN b.valid_until IS NULL OR b.valid_until > m.last_on THEN b.balance END AS closing_balance,
    CASE
      WHEN b.valid_until IS NULL OR b.valid_until > m.month_start
      THEN b.balance
      ELSE CAST(0 AS DECIMAL(18, 2))
    END AS balance,
    GREATEST(
      DATEDIFF(
        DAY,
        GREATEST(b.valid_from, m.month_start),
        LEAST(COALESCE(b.valid_until, CAST(m.last_on + 1 AS DATE)), CAST(m.last_on + 1 AS DATE))
      ),
      0
    ) AS held_days,
    b.is_estimated AND (
      b.valid_until IS NULL OR b.valid_until > m.month_start
    ) AS is_estimated
  FROM account_balance AS b
  INNER JOIN months AS m
    ON b.valid_from <= m.last_on
    AND (
      b.valid_until IS NULL OR b.valid_until >= m.month_start
    )
), summed AS (
  SELECT
    account_number,
    currency,
    month_start,
    last_on,
    day_count,
    CAST(COALESCE(SUM(opening_balance), 0) AS DECIMAL(38, 2)) AS opening_balance,
    CAST(COALESCE(SUM(closing_balance), 0) AS DECIMAL(38, 2)) AS closing_balance,
    CAST(SUM(CAST(balance * held_days AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) AS balance_days,
    COUNT(*) FILTER(WHERE
      is_estimated) > 0 AS is_estimated
  FROM held
  GROUP BY
    account_number,
    currency,
    month_start,
    last_on,
    day_count
), moved AS (
  SELECT DISTINCT
    account_kind,
    CAST(DATE_TRUNC('MONTH', posted_on) AS DATE) AS month_start
  FROM account_transaction
), fed AS (
  SELECT
    account_number,
    currency,
    CAST(DATE_TRUNC('MONTH', held_on) AS DATE) AS month_start,
    COUNT(*) AS fed_count
  FROM daily_balance
  WHERE
    held_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    account_number,
    currency,
    CAST(DATE_TRUNC('MONTH', held_on) AS DATE)
), judged AS (
  SELECT
    s.account_number,
    s.currency,
    s.month_start,
    s.last_on,
    s.day_count,
    s.opening_balance,
    s.closing_balance,
    s.balance_days,
    s.is_estimated,
    CASE
      WHEN f.fed_count >= s.day_count
      THEN 'daily'
      WHEN m.month_start IS NULL
      AND s.opening_balance <> s.closing_balance
      AND s.balance_days = CAST(s.opening_balance * (
        s.day_count - 1
      ) AS DECIMAL(38, 2)) + s.closing_balance
      THEN 'two_point'
      ELSE 'rolled'
    END AS average_kind
  FROM summed AS s
  INNER JOIN account AS a
    ON a.account_number = s.account_number AND a.currency = s.currency
  LEFT JOIN moved AS m
    ON m.account_kind = a.account_kind AND m.month_start = s.month_start
  LEFT JOIN fed AS f
    ON f.account_number = s.account_number
    AND f.currency = s.currency
    AND f.month_start = s.month_start
), averaged AS (
  SELECT
    s.account_number,
    s.currency,
    s.month_start,
    s.last_on,
    s.day_count,
    s.opening_balance,
    s.closing_balance,
    s.average_kind,
    CASE
      WHEN s.average_kind = 'two_point'
      THEN CAST(CASE
        WHEN (
          CAST(CAST(CAST((
            s.opening_balance + s.closing_balance
          ) * s.day_count AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        ) <> (
          CAST(CAST(2 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST((
            s.opening_balance + s.closing_balance
          ) * s.day_count AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
        ) + ABS(CAST(CAST(2 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(2 AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      ELSE s.balance_days
    END AS balance_days,
    s.is_estimated OR s.average_kind = 'two_point' AS is_estimated
  FROM judged AS s
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.opening_balance AS DECIMAL(18, 2)) AS opening_balance,
  CAST(q.closing_balance AS DECIMAL(18, 2)) AS closing_balance,
  CAST(q.balance_days AS DECIMAL(38, 2)) AS balance_days,
  CAST(q.day_count AS BIGINT) AS day_count,
  CAST(q.average_daily_balance AS DECIMAL(18, 2)) AS average_daily_balance,
  CAST(q.average_kind AS STRING) AS average_kind,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.account_number,
    s.currency,
    s.month_start,
    a.account_kind,
    a.customer_number,
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    a.product_code,
    a.product_group,
    s.opening_balance,
    s.closing_balance,
    s.balance_days,
    s.day_count,
    CAST(CASE
      WHEN (
        CAST(CAST(s.balance_days AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(s.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(CAST(CAST(s.balance_days AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))) + ABS(CAST(CAST(s.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(s.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS average_daily_balance,
    s.average_kind,
    s.is_estimated
  FROM averaged AS s
  INNER JOIN account AS a
    ON a.account_number = s.account_number AND a.currency = s.currency
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = s.account_number
    AND p.currency = s.currency
    AND s.last_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR s.last_on < p.valid_until
    )
  WHERE
    a.closed_on IS NULL
    OR a.closed_on >= s.month_start
    OR s.opening_balance <> 0
    OR s.closing_balance <> 0
    OR s.balance_days <> 0
) AS q
