WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), limits AS (
  SELECT
    d.month_start,
    MAX(
      CASE
        WHEN p.parameter_code = 'dormant_personal_days'
        THEN CAST(p.number_value AS BIGINT)
      END
    ) AS personal_days,
    MAX(
      CASE
        WHEN p.parameter_code = 'dormant_personal_balance'
        THEN CAST(p.number_value AS DECIMAL(18, 2))
      END
    ) AS personal_balance,
    MAX(
      CASE
        WHEN p.parameter_code = 'dormant_corporate_days'
        THEN CAST(p.number_value AS BIGINT)
      END
    ) AS corporate_days
  FROM days AS d
  INNER JOIN parameter AS p
    ON p.valid_from <= d.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > d.business_date
    )
  GROUP BY
    d.month_start
), moved AS (
  SELECT
    t.account_number,
    t.currency,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE) AS month_start,
    MAX(t.posted_on) AS active_on
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.is_bank_initiated
    AND COALESCE(r.counts_as, 1) > 0
  GROUP BY
    t.account_number,
    t.currency,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
), covered AS (
  SELECT
    COALESCE(MIN(posted_on), CAST('9999-12-31' AS DATE)) AS first_on
  FROM account_transaction
  WHERE
    account_kind = 'deposit'
), told AS (
  SELECT
    s.account_number,
    s.currency,
    CAST(DATE_TRUNC('MONTH', s.reported_on) AS DATE) AS month_start,
    MAX(s.last_active_on) AS active_on
  FROM account_snapshot AS s
  INNER JOIN covered AS c
    ON s.last_active_on < c.first_on
  WHERE
    s.account_kind = 'deposit'
    AND s.reported_on <= CAST('2026-10-31' AS DATE)
    AND s.last_active_on <= s.reported_on
  GROUP BY
    s.account_number,
    s.currency,
    CAST(DATE_TRUNC('MONTH', s.reported_on) AS DATE)
), events AS (
  SELECT
    account_number,
    currency,
    month_start,
    active_on
  FROM moved
  UNION ALL
  SELECT
    account_number,
    currency,
    month_start,
    active_on
  FROM told
  UNION ALL
  SELECT
    account_number,
    currency,
    month_start,
    CAST(NULL AS DATE) AS active_on
  FROM account_month
  WHERE
    account_kind = 'deposit'
), active AS (
  SELECT
    account_number,
    currency,
    month_start,
    MAX(active_on) AS active_on
  FROM events
  GROUP BY
    account_number,
    currency,
    month_start
), lasting AS (
  SELECT
    account_number,
    currency,
    month_start,
    MAX(active_on) OVER (
      PARTITION BY account_number, currency
      ORDER BY month_start NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS active_on
  FROM active
), traced AS (
  SELECT
    m.account_number,
    m.currency,
    m.month_start,
    m.organisation_code,
    m.product_group,
    m.closing_balance,
    v.active_on
  FROM account_month AS m
  INNER JOIN lasting AS v
    ON v.account_number = m.account_number
    AND v.currency = m.currency
    AND v.month_start = m.month_start
  WHERE
    m.account_kind = 'deposit'
), judged AS (
  SELECT
    t.organisation_code,
    a.customer_kind,
    t.product_group,
    t.currency,
    d.business_date,
    t.closing_balance,
    CASE
      WHEN a.customer_kind = 'corporate'
      THEN DATEDIFF(DAY, COALESCE(t.active_on, a.opened_on), d.business_date) > l.corporate_days
      ELSE DATEDIFF(DAY, COALESCE(t.active_on, a.opened_on), d.business_date) > l.personal_days
      AND t.closing_balance <= l.personal_balance
    END AS is_dormant
  FROM traced AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  INNER JOIN days AS d
    ON d.month_start = t.month_start
  INNER JOIN limits AS l
    ON l.month_start = t.month_start
  WHERE
    a.opened_on <= d.business_date
    AND (
      a.closed_on IS NULL OR a.closed_on > d.business_date
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.account_count AS BIGINT) AS account_count,
  CAST(q.dormant_account_count AS BIGINT) AS dormant_account_count,
  CAST(q.dormant_balance AS DECIMAL(38, 2)) AS dormant_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    product_group,
    currency,
    business_date,
    COUNT(*) AS account_count,
    COUNT(*) FILTER(WHERE
      is_dormant) AS dormant_account_count,
    CAST(COALESCE(SUM(closing_balance) FILTER(WHERE
      is_dormant), 0) AS DECIMAL(38, 2)) AS dormant_balance
  FROM judged
  GROUP BY
    organisation_code,
    customer_kind,
    product_group,
    currency,
    business_date
) AS q
