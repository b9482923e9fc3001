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
    WHEN length(CSNY) = 6 AND CSNY BETWEEN '190001' AND '299912' AND substr(CSNY, 5, 2) BETWEEN '01' AND '12'
      THEN CAST(strptime(concat(CSNY, '01'), '%Y%m%d') AS DATE)
  END AS born_on,
  SFNH = '是' AS is_farmer,
  BHYGBZ = '是' AS is_employee,
  CAST(NULL AS VARCHAR) AS industry_code,
  CAST(NULL AS VARCHAR) AS region_code,
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
  CAST(NULL AS VARCHAR) AS sex,
  CAST(NULL AS DATE) AS born_on,
  CAST(NULL AS BOOLEAN) AS is_farmer,
  CAST(NULL AS BOOLEAN) AS is_employee,
  SSHY AS industry_code,
  XZQHDM AS region_code,
  source_file_id,
  source_line
FROM east5_dgkhxxb
