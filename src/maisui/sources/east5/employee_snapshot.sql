SELECT
  delivered_on AS reported_on,
  GH AS employee_number,
  NBJGH AS organisation_code,
  XM AS employee_name,
  GWMC AS post_name,
  GWBH AS post_code,
  ZJLB AS certificate_type,
  ZJHM AS certificate_number,
  coalesce(YGZT LIKE '%在岗%' OR YGZT LIKE '%在职%' OR YGZT = '正常', false) AS is_on_duty,
  RZRQ AS started_on,
  source_file_id,
  source_line
FROM east5_ygb
