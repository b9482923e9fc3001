SELECT
  delivered_on AS reported_on,
  GYH AS teller_number,
  GH AS employee_number,
  NBJGH AS organisation_code,
  coalesce(SFSTGY = '是', true) AS is_physical,
  GYZT AS teller_status,
  source_file_id,
  source_line
FROM east5_gyb
