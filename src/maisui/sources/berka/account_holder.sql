SELECT
  account_id AS account_number,
  client_id AS customer_number,
  CASE type WHEN 'OWNER' THEN 'owner' ELSE 'authorised' END AS holder_role,
  source_file_id,
  source_line
FROM berka_disp
