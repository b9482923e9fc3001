SELECT
  curve_code,
  currency,
  tenor_day_count,
  effective_from,
  transfer_rate,
  source_file_id,
  source_line
FROM supplement_transfer_price
