SELECT
  customer_number,
  surviving_number,
  decided_on,
  decision_number,
  CASE merge_decision WHEN '撤销' THEN 'undo' ELSE 'confirm' END AS merge_decision,
  decided_by,
  decision_reason,
  source_file_id,
  source_line
FROM supplement_customer_merge_decision
