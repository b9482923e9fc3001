SELECT
  delivered_on AS reported_on,
  KHZJLB AS certificate_type,
  KHZJHM AS certificate_number,
  coalesce(CPDJBM, LCCPMC, 'unknown') AS product_code,
  LCCPMC AS product_name,
  coalesce(BZ, 'CNY') AS currency,
  KHCYRQ AS held_since,
  coalesce(KHCYLCYE, CAST(0 AS DECIMAL(18,2))) AS market_amount,
  KHCYLCZSRMBYE AS local_amount,
  source_file_id,
  source_line
FROM east5_khlccpcy
