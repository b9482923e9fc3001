SELECT
  CAST(b.reported_on AS STRING) AS business_date,
  a.organisation_code,
  a.product_code,
  b.currency,
  CAST(SUM(b.difference_amount) AS DECIMAL(38, 2)) AS difference_amount
FROM balance_break AS b
INNER JOIN account AS a
  ON a.account_number = b.account_number AND a.currency = b.currency
GROUP BY
  b.reported_on,
  a.organisation_code,
  a.product_code,
  b.currency
