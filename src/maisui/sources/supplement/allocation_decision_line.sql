SELECT
  CAST(decision_number AS BIGINT) AS decision_number,
  CAST(line_number AS BIGINT) AS line_number,
  CASE decision_kind
    WHEN '认领' THEN 'claim' WHEN '移交' THEN 'transfer' WHEN '离职交接' THEN 'hand_over' WHEN '再分配' THEN 'share_out' ELSE 'correction'
  END AS decision_kind,
  CASE WHEN object_kind IN ('账户', 'account') THEN 'account' WHEN object_kind IN ('客户', 'customer') THEN 'customer' ELSE 'village' END
    AS object_kind,
  object_number,
  CASE WHEN business_line IN ('存款', 'deposit') THEN 'deposit' WHEN business_line IN ('贷款', 'loan') THEN 'loan' ELSE 'all' END
    AS business_line,
  employee_number,
  CAST(share_percent * CAST('0.01' AS DECIMAL(3,2)) AS DECIMAL(12,6)) AS result_share,
  valid_from,
  CASE WHEN valid_until < DATE '9999-01-01' THEN valid_until END AS valid_until,
  proposed_by,
  approved_by,
  decision_reason,
  source_file_id,
  source_line
FROM supplement_allocation_decision
