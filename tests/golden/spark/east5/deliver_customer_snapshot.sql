SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.customer_type AS STRING) AS customer_type,
  CAST(q.customer_name AS STRING) AS customer_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.sex AS STRING) AS sex,
  CAST(q.born_on AS DATE) AS born_on,
  CAST(q.is_farmer AS BOOLEAN) AS is_farmer,
  CAST(q.is_employee AS BOOLEAN) AS is_employee,
  CAST(q.industry_code AS STRING) AS industry_code,
  CAST(q.region_code AS STRING) AS region_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.customer_number,
    m.customer_kind,
    m.customer_type,
    m.customer_name,
    m.certificate_type,
    m.certificate_number,
    m.organisation_code,
    m.sex,
    m.born_on,
    m.is_farmer,
    m.is_employee,
    m.industry_code,
    m.region_code,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      KHTYBH AS customer_number,
      'personal' AS customer_kind,
      BXYGBZ AS customer_type,
      KHXM AS customer_name,
      ZJLB AS certificate_type,
      ZJHM AS certificate_number,
      NBJGH AS organisation_code,
      CASE XB WHEN '男' THEN 'male' WHEN '女' THEN 'female' END AS sex,
      CASE
        WHEN LENGTH(CSNY) = 6
        AND CSNY BETWEEN '190001' AND '299912'
        AND SUBSTRING(CSNY, 5, 2) BETWEEN '01' AND '12'
        THEN CAST(TO_TIMESTAMP(CONCAT(COALESCE(CSNY, ''), '01'), 'yyyyMMdd') AS DATE)
      END AS born_on,
      SFNH = '是' AS is_farmer,
      BHYGBZ = '是' AS is_employee,
      CAST(NULL AS STRING) AS industry_code,
      CAST(NULL AS STRING) AS region_code,
      source_file_id,
      source_line
    FROM east5_grjcxxb
    UNION ALL
    SELECT
      delivered_on AS reported_on,
      KHTYBH AS customer_number,
      'corporate' AS customer_kind,
      KHLX AS customer_type,
      KHMC AS customer_name,
      ZJLB AS certificate_type,
      ZJHM AS certificate_number,
      NBJGH AS organisation_code,
      CAST(NULL AS STRING) AS sex,
      CAST(NULL AS DATE) AS born_on,
      CAST(NULL AS BOOLEAN) AS is_farmer,
      CAST(NULL AS BOOLEAN) AS is_employee,
      SSHY AS industry_code,
      XZQHDM AS region_code,
      source_file_id,
      source_line
    FROM east5_dgkhxxb
  ) AS m
) AS q
