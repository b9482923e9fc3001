SELECT
  WBBZ AS currency,
  coalesce(BBBZ, 'CNY') AS local_currency,
  HLRQ AS valid_from,
  coalesce(WBSL, CAST(1 AS DECIMAL(18,2))) AS quoted_amount,
  ZBBSL AS exchange_rate,
  source_file_id,
  source_line
FROM east5_hlxxb
WHERE ZBBSL > 0 AND coalesce(WBSL, CAST(1 AS DECIMAL(18,2))) > 0 AND coalesce(BBBZ, 'CNY') = 'CNY'
