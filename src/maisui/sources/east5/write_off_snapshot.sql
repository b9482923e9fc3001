SELECT
  delivered_on AS reported_on,
  JJH AS loan_number,
  HTH AS contract_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  ZCLX AS asset_type,
  BZ AS currency,
  HXBJ AS written_off_principal_amount,
  CAST(coalesce(SHBNLX, 0) + coalesce(SHBWLX, 0) AS DECIMAL(18,2)) AS written_off_interest_amount,
  HXRQ AS written_off_on,
  SHBJ AS recovered_principal_amount,
  SHLX AS recovered_interest_amount,
  SHRQ AS recovered_on,
  HXZT AS write_off_status,
  source_file_id,
  source_line
FROM east5_zchxb
