SELECT
  attempt_number,
  attempted_on,
  attempted_time,
  CASE
    WHEN channel IN ('柜面', '01') THEN 'counter'
    WHEN channel IN ('ATM', '02') THEN 'atm'
    WHEN channel IN ('VTM', '03') THEN 'vtm'
    WHEN channel IN ('POS', '04') THEN 'pos'
    WHEN channel IN ('网银', '网上银行', '05') THEN 'internet_bank'
    WHEN channel IN ('手机银行', '06') THEN 'mobile_bank'
    WHEN channel = '07' OR channel LIKE '第三方支付%' THEN 'third_party'
    WHEN channel IN ('银联交易', '08') THEN 'union_pay'
    WHEN channel LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN channel = '00' OR channel LIKE '其他%' THEN 'other'
    ELSE 'unknown'
  END AS channel_code,
  CASE attempt_kind
    WHEN '取现' THEN 'cash_withdrawal'
    WHEN '存现' THEN 'cash_deposit'
    WHEN '转账' THEN 'transfer'
    WHEN '消费' THEN 'purchase'
    WHEN '代缴' THEN 'bill_payment'
    WHEN '代扣' THEN 'direct_debit'
    WHEN '查询' THEN 'enquiry'
    WHEN '登录' THEN 'log_in'
    ELSE 'other'
  END AS transaction_type,
  terminal_number,
  organisation_code,
  card_number,
  card_bank_code,
  acquirer_bank_code,
  is_successful = '是' AS is_successful,
  error_code,
  attempt_amount,
  fee_amount,
  session_number,
  transaction_number,
  source_file_id,
  source_line
FROM supplement_channel_log
