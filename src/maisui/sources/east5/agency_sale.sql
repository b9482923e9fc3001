SELECT
  JYBH AS transaction_number,
  coalesce(KHTYBH, 'none') AS customer_number,
  KHZH AS account_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  DLDXJYLX AS agency_type,
  coalesce(DXCPMC, 'unknown') AS product_code,
  CASE
    WHEN JYFX LIKE '%买%' OR JYFX LIKE '%申购%' OR JYFX LIKE '%认购%' THEN 'buy'
    WHEN JYFX LIKE '%卖%' OR JYFX LIKE '%赎回%' OR JYFX LIKE '%兑付%' THEN 'sell'
    ELSE 'other'
  END AS sale_kind,
  coalesce(JYRQ, delivered_on) AS traded_on,
  coalesce(BZ, 'CNY') AS currency,
  coalesce(JYJE, CAST(0 AS DECIMAL(18,2))) AS amount,
  FXJGMC AS issuer_name,
  coalesce(SXFJE, CAST(0 AS DECIMAL(18,2))) AS fee_amount,
  XZBZ = '现' AS is_cash,
  JYYGH AS employee_number,
  source_file_id,
  source_line
FROM east5_dldxjyxxb
