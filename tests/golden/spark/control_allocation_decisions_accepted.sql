SELECT
  CAST(decision_number AS STRING) AS decision_number,
  COALESCE(employee_number, 'unassigned') AS employee_number,
  object_kind,
  refusal_code,
  source_file_id,
  CAST(source_line AS STRING) AS source_line,
  result_share AS difference_amount
FROM allocation_decision
WHERE
  NOT is_accepted
