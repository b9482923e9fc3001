SELECT
  CASE
    WHEN input_code IN (
      'net_capital', 'tier_one_capital', 'risk_weighted_assets', 'liquid_assets', 'liquid_liabilities', 'core_liabilities',
      'total_liabilities'
    ) THEN input_code
    WHEN input_code = '资本净额' THEN 'net_capital'
    WHEN input_code = '一级资本净额' THEN 'tier_one_capital'
    WHEN input_code = '风险加权资产' THEN 'risk_weighted_assets'
    WHEN input_code = '流动性资产' THEN 'liquid_assets'
    WHEN input_code = '流动性负债' THEN 'liquid_liabilities'
    WHEN input_code = '核心负债' THEN 'core_liabilities'
    WHEN input_code = '总负债' THEN 'total_liabilities'
    ELSE concat('other_', input_code)
  END AS input_code,
  measured_on,
  input_amount,
  source_file_id,
  source_line
FROM supplement_regulatory_input
