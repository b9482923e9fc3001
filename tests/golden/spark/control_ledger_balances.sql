SELECT
  CAST(business_date AS STRING) AS business_date,
  'all' AS organisation_code,
  'leaf subjects' AS subject_code,
  currency,
  CAST(SUM(CASE balance_side WHEN 'credit' THEN -balance ELSE balance END) AS DECIMAL(38, 2)) AS difference_amount
FROM ledger_day
GROUP BY
  business_date,
  currency
HAVING
  SUM(CASE balance_side WHEN 'credit' THEN -balance ELSE balance END) <> 0
