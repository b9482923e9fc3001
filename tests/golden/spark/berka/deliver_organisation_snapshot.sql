SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.organisation_name AS STRING) AS organisation_name,
  CAST(q.bank_code AS STRING) AS bank_code,
  CAST(q.organisation_kind AS STRING) AS organisation_kind,
  CAST(q.parent_code AS STRING) AS parent_code,
  CAST(q.region_code AS STRING) AS region_code,
  CAST(q.is_open AS BOOLEAN) AS is_open,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.status_word AS STRING) AS status_word,
  CAST(q.remark AS STRING) AS remark,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.organisation_code,
    m.organisation_name,
    CAST(NULL AS STRING) AS bank_code,
    m.organisation_kind,
    m.parent_code,
    m.region_code,
    m.is_open,
    CAST(NULL AS DATE) AS opened_on,
    CAST(NULL AS STRING) AS status_word,
    CAST(NULL AS STRING) AS remark,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      A1 AS organisation_code,
      A2 AS organisation_name,
      'outlet' AS organisation_kind,
      CAST(NULL AS STRING) AS parent_code,
      A3 AS region_code,
      TRUE AS is_open,
      source_file_id,
      source_line
    FROM berka_district
  ) AS m
) AS q
