SELECT
  organisation_code,
  taken_on,
  ticket_number,
  taken_time,
  called_time,
  finished_time,
  counter_code,
  teller_number,
  customer_number,
  service_type,
  CASE rating_type WHEN '满意' THEN 'satisfied' WHEN '一般' THEN 'neutral' WHEN '不满意' THEN 'dissatisfied' ELSE CASE WHEN rating_type IS NOT NULL THEN 'unknown' END END AS rating_type,
  source_file_id,
  source_line
FROM supplement_queue_ticket
