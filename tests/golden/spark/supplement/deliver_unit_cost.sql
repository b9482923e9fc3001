SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.cost_item_code AS STRING) AS cost_item_code,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.effective_from AS DATE) AS effective_from,
  CAST(q.cost_item_name AS STRING) AS cost_item_name,
  CAST(q.cost_unit_kind AS STRING) AS cost_unit_kind,
  CAST(q.unit_cost_amount AS DECIMAL(18, 2)) AS unit_cost_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.cost_item_code,
    m.channel_code,
    m.effective_from,
    m.cost_item_name,
    m.cost_unit_kind,
    m.unit_cost_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      cost_item_code,
      channel_code,
      effective_from,
      cost_item_name,
      CASE cost_unit_kind
        WHEN '笔'
        THEN 'transaction'
        WHEN '户'
        THEN 'account'
        WHEN '户月'
        THEN 'account_month'
        WHEN '人月'
        THEN 'employee_month'
      END AS cost_unit_kind,
      unit_cost_amount,
      source_file_id,
      source_line
    FROM supplement_unit_cost
  ) AS m
) AS q
