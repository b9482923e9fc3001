SELECT
  FQYWBH AS instalment_number,
  XYKZH AS account_number,
  coalesce(KHTYBH, 'none') AS customer_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  FQYWLX AS instalment_type,
  BLFQRQ AS agreed_on,
  coalesce(BZ, 'CNY') AS currency,
  FQJE AS instalment_amount,
  FQQS AS instalment_count,
  CAST(FQLL * 0.01 AS DECIMAL(12,6)) AS interest_rate,
  source_file_id,
  source_line
FROM east5_xykfqywb
