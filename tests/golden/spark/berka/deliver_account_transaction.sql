SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.external_account_number AS STRING) AS external_account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.holding_organisation_code AS STRING) AS holding_organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.posted_on AS DATE) AS posted_on,
  CAST(q.posted_time AS STRING) AS posted_time,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.balance_change AS DECIMAL(18, 2)) AS balance_change,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.is_cash AS BOOLEAN) AS is_cash,
  CAST(q.is_reversal AS BOOLEAN) AS is_reversal,
  CAST(q.is_bank_initiated AS BOOLEAN) AS is_bank_initiated,
  CAST(q.initiator_code AS STRING) AS initiator_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_code AS STRING) AS counterparty_bank_code,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.is_counterparty_namesake AS BOOLEAN) AS is_counterparty_namesake,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.authoriser_number AS STRING) AS authoriser_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.transaction_number,
    m.account_kind,
    m.account_number,
    CAST(NULL AS STRING) AS external_account_number,
    m.currency,
    m.customer_number,
    m.holding_organisation_code,
    CAST(NULL AS STRING) AS handling_organisation_code,
    m.posted_on,
    CAST(NULL AS STRING) AS posted_time,
    m.amount,
    m.balance_change,
    m.transaction_type,
    m.channel_code,
    m.is_cash,
    m.is_reversal,
    m.is_bank_initiated,
    m.initiator_code,
    m.counterparty_account,
    CAST(NULL AS STRING) AS counterparty_name,
    m.counterparty_bank_code,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BOOLEAN) AS is_counterparty_namesake,
    CAST(NULL AS STRING) AS teller_number,
    CAST(NULL AS STRING) AS authoriser_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      trans_id AS transaction_number,
      'deposit' AS account_kind,
      t.account_id AS account_number,
      'CZK' AS currency,
      o.client_id AS customer_number,
      COALESCE(a.district_id, 'none') AS holding_organisation_code,
      t.date AS posted_on,
      t.amount AS amount,
      CASE t.type WHEN 'PRIJEM' THEN t.amount ELSE -t.amount END AS balance_change,
      CASE
        WHEN t.k_symbol = 'UROK'
        THEN 'interest'
        WHEN t.k_symbol IN ('SLUZBY', 'SANKC. UROK')
        THEN 'fee'
        WHEN t.k_symbol = 'UVER'
        THEN 'loan_principal'
        WHEN t.k_symbol IN ('SIPO', 'POJISTNE')
        THEN 'bill_payment'
        WHEN t.k_symbol = 'DUCHOD'
        THEN 'payroll'
        WHEN t.operation = 'VKLAD'
        THEN 'cash_deposit'
        WHEN t.operation IN ('VYBER', 'VYBER KARTOU')
        THEN 'cash_withdrawal'
        WHEN t.operation IN ('PREVOD Z UCTU', 'PREVOD NA UCET')
        THEN 'transfer'
        ELSE 'other'
      END AS transaction_type,
      CASE
        WHEN t.operation = 'VYBER KARTOU'
        THEN 'atm'
        WHEN t.operation IN ('VKLAD', 'VYBER')
        THEN 'counter'
        ELSE 'none'
      END AS channel_code,
      t.operation IN ('VKLAD', 'VYBER', 'VYBER KARTOU') AS is_cash,
      FALSE AS is_reversal,
      COALESCE(t.k_symbol IN ('UROK', 'SLUZBY', 'SANKC. UROK'), FALSE) AS is_bank_initiated,
      CASE
        WHEN t.k_symbol IN ('UROK', 'SLUZBY', 'SANKC. UROK')
        THEN 'bank'
        ELSE 'customer'
      END AS initiator_code,
      t.account AS counterparty_account,
      t.bank AS counterparty_bank_code,
      t.source_file_id,
      t.source_line
    FROM berka_trans AS t
    LEFT JOIN berka_account AS a
      ON a.account_id = t.account_id
    LEFT JOIN (
      SELECT
        account_id,
        client_id
      FROM berka_disp
      WHERE
        type = 'OWNER'
    ) AS o
      ON o.account_id = t.account_id
  ) AS m
) AS q
