SELECT
  error_number,
  occurred_on,
  organisation_code,
  teller_number,
  CASE error_class WHEN '一类' THEN 'first' WHEN '二类' THEN 'second' WHEN '三类' THEN 'third' END AS error_class,
  error_type,
  transaction_code,
  found_on,
  corrected_on,
  source_file_id,
  source_line
FROM supplement_staff_error
