SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  subject_code,
  currency,
  difference_amount
FROM ledger_tie
WHERE
  difference_amount <> 0
