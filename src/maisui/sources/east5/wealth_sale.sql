SELECT
  YWQRRQ AS confirmed_on,
  JYXLH AS transaction_number,
  HTBH AS contract_number,
  KHZJLB AS certificate_type,
  KHZJHM AS certificate_number,
  GLHQCKZH AS account_number,
  coalesce(LCCPDM, CPDJBM, 'unknown') AS product_code,
  LCCPMC AS product_name,
  CPDJBM AS registration_code,
  YWZL AS sale_type,
  SFDX = '是' AS is_agency,
  coalesce(BZ, 'CNY') AS currency,
  coalesce(QRJE, CAST(0 AS DECIMAL(18,2))) AS amount,
  coalesce(SXFJE, CAST(0 AS DECIMAL(18,2))) AS fee_amount,
  JYGYH AS teller_number,
  source_file_id,
  source_line
FROM east5_lccpxsmx
