SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.curve_code AS STRING) AS curve_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.tenor_day_count AS BIGINT) AS tenor_day_count,
  CAST(q.effective_from AS DATE) AS effective_from,
  CAST(q.transfer_rate AS DECIMAL(12, 6)) AS transfer_rate,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.curve_code,
    m.currency,
    m.tenor_day_count,
    m.effective_from,
    m.transfer_rate,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      curve_code,
      currency,
      tenor_day_count,
      effective_from,
      transfer_rate,
      source_file_id,
      source_line
    FROM supplement_transfer_price
  ) AS m
) AS q
