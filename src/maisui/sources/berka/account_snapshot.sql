SELECT
  a.delivered_on AS reported_on,
  a.account_id AS account_number,
  'CZK' AS currency,
  'none' AS cash_form,
  'deposit' AS account_kind,
  coalesce(o.client_id, 'none') AS customer_number,
  a.district_id AS organisation_code,
  'current_account' AS product_code,
  'demand_deposit' AS product_group,
  a.date AS opened_on,
  a.source_file_id,
  a.source_line
FROM berka_account AS a
LEFT JOIN (SELECT account_id, client_id FROM berka_disp WHERE type = 'OWNER') AS o ON o.account_id = a.account_id
