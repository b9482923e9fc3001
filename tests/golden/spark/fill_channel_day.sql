WITH electronic AS (
  SELECT
    text_value AS channel_code,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'electronic_channel.%'
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    COALESCE(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.account_kind,
    COALESCE(a.customer_kind, 'unknown') AS customer_kind,
    t.channel_code,
    t.transaction_type,
    t.currency,
    t.is_bank_initiated,
    t.posted_on AS business_date,
    t.amount,
    t.balance_change,
    COALESCE(r.counts_as, 1) AS counts_as,
    COALESCE(r.is_event, FALSE) AS is_reversal_event
  FROM account_transaction AS t
  INNER JOIN bounds AS b
    ON t.posted_on >= b.first_day
  LEFT JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.posted_on <= CAST('2026-10-31' AS DATE)
), counted AS (
  SELECT
    organisation_code,
    handling_organisation_code,
    account_kind,
    customer_kind,
    channel_code,
    transaction_type,
    currency,
    is_bank_initiated,
    business_date,
    CAST(SUM(counts_as) AS BIGINT) AS transaction_count,
    CAST(SUM(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38, 2)) AS transaction_amount,
    COUNT(*) FILTER(WHERE
      is_reversal_event) AS reversal_count,
    COUNT(*) AS posting_count,
    CAST(SUM(CASE WHEN balance_change > 0 THEN balance_change ELSE 0 END) AS DECIMAL(38, 2)) AS credit_amount,
    CAST(SUM(CASE WHEN balance_change < 0 THEN -balance_change ELSE 0 END) AS DECIMAL(38, 2)) AS debit_amount
  FROM transactions
  GROUP BY
    organisation_code,
    handling_organisation_code,
    account_kind,
    customer_kind,
    channel_code,
    transaction_type,
    currency,
    is_bank_initiated,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.is_bank_initiated AS BOOLEAN) AS is_bank_initiated,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_electronic AS BOOLEAN) AS is_electronic,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.transaction_amount AS DECIMAL(38, 2)) AS transaction_amount,
  CAST(q.reversal_count AS BIGINT) AS reversal_count,
  CAST(q.posting_count AS BIGINT) AS posting_count,
  CAST(q.credit_amount AS DECIMAL(38, 2)) AS credit_amount,
  CAST(q.debit_amount AS DECIMAL(38, 2)) AS debit_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.organisation_code,
    c.handling_organisation_code,
    c.account_kind,
    c.customer_kind,
    c.channel_code,
    c.transaction_type,
    c.currency,
    c.is_bank_initiated,
    c.business_date,
    NOT e.channel_code IS NULL AS is_electronic,
    c.transaction_count,
    c.transaction_amount,
    c.reversal_count,
    c.posting_count,
    c.credit_amount,
    c.debit_amount
  FROM counted AS c
  LEFT JOIN electronic AS e
    ON e.channel_code = c.channel_code
    AND c.business_date >= e.valid_from
    AND c.business_date < e.valid_until
) AS q
