SELECT
  fee_number,
  charged_on,
  coalesce(customer_number, 'none') AS customer_number,
  account_number,
  coalesce(organisation_code, 'none') AS organisation_code,
  fee_type,
  product_code,
  currency,
  fee_amount,
  source_file_id,
  source_line
FROM supplement_fee
