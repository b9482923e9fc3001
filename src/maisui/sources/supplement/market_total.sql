SELECT
  month_end_on,
  CASE business_kind WHEN '存款' THEN 'deposit' ELSE 'loan' END AS business_kind,
  bank_name,
  is_own_bank = '是' AS is_own_bank,
  market_product_name,
  town_code,
  town_name,
  market_balance,
  source_file_id,
  source_line
FROM supplement_market_total
