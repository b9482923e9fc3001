SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.input_code AS STRING) AS input_code,
  CAST(q.measured_on AS DATE) AS measured_on,
  CAST(q.input_amount AS DECIMAL(18, 2)) AS input_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.input_code,
    m.measured_on,
    m.input_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      CASE
        WHEN input_code IN (
          'net_capital',
          'tier_one_capital',
          'risk_weighted_assets',
          'liquid_assets',
          'liquid_liabilities',
          'core_liabilities',
          'total_liabilities'
        )
        THEN input_code
        WHEN input_code = '资本净额'
        THEN 'net_capital'
        WHEN input_code = '一级资本净额'
        THEN 'tier_one_capital'
        WHEN input_code = '风险加权资产'
        THEN 'risk_weighted_assets'
        WHEN input_code = '流动性资产'
        THEN 'liquid_assets'
        WHEN input_code = '流动性负债'
        THEN 'liquid_liabilities'
        WHEN input_code = '核心负债'
        THEN 'core_liabilities'
        WHEN input_code = '总负债'
        THEN 'total_liabilities'
        ELSE CONCAT('other_', COALESCE(input_code, ''))
      END AS input_code,
      measured_on,
      input_amount,
      source_file_id,
      source_line
    FROM supplement_regulatory_input
  ) AS m
) AS q
