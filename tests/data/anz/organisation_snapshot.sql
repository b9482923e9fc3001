SELECT
  delivered_on AS reported_on,
  'ANZ' AS organisation_code,
  'ANZ' AS organisation_name,
  'head_office' AS organisation_kind,
  CAST(NULL AS VARCHAR) AS parent_code,
  true AS is_open,
  max(source_file_id) AS source_file_id,
  CAST(min(source_line) AS BIGINT) AS source_line
FROM anz_transaction
GROUP BY delivered_on
