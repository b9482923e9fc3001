SELECT
  complaint_number,
  received_on,
  organisation_code,
  customer_number,
  employee_number,
  intake_channel_type,
  complaint_type,
  CASE complaint_status WHEN '处理中' THEN 'open' WHEN '已办结' THEN 'settled' WHEN '已撤回' THEN 'withdrawn' END AS complaint_status,
  is_justified = '是' AS is_justified,
  settled_on,
  source_file_id,
  source_line
FROM supplement_complaint
