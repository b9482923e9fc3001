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
