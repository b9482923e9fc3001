SELECT
  delivered_on AS reported_on,
  organisation_code,
  grade_code,
  CASE area_kind WHEN '城区' THEN 'urban' WHEN '镇区' THEN 'town' WHEN '乡村' THEN 'township' END AS area_kind,
  floor_area,
  opens_at,
  closes_at,
  latitude,
  longitude,
  catchment_households,
  competitor_count,
  closed_on,
  successor_code,
  source_file_id,
  source_line
FROM supplement_outlet_profile
