SELECT
  delivered_on AS reported_on,
  A1 AS organisation_code,
  A2 AS organisation_name,
  'outlet' AS organisation_kind,
  CAST(NULL AS VARCHAR) AS parent_code,
  A3 AS region_code,
  true AS is_open,
  source_file_id,
  source_line
FROM berka_district
