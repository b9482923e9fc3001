WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on
  FROM calendar_day
  GROUP BY
    month_start
), held AS (
  SELECT
    customer_number,
    month_start,
    CAST(COALESCE(SUM(closing_balance) FILTER(WHERE
      account_kind = 'deposit'), 0) AS DECIMAL(38, 2)) AS deposit_balance,
    CAST(COALESCE(SUM(average_daily_balance) FILTER(WHERE
      account_kind = 'deposit'), 0) AS DECIMAL(38, 2)) AS deposit_average_daily_balance,
    CAST(COALESCE(SUM(closing_balance) FILTER(WHERE
      account_kind = 'loan'), 0) AS DECIMAL(38, 2)) AS loan_balance,
    CAST(COALESCE(SUM(average_daily_balance) FILTER(WHERE
      account_kind = 'loan'), 0) AS DECIMAL(38, 2)) AS loan_average_daily_balance
  FROM account_month
  GROUP BY
    customer_number,
    month_start
), moved AS (
  SELECT
    t.customer_number,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE) AS month_start,
    CAST(SUM(COALESCE(r.counts_as, 1)) AS BIGINT) AS transaction_count
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    NOT t.is_bank_initiated AND t.account_kind = 'deposit'
  GROUP BY
    t.customer_number,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.home_organisation_code AS STRING) AS home_organisation_code,
  CAST(q.deposit_balance AS DECIMAL(38, 2)) AS deposit_balance,
  CAST(q.deposit_average_daily_balance AS DECIMAL(38, 2)) AS deposit_average_daily_balance,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.loan_average_daily_balance AS DECIMAL(38, 2)) AS loan_average_daily_balance,
  CAST(q.transaction_count AS BIGINT) AS transaction_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    h.customer_number,
    h.month_start,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    COALESCE(p.organisation_code, c.home_organisation_code, 'none') AS home_organisation_code,
    h.deposit_balance,
    h.deposit_average_daily_balance,
    h.loan_balance,
    h.loan_average_daily_balance,
    COALESCE(m.transaction_count, 0) AS transaction_count
  FROM held AS h
  INNER JOIN days AS d
    ON d.month_start = h.month_start
  LEFT JOIN moved AS m
    ON m.customer_number = h.customer_number AND m.month_start = h.month_start
  LEFT JOIN customer AS c
    ON c.customer_number = h.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = h.customer_number
    AND d.last_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.last_on < p.valid_until
    )
) AS q
