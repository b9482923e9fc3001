SELECT
  order_id AS order_number,
  account_id AS account_number,
  bank_to AS counterparty_bank_code,
  account_to AS counterparty_account,
  amount,
  nullif(k_symbol, ' ') AS purpose,
  source_file_id,
  source_line
FROM berka_order
