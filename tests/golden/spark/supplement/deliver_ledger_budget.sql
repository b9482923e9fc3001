SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.budget_item_kind AS STRING) AS budget_item_kind,
  CAST(q.budget_item_code AS STRING) AS budget_item_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.period_from AS DATE) AS period_from,
  CAST(q.period_end_on AS DATE) AS period_end_on,
  CAST(q.budget_amount AS DECIMAL(18, 2)) AS budget_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.organisation_code,
    m.budget_item_kind,
    m.budget_item_code,
    m.currency,
    m.period_from,
    m.period_end_on,
    m.budget_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      organisation_code,
      CASE item_kind WHEN '科目' THEN 'subject' WHEN '报表行' THEN 'line' ELSE 'own_line' END AS budget_item_kind,
      item_code AS budget_item_code,
      currency,
      period_from,
      period_end_on,
      budget_amount,
      source_file_id,
      source_line
    FROM supplement_ledger_budget
  ) AS m
) AS q
