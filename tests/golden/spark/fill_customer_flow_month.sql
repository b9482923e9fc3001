WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on,
    MIN(business_date) AS first_on
  FROM calendar_day
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
  GROUP BY
    month_start
), own_bank_codes AS (
  SELECT DISTINCT
    bank_code
  FROM organisation_snapshot
  WHERE
    NOT bank_code IS NULL
), own_names AS (
  SELECT DISTINCT
    organisation_name
  FROM organisation_snapshot
  WHERE
    NOT organisation_name IS NULL
), judged AS (
  SELECT
    COALESCE(t.customer_number, 'none') AS customer_number,
    t.posted_on,
    t.transaction_type,
    CASE
      WHEN t.is_cash
      THEN 'cash'
      WHEN o.customer_number = t.customer_number
      AND o.account_kind = 'deposit'
      AND o.account_number <> t.account_number
      THEN 'own_account'
      WHEN NOT o.account_number IS NULL
      THEN 'on_us'
      WHEN NOT c.bank_code IS NULL OR NOT n.organisation_name IS NULL
      THEN CASE WHEN t.is_counterparty_namesake THEN 'own_account' ELSE 'on_us' END
      WHEN t.counterparty_account IS NULL
      AND t.counterparty_bank_code IS NULL
      AND t.counterparty_bank_name IS NULL
      THEN 'none'
      WHEN t.is_counterparty_namesake
      THEN 'own_account_elsewhere'
      ELSE 'off_us'
    END AS counterparty_code,
    CASE
      WHEN x.currency IS NULL
      THEN t.balance_change
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS balance_change,
    COALESCE(r.counts_as, 1) AS counts_as
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  LEFT JOIN account_alias AS o
    ON o.alias_number = t.counterparty_account
  LEFT JOIN own_bank_codes AS c
    ON c.bank_code = t.counterparty_bank_code
  LEFT JOIN own_names AS n
    ON n.organisation_name = t.counterparty_bank_name
  WHERE
    t.account_kind = 'deposit'
    AND t.posted_on >= CAST('0001-01-01' AS DATE)
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
    AND t.transaction_type <> 'interest'
), moved AS (
  SELECT
    COALESCE(p.surviving_number, j.customer_number) AS customer_number,
    m.month_start,
    CASE
      WHEN j.transaction_type = 'payroll'
      THEN 'payroll'
      WHEN j.transaction_type IN ('loan_interest', 'loan_principal', 'loan_disbursement')
      THEN 'loan'
      WHEN j.counterparty_code IN ('own_account_elsewhere', 'off_us', 'on_us', 'cash')
      THEN j.counterparty_code
      ELSE 'other'
    END AS flow_code,
    CASE
      WHEN (
        j.counts_as = 1 AND j.balance_change > 0
      )
      OR (
        j.counts_as = -1 AND j.balance_change < 0
      )
      THEN j.balance_change
      ELSE 0
    END AS inflow,
    CASE
      WHEN (
        j.counts_as = 1 AND j.balance_change < 0
      )
      OR (
        j.counts_as = -1 AND j.balance_change > 0
      )
      THEN -j.balance_change
      ELSE 0
    END AS outflow,
    j.counts_as
  FROM judged AS j
  INNER JOIN months AS m
    ON j.posted_on >= m.first_on AND j.posted_on <= m.last_on
  LEFT JOIN customer_merge AS p
    ON p.customer_number = j.customer_number
    AND p.valid_from <= m.last_on
    AND (
      p.valid_until IS NULL OR p.valid_until > m.last_on
    )
  WHERE
    j.counterparty_code <> 'own_account'
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.flow_code AS STRING) AS flow_code,
  CAST(q.inflow_amount AS DECIMAL(38, 2)) AS inflow_amount,
  CAST(q.outflow_amount AS DECIMAL(38, 2)) AS outflow_amount,
  CAST(q.transaction_count AS BIGINT) AS transaction_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    month_start,
    flow_code,
    CAST(SUM(inflow) AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(SUM(outflow) AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(SUM(counts_as) AS BIGINT) AS transaction_count
  FROM moved
  GROUP BY
    customer_number,
    month_start,
    flow_code
) AS q
