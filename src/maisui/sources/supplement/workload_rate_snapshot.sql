SELECT
  delivered_on AS reported_on,
  transaction_code,
  workload_rate,
  valid_from,
  CASE WHEN valid_until < DATE '9999-01-01' THEN valid_until END AS valid_until,
  source_file_id,
  source_line
FROM supplement_workload_rate
