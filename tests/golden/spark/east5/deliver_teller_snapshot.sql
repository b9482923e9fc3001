SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.is_physical AS BOOLEAN) AS is_physical,
  CAST(q.teller_status AS STRING) AS teller_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.teller_number,
    m.employee_number,
    m.organisation_code,
    m.is_physical,
    m.teller_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      GYH AS teller_number,
      GH AS employee_number,
      NBJGH AS organisation_code,
      COALESCE(SFSTGY = '是', TRUE) AS is_physical,
      GYZT AS teller_status,
      source_file_id,
      source_line
    FROM east5_gyb
  ) AS m
) AS q
