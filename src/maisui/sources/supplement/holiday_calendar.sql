SELECT
  holiday_date,
  CASE day_kind WHEN '放假' THEN 'holiday' ELSE 'make_up' END AS day_kind,
  holiday_name,
  source_file_id,
  source_line
FROM supplement_holiday_calendar
