SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.decision_kind AS STRING) AS decision_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.decided_until AS DATE) AS decided_until,
  CAST(q.proposed_by AS STRING) AS proposed_by,
  CAST(q.approved_by AS STRING) AS approved_by,
  CAST(q.decision_reason AS STRING) AS decision_reason,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.decision_number,
    m.decision_kind,
    m.customer_number,
    m.tier_code,
    m.valid_from,
    m.decided_until,
    m.proposed_by,
    m.approved_by,
    m.decision_reason,
    m.source_file_id,
    m.source_line
  FROM (
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
  ) AS m
) AS q
