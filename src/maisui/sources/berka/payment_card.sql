SELECT
  c.card_id AS card_number,
  coalesce(d.client_id, 'none') AS customer_number,
  d.account_id AS account_number,
  c.type AS card_type,
  c.issued AS issued_on,
  c.source_file_id,
  c.source_line
FROM berka_card AS c
LEFT JOIN berka_disp AS d ON d.disp_id = c.disp_id
