SELECT
  delivered_on AS reported_on,
  village_code,
  latitude,
  longitude,
  source_file_id,
  source_line
FROM supplement_village_position
