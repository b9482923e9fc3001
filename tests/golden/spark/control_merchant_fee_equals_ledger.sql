SELECT
  CAST(business_date AS STRING) AS business_date,
  line_code,
  currency,
  difference_amount
FROM merchant_fee_tie
WHERE
  difference_amount <> 0
