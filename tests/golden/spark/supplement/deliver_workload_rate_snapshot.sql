SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.transaction_code AS STRING) AS transaction_code,
  CAST(q.workload_rate AS DECIMAL(12, 6)) AS workload_rate,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.transaction_code,
    m.workload_rate,
    m.valid_from,
    m.valid_until,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      transaction_code,
      workload_rate,
      valid_from,
      CASE WHEN valid_until < CAST('9999-01-01' AS DATE) THEN valid_until END AS valid_until,
      source_file_id,
      source_line
    FROM supplement_workload_rate
  ) AS m
) AS q
