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
