SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.report_name AS STRING) AS report_name,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.measured_on AS DATE) AS measured_on,
  CAST(q.metric_code AS STRING) AS metric_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.reported_amount AS DECIMAL(18, 2)) AS reported_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.report_name,
    m.organisation_code,
    m.measured_on,
    m.metric_code,
    m.account_number,
    m.reported_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      report_name,
      organisation_code,
      measured_on,
      metric_code,
      account_number,
      reported_amount,
      source_file_id,
      source_line
    FROM supplement_reported_detail
  ) AS m
) AS q
