SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  subject_code,
  currency,
  found_in,
  difference_amount
FROM ledger_tie
WHERE
  control_code = 'discount' AND difference_amount <> 0
