SELECT
  employee_number,
  worked_on,
  organisation_code,
  CASE attendance_status WHEN '出勤' THEN 'present' WHEN '休假' THEN 'leave' WHEN '病假' THEN 'sick' WHEN '事假' THEN 'absence' WHEN '培训' THEN 'training' WHEN '旷工' THEN 'unexcused' ELSE CASE WHEN attendance_status IS NOT NULL THEN 'unknown' END END AS attendance_status,
  work_minute_count,
  source_file_id,
  source_line
FROM supplement_attendance
