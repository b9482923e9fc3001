SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.employee_name AS STRING) AS employee_name,
  CAST(q.post_name AS STRING) AS post_name,
  CAST(q.post_code AS STRING) AS post_code,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.is_on_duty AS BOOLEAN) AS is_on_duty,
  CAST(q.started_on AS DATE) AS started_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.employee_number,
    m.organisation_code,
    m.employee_name,
    m.post_name,
    m.post_code,
    m.certificate_type,
    m.certificate_number,
    m.is_on_duty,
    m.started_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      GH AS employee_number,
      NBJGH AS organisation_code,
      XM AS employee_name,
      GWMC AS post_name,
      GWBH AS post_code,
      ZJLB AS certificate_type,
      ZJHM AS certificate_number,
      COALESCE(YGZT LIKE '%在岗%' OR YGZT LIKE '%在职%' OR YGZT = '正常', FALSE) AS is_on_duty,
      RZRQ AS started_on,
      source_file_id,
      source_line
    FROM east5_ygb
  ) AS m
) AS q
