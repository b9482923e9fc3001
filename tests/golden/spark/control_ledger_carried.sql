SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  subject_code,
  currency,
  check_code,
  difference_amount
FROM ledger_break
WHERE
  check_code IN ('carried')
