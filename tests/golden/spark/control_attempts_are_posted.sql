SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  channel_code,
  transaction_type,
  agency_code,
  CAST(SUM(unposted_count) AS DECIMAL(38, 2)) AS difference_amount
FROM channel_attempt_day
WHERE
  unposted_count > 0
GROUP BY
  business_date,
  organisation_code,
  channel_code,
  transaction_type,
  agency_code
