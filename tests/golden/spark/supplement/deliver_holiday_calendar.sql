SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.holiday_date AS DATE) AS holiday_date,
  CAST(q.day_kind AS STRING) AS day_kind,
  CAST(q.holiday_name AS STRING) AS holiday_name,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.holiday_date,
    m.day_kind,
    m.holiday_name,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      holiday_date,
      CASE day_kind WHEN '放假' THEN 'holiday' ELSE 'make_up' END AS day_kind,
      holiday_name,
      source_file_id,
      source_line
    FROM supplement_holiday_calendar
  ) AS m
) AS q
