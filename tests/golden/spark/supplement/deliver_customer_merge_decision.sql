SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.surviving_number AS STRING) AS surviving_number,
  CAST(q.decided_on AS DATE) AS decided_on,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.merge_decision AS STRING) AS merge_decision,
  CAST(q.decided_by AS STRING) AS decided_by,
  CAST(q.decision_reason AS STRING) AS decision_reason,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.customer_number,
    m.surviving_number,
    m.decided_on,
    m.decision_number,
    m.merge_decision,
    m.decided_by,
    m.decision_reason,
    m.source_file_id,
    m.source_line
  FROM (
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
  ) AS m
) AS q
