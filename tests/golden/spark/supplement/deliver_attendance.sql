SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.worked_on AS DATE) AS worked_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.attendance_status AS STRING) AS attendance_status,
  CAST(q.work_minute_count AS BIGINT) AS work_minute_count,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.employee_number,
    m.worked_on,
    m.organisation_code,
    m.attendance_status,
    m.work_minute_count,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      employee_number,
      worked_on,
      organisation_code,
      CASE attendance_status
        WHEN '出勤'
        THEN 'present'
        WHEN '休假'
        THEN 'leave'
        WHEN '病假'
        THEN 'sick'
        WHEN '事假'
        THEN 'absence'
        WHEN '培训'
        THEN 'training'
        WHEN '旷工'
        THEN 'unexcused'
        ELSE CASE WHEN NOT attendance_status IS NULL THEN 'unknown' END
      END AS attendance_status,
      work_minute_count,
      source_file_id,
      source_line
    FROM supplement_attendance
  ) AS m
) AS q
