SELECT
  CAST(last_seen_on AS STRING) AS business_date,
  organisation_code,
  check_code,
  key_count,
  row_count,
  CAST(key_count AS DECIMAL(38, 2)) AS difference_amount
FROM orphan_key
