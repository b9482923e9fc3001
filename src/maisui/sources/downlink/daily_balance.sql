SELECT
  ACCT_NO AS account_number,
  CCY AS currency,
  delivered_on AS held_on,
  ACCT_BAL AS balance,
  source_file_id,
  source_line
FROM downlink_core_ddmast
