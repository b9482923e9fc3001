SELECT
  delivered_on AS reported_on,
  customer_number,
  customer_name,
  certificate_type,
  certificate_number,
  phone_number,
  source_file_id,
  source_line
FROM supplement_customer_identity
