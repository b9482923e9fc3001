SELECT
  employee_number,
  object_kind,
  refusal_code,
  source_file_id,
  CAST(source_line AS STRING) AS source_line,
  result_share AS difference_amount
FROM manager_assignment
WHERE
  NOT is_accepted
