SELECT
  report_name,
  organisation_code,
  measured_on,
  metric_code,
  currency,
  CAST(
    CASE unit WHEN '万元' THEN CAST(reported_value AS DECIMAL(28,2)) * CAST('10000' AS DECIMAL(5,0)) ELSE reported_value END AS DECIMAL(38,2)
  ) AS reported_amount,
  CASE unit WHEN '万元' THEN 'ten_thousand' WHEN '%' THEN 'percent' WHEN '‰' THEN 'per_mille' ELSE 'yuan' END AS unit_code,
  report_note,
  source_file_id,
  source_line
FROM supplement_reported_figure
