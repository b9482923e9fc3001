SELECT
  CAST(last_unknown_on AS STRING) AS business_date,
  table_name,
  column_name,
  CAST(unknown_count AS DECIMAL(38, 2)) AS difference_amount
FROM unknown_word
WHERE
  unknown_count > 0
