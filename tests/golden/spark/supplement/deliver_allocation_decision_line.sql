SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.line_number AS BIGINT) AS line_number,
  CAST(q.decision_kind AS STRING) AS decision_kind,
  CAST(q.object_kind AS STRING) AS object_kind,
  CAST(q.object_number AS STRING) AS object_number,
  CAST(q.business_line AS STRING) AS business_line,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.result_share AS DECIMAL(12, 6)) AS result_share,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.proposed_by AS STRING) AS proposed_by,
  CAST(q.approved_by AS STRING) AS approved_by,
  CAST(q.decision_reason AS STRING) AS decision_reason,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.decision_number,
    m.line_number,
    m.decision_kind,
    m.object_kind,
    m.object_number,
    m.business_line,
    m.employee_number,
    m.result_share,
    m.valid_from,
    m.valid_until,
    m.proposed_by,
    m.approved_by,
    m.decision_reason,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      CAST(decision_number AS BIGINT) AS decision_number,
      CAST(line_number AS BIGINT) AS line_number,
      CASE decision_kind
        WHEN '认领'
        THEN 'claim'
        WHEN '移交'
        THEN 'transfer'
        WHEN '离职交接'
        THEN 'hand_over'
        WHEN '再分配'
        THEN 'share_out'
        ELSE 'correction'
      END AS decision_kind,
      CASE
        WHEN object_kind IN ('账户', 'account')
        THEN 'account'
        WHEN object_kind IN ('客户', 'customer')
        THEN 'customer'
        ELSE 'village'
      END AS object_kind,
      object_number,
      CASE
        WHEN business_line IN ('存款', 'deposit')
        THEN 'deposit'
        WHEN business_line IN ('贷款', 'loan')
        THEN 'loan'
        ELSE 'all'
      END AS business_line,
      employee_number,
      CAST(share_percent * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(12, 6)) AS result_share,
      valid_from,
      CASE WHEN valid_until < CAST('9999-01-01' AS DATE) THEN valid_until END AS valid_until,
      proposed_by,
      approved_by,
      decision_reason,
      source_file_id,
      source_line
    FROM supplement_allocation_decision
  ) AS m
) AS q
