SELECT
  source_code,
  feed_code,
  CAST(business_date AS STRING) AS business_date,
  CAST(line_count - loaded_count - quarantined_count - duplicate_count AS DECIMAL(38, 2)) AS difference_amount
FROM delivery
WHERE
  line_count <> loaded_count + quarantined_count + duplicate_count
