SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.attempt_number AS STRING) AS attempt_number,
  CAST(q.attempted_on AS DATE) AS attempted_on,
  CAST(q.attempted_time AS STRING) AS attempted_time,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.terminal_number AS STRING) AS terminal_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.card_number AS STRING) AS card_number,
  CAST(q.card_bank_code AS STRING) AS card_bank_code,
  CAST(q.acquirer_bank_code AS STRING) AS acquirer_bank_code,
  CAST(q.is_successful AS BOOLEAN) AS is_successful,
  CAST(q.error_code AS STRING) AS error_code,
  CAST(q.attempt_amount AS DECIMAL(18, 2)) AS attempt_amount,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.session_number AS STRING) AS session_number,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.attempt_number,
    m.attempted_on,
    m.attempted_time,
    m.channel_code,
    m.transaction_type,
    m.terminal_number,
    m.organisation_code,
    m.card_number,
    m.card_bank_code,
    m.acquirer_bank_code,
    m.is_successful,
    m.error_code,
    m.attempt_amount,
    m.fee_amount,
    m.session_number,
    m.transaction_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      attempt_number,
      attempted_on,
      attempted_time,
      CASE
        WHEN channel IN ('柜面', '01')
        THEN 'counter'
        WHEN channel IN ('ATM', '02')
        THEN 'atm'
        WHEN channel IN ('VTM', '03')
        THEN 'vtm'
        WHEN channel IN ('POS', '04')
        THEN 'pos'
        WHEN channel IN ('网银', '网上银行', '05')
        THEN 'internet_bank'
        WHEN channel IN ('手机银行', '06')
        THEN 'mobile_bank'
        WHEN channel = '07' OR channel LIKE '第三方支付%'
        THEN 'third_party'
        WHEN channel IN ('银联交易', '08')
        THEN 'union_pay'
        WHEN channel LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN channel = '00' OR channel LIKE '其他%'
        THEN 'other'
        ELSE 'unknown'
      END AS channel_code,
      CASE attempt_kind
        WHEN '取现'
        THEN 'cash_withdrawal'
        WHEN '存现'
        THEN 'cash_deposit'
        WHEN '转账'
        THEN 'transfer'
        WHEN '消费'
        THEN 'purchase'
        WHEN '代缴'
        THEN 'bill_payment'
        WHEN '代扣'
        THEN 'direct_debit'
        WHEN '查询'
        THEN 'enquiry'
        WHEN '登录'
        THEN 'log_in'
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
  ) AS m
) AS q
