SELECT
  CAST(decision_number AS STRING) AS decision_number,
  COALESCE(tier_code, 'none') AS tier_code,
  refusal_code,
  source_file_id,
  CAST(source_line AS STRING) AS source_line,
  CAST(1 AS DECIMAL(38, 2)) AS difference_amount
FROM tier_decision
WHERE
  NOT is_accepted
