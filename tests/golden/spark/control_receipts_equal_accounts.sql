SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  currency,
  difference_amount
FROM loan_tie
WHERE
  difference_amount <> 0
