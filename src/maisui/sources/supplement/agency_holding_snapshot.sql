SELECT
  delivered_on AS reported_on,
  customer_number,
  product_code,
  product_name,
  currency,
  market_amount,
  held_since,
  source_file_id,
  source_line
FROM supplement_agency_holding
