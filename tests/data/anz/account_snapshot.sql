SELECT
  delivered_on AS reported_on,
  account AS account_number,
  currency,
  'none' AS cash_form,
  'deposit' AS account_kind,
  customer_id AS customer_number,
  'ANZ' AS organisation_code,
  'current_account' AS product_code,
  'demand_deposit' AS product_group,
  CAST(round(balance, 2) AS DECIMAL(18,2)) AS balance,
  source_file_id,
  source_line
FROM anz_transaction
QUALIFY row_number() OVER (PARTITION BY account ORDER BY extraction DESC, source_line DESC) = 1
