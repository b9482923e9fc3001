SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.post_code AS STRING) AS post_code,
  CAST(q.post_name AS STRING) AS post_name,
  CAST(q.post_kind AS STRING) AS post_kind,
  CAST(q.post_status AS STRING) AS post_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.organisation_code,
    m.post_code,
    m.post_name,
    m.post_kind,
    m.post_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      NBJGH AS organisation_code,
      GWBH AS post_code,
      GWMC AS post_name,
      GWZL AS post_kind,
      GWZT AS post_status,
      source_file_id,
      source_line
    FROM east5_gwxxb
  ) AS m
) AS q
