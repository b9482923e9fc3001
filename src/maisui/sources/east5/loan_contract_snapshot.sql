SELECT
  delivered_on AS reported_on,
  XDHTH AS contract_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(XDYWZL, 'unknown') AS product_code,
  BZ AS currency,
  HTJE AS contract_amount,
  HTQSRQ AS starts_on,
  HTDQRQ AS matures_on,
  DBLX AS guarantee_type,
  KHJLGH AS manager_number,
  HTZT AS contract_status,
  source_file_id,
  source_line
FROM east5_xdhtb
