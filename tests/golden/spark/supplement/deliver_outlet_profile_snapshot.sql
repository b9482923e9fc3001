SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.grade_code AS STRING) AS grade_code,
  CAST(q.area_kind AS STRING) AS area_kind,
  CAST(q.floor_area AS BIGINT) AS floor_area,
  CAST(q.opens_at AS STRING) AS opens_at,
  CAST(q.closes_at AS STRING) AS closes_at,
  CAST(q.latitude AS DECIMAL(12, 6)) AS latitude,
  CAST(q.longitude AS DECIMAL(12, 6)) AS longitude,
  CAST(q.catchment_households AS BIGINT) AS catchment_households,
  CAST(q.competitor_count AS BIGINT) AS competitor_count,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.successor_code AS STRING) AS successor_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.organisation_code,
    m.grade_code,
    m.area_kind,
    m.floor_area,
    m.opens_at,
    m.closes_at,
    m.latitude,
    m.longitude,
    m.catchment_households,
    m.competitor_count,
    m.closed_on,
    m.successor_code,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      organisation_code,
      grade_code,
      CASE area_kind
        WHEN '城区'
        THEN 'urban'
        WHEN '镇区'
        THEN 'town'
        WHEN '乡村'
        THEN 'township'
      END AS area_kind,
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
  ) AS m
) AS q
