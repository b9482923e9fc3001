SELECT
  CASE holder_kind WHEN '机构' THEN 'organisation' WHEN '员工' THEN 'employee' END AS holder_kind,
  holder_code,
  metric_code,
  period_from,
  period_end_on,
  target_amount,
  target_rate,
  organisation_code,
  source_file_id,
  source_line
FROM supplement_target
