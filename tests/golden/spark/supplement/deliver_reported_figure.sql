SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.report_name AS STRING) AS report_name,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.measured_on AS DATE) AS measured_on,
  CAST(q.metric_code AS STRING) AS metric_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.reported_amount AS DECIMAL(38, 2)) AS reported_amount,
  CAST(q.unit_code AS STRING) AS unit_code,
  CAST(q.report_note AS STRING) AS report_note,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.report_name,
    m.organisation_code,
    m.measured_on,
    m.metric_code,
    m.currency,
    m.reported_amount,
    m.unit_code,
    m.report_note,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      report_name,
      organisation_code,
      measured_on,
      metric_code,
      currency,
      CAST(CASE unit
        WHEN '万元'
        THEN CAST(reported_value AS DECIMAL(28, 2)) * CAST('10000' AS DECIMAL(5, 0))
        ELSE reported_value
      END AS DECIMAL(38, 2)) AS reported_amount,
      CASE unit
        WHEN '万元'
        THEN 'ten_thousand'
        WHEN '%'
        THEN 'percent'
        WHEN '‰'
        THEN 'per_mille'
        ELSE 'yuan'
      END AS unit_code,
      report_note,
      source_file_id,
      source_line
    FROM supplement_reported_figure
  ) AS m
) AS q
