SELECT
  delivered_on AS reported_on,
  'RU01' AS organisation_code,
  'Training bank' AS organisation_name,
  'head_office' AS organisation_kind,
  CAST(NULL AS VARCHAR) AS parent_code,
  true AS is_open,
  source_file_id,
  source_line
FROM neoflex_gl_balance
QUALIFY row_number() OVER (PARTITION BY delivered_on ORDER BY source_file_id, source_line) = 1
