SELECT
  delivered_on AS reported_on,
  customer_id AS customer_number,
  'personal' AS customer_kind,
  first_name AS customer_name,
  'ANZ' AS organisation_code,
  CASE gender WHEN 'F' THEN 'female' WHEN 'M' THEN 'male' END AS sex,
  source_file_id,
  source_line
FROM anz_transaction
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY extraction DESC, source_line DESC) = 1
