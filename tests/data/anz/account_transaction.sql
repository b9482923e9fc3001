SELECT
  transaction_id AS transaction_number,
  'deposit' AS account_kind,
  account AS account_number,
  currency,
  customer_id AS customer_number,
  'ANZ' AS holding_organisation_code,
  date AS posted_on,
  replace(substr(extraction, 12, 8), ':', '') AS posted_time,
  CAST(round(amount, 2) AS DECIMAL(18,2)) AS amount,
  CASE movement WHEN 'credit' THEN CAST(round(amount, 2) AS DECIMAL(18,2)) ELSE -CAST(round(amount, 2) AS DECIMAL(18,2)) END
    AS balance_change,
  CASE txn_description
    WHEN 'POS' THEN 'purchase'
    WHEN 'SALES-POS' THEN 'purchase'
    WHEN 'PAYMENT' THEN 'bill_payment'
    WHEN 'PAY/SALARY' THEN 'payroll'
    WHEN 'INTER BANK' THEN 'transfer'
    WHEN 'PHONE BANK' THEN 'transfer'
    ELSE 'other'
  END AS transaction_type,
  CASE txn_description WHEN 'POS' THEN 'pos' WHEN 'SALES-POS' THEN 'pos' WHEN 'PHONE BANK' THEN 'telephone_bank' ELSE 'none' END
    AS channel_code,
  false AS is_cash,
  false AS is_reversal,
  false AS is_bank_initiated,
  'customer' AS initiator_code,
  source_file_id,
  source_line
FROM anz_transaction
