SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.group_number AS STRING) AS group_number,
  CAST(q.member_number AS STRING) AS member_number,
  CAST(q.group_name AS STRING) AS group_name,
  CAST(q.parent_number AS STRING) AS parent_number,
  CAST(q.controller_name AS STRING) AS controller_name,
  CAST(q.controller_type AS STRING) AS controller_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.group_assets_amount AS DECIMAL(18, 2)) AS group_assets_amount,
  CAST(q.group_liabilities_amount AS DECIMAL(18, 2)) AS group_liabilities_amount,
  CAST(q.group_limit_amount AS DECIMAL(18, 2)) AS group_limit_amount,
  CAST(q.group_used_amount AS DECIMAL(18, 2)) AS group_used_amount,
  CAST(q.member_used_amount AS DECIMAL(18, 2)) AS member_used_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.group_number,
    m.member_number,
    m.group_name,
    m.parent_number,
    m.controller_name,
    m.controller_type,
    m.currency,
    m.group_assets_amount,
    m.group_liabilities_amount,
    m.group_limit_amount,
    m.group_used_amount,
    m.member_used_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      JTBH AS group_number,
      CYKHTYBH AS member_number,
      JTMC AS group_name,
      MGSKHTYBH AS parent_number,
      SKRMC AS controller_name,
      SKRLX AS controller_type,
      BZ AS currency,
      JTZCZE AS group_assets_amount,
      JTFZZE AS group_liabilities_amount,
      JTSXED AS group_limit_amount,
      JTYYED AS group_used_amount,
      CYYYED AS member_used_amount,
      source_file_id,
      source_line
    FROM east5_jtkhb
  ) AS m
) AS q
