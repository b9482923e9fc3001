SELECT
  trans_id AS transaction_number,
  'deposit' AS account_kind,
  t.account_id AS account_number,
  'CZK' AS currency,
  o.client_id AS customer_number,
  coalesce(a.district_id, 'none') AS holding_organisation_code,
  t.date AS posted_on,
  t.amount AS amount,
  CASE t.type WHEN 'PRIJEM' THEN t.amount ELSE -t.amount END AS balance_change,
  CASE
    WHEN t.k_symbol = 'UROK' THEN 'interest'
    WHEN t.k_symbol IN ('SLUZBY', 'SANKC. UROK') THEN 'fee'
    WHEN t.k_symbol = 'UVER' THEN 'loan_principal'
    WHEN t.k_symbol IN ('SIPO', 'POJISTNE') THEN 'bill_payment'
    WHEN t.k_symbol = 'DUCHOD' THEN 'payroll'
    WHEN t.operation = 'VKLAD' THEN 'cash_deposit'
    WHEN t.operation IN ('VYBER', 'VYBER KARTOU') THEN 'cash_withdrawal'
    WHEN t.operation IN ('PREVOD Z UCTU', 'PREVOD NA UCET') THEN 'transfer'
    ELSE 'other'
  END AS transaction_type,
  CASE WHEN t.operation = 'VYBER KARTOU' THEN 'atm' WHEN t.operation IN ('VKLAD', 'VYBER') THEN 'counter' ELSE 'none' END
    AS channel_code,
  t.operation IN ('VKLAD', 'VYBER', 'VYBER KARTOU') AS is_cash,
  false AS is_reversal,
  coalesce(t.k_symbol IN ('UROK', 'SLUZBY', 'SANKC. UROK'), false) AS is_bank_initiated,
  CASE WHEN t.k_symbol IN ('UROK', 'SLUZBY', 'SANKC. UROK') THEN 'bank' ELSE 'customer' END AS initiator_code,
  t.account AS counterparty_account,
  t.bank AS counterparty_bank_code,
  t.source_file_id,
  t.source_line
FROM berka_trans AS t
LEFT JOIN berka_account AS a ON a.account_id = t.account_id
LEFT JOIN (SELECT account_id, client_id FROM berka_disp WHERE type = 'OWNER') AS o ON o.account_id = t.account_id
