SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.holder_kind AS STRING) AS holder_kind,
  CAST(q.holder_code AS STRING) AS holder_code,
  CAST(q.metric_code AS STRING) AS metric_code,
  CAST(q.period_from AS DATE) AS period_from,
  CAST(q.period_end_on AS DATE) AS period_end_on,
  CAST(q.target_amount AS DECIMAL(18, 2)) AS target_amount,
  CAST(q.target_rate AS DECIMAL(12, 6)) AS target_rate,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.holder_kind,
    m.holder_code,
    m.metric_code,
    m.period_from,
    m.period_end_on,
    m.target_amount,
    m.target_rate,
    m.organisation_code,
    m.source_file_id,
    m.source_line
  FROM (
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
  ) AS m
) AS q
