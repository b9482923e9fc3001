SELECT
  XYKZH AS account_number,
  JYXLH AS transaction_number,
  KH AS card_number,
  coalesce(BZ, 'CNY') AS currency,
  coalesce(KHTYBH, 'none') AS customer_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  MXKMBH AS subject_code,
  coalesce(HXJYRQ, delivered_on) AS posted_on,
  HXJYSJ AS posted_time,
  coalesce(JYJE, CAST(0 AS DECIMAL(18,2))) AS amount,
  CASE JYJDBZ
    WHEN '借' THEN coalesce(JYJE, CAST(0 AS DECIMAL(18,2)))
    WHEN '贷' THEN -coalesce(JYJE, CAST(0 AS DECIMAL(18,2)))
    ELSE CAST(0 AS DECIMAL(18,2))
  END AS overdraft_change,
  KPJYLX AS transaction_type,
  JYQD AS channel_type,
  SHBH AS merchant_number,
  SXFJE AS fee_amount,
  FQFKBZ = '是' AS is_instalment,
  source_file_id,
  source_line
FROM east5_xykjymxb
