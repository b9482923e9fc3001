SELECT
  l.delivered_on AS reported_on,
  l.loan_id AS loan_number,
  l.account_id AS account_number,
  coalesce(o.client_id, 'none') AS customer_number,
  coalesce(a.district_id, 'none') AS organisation_code,
  'loan' AS product_code,
  'CZK' AS currency,
  l.amount AS disbursed_amount,
  'unclassified' AS loan_class,
  CASE l.status
    WHEN 'A' THEN 'settled'
    WHEN 'B' THEN 'defaulted'
    WHEN 'C' THEN 'current'
    ELSE 'overdue'
  END AS loan_status,
  l.date AS disbursed_on,
  l.source_file_id,
  l.source_line
FROM berka_loan AS l
LEFT JOIN berka_account AS a ON a.account_id = l.account_id
LEFT JOIN (SELECT account_id, client_id FROM berka_disp WHERE type = 'OWNER') AS o ON o.account_id = l.account_id
