SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.village_code AS STRING) AS village_code,
  CAST(q.latitude AS DECIMAL(12, 6)) AS latitude,
  CAST(q.longitude AS DECIMAL(12, 6)) AS longitude,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.village_code,
    m.latitude,
    m.longitude,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      village_code,
      latitude,
      longitude,
      source_file_id,
      source_line
    FROM supplement_village_position
  ) AS m
) AS q
