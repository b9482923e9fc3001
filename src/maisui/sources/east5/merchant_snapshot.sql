SELECT
  delivered_on AS reported_on,
  coalesce(SHBH, 'none') AS merchant_number,
  coalesce(ZDH, 'none') AS terminal_number,
  SHMC AS merchant_name,
  coalesce(NBJGH, 'none') AS organisation_code,
  SFPOS = '是' AS is_pos,
  SHMCCM AS merchant_class,
  QSZH AS settlement_account_number,
  SHZT AS merchant_status,
  QXRQ AS valid_from,
  SXRQ AS valid_until,
  source_file_id,
  source_line
FROM east5_sdshxxb
QUALIFY row_number() OVER (
  PARTITION BY delivered_on, coalesce(SHBH, 'none'), coalesce(ZDH, 'none') ORDER BY source_file_id DESC, source_line DESC
) = 1
