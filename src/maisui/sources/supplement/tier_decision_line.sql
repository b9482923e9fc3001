SELECT
  CAST(decision_number AS BIGINT) AS decision_number,
  CASE decision_kind WHEN '核定' THEN 'set' ELSE 'end' END AS decision_kind,
  customer_number,
  tier_code,
  valid_from,
  valid_until AS decided_until,
  proposed_by,
  approved_by,
  decision_reason,
  source_file_id,
  source_line
FROM supplement_tier_decision
