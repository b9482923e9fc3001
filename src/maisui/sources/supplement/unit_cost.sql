SELECT
  cost_item_code,
  channel_code,
  effective_from,
  cost_item_name,
  CASE cost_unit_kind WHEN '笔' THEN 'transaction' WHEN '户' THEN 'account' WHEN '户月' THEN 'account_month' WHEN '人月' THEN 'employee_month' END AS cost_unit_kind,
  unit_cost_amount,
  source_file_id,
  source_line
FROM supplement_unit_cost
