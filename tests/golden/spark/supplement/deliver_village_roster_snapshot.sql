SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.village_code AS STRING) AS village_code,
  CAST(q.village_name AS STRING) AS village_name,
  CAST(q.grid_code AS STRING) AS grid_code,
  CAST(q.household_number AS STRING) AS household_number,
  CAST(q.member_line AS BIGINT) AS member_line,
  CAST(q.member_name AS STRING) AS member_name,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.is_head AS BOOLEAN) AS is_head,
  CAST(q.kin_to_head AS STRING) AS kin_to_head,
  CAST(q.manager_number AS STRING) AS manager_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.village_code,
    m.village_name,
    m.grid_code,
    m.household_number,
    m.member_line,
    m.member_name,
    m.certificate_number,
    m.customer_number,
    m.is_head,
    m.kin_to_head,
    m.manager_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      village_code,
      village_name,
      grid_code,
      household_number,
      member_line,
      member_name,
      certificate_number,
      customer_number,
      is_head = '是' AS is_head,
      kin_to_head,
      manager_number,
      source_file_id,
      source_line
    FROM supplement_village_roster
  ) AS m
) AS q
