SELECT
  delivered_on AS reported_on,
  account_number,
  currency,
  value_on,
  term_months AS term_month_count,
  matures_on,
  is_auto_renewal = '是' AS is_auto_renewal,
  product_code,
  source_file_id,
  source_line
FROM supplement_deposit_term
