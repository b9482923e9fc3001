SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.holding_organisation_code AS STRING) AS holding_organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.posted_on AS DATE) AS posted_on,
  CAST(q.posted_time AS STRING) AS posted_time,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.balance_change AS DECIMAL(18, 2)) AS balance_change,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.is_cash AS BOOLEAN) AS is_cash,
  CAST(q.is_reversal AS BOOLEAN) AS is_reversal,
  CAST(q.is_bank_initiated AS BOOLEAN) AS is_bank_initiated,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_bank_code AS STRING) AS counterparty_bank_code,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.transaction_number,
    m.account_kind,
    m.account_number,
    m.currency,
    m.customer_number,
    m.holding_organisation_code,
    m.handling_organisation_code,
    m.posted_on,
    m.posted_time,
    m.amount,
    m.balance_change,
    m.transaction_type,
    m.channel_code,
    m.is_cash,
    m.is_reversal,
    m.is_bank_initiated,
    m.counterparty_account,
    m.counterparty_bank_code,
    m.teller_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      JYXLH AS transaction_number,
      'deposit' AS account_kind,
      GRCKZH AS account_number,
      BZ AS currency,
      KHTYBH AS customer_number,
      NBJGH AS holding_organisation_code,
      YWBLJGH AS handling_organisation_code,
      HXJYRQ AS posted_on,
      HXJYSJ AS posted_time,
      JYJE AS amount,
      CASE JYJDBZ WHEN '贷' THEN JYJE ELSE -JYJE END AS balance_change,
      CASE JYLX
        WHEN '转账'
        THEN 'transfer'
        WHEN '取现'
        THEN 'cash_withdrawal'
        WHEN '存现'
        THEN 'cash_deposit'
        WHEN '消费'
        THEN 'purchase'
        WHEN '代发'
        THEN 'payroll'
        WHEN '代扣'
        THEN 'direct_debit'
        WHEN '代缴'
        THEN 'bill_payment'
        WHEN '结息'
        THEN 'interest'
        WHEN '批量交易'
        THEN 'batch'
        WHEN '贷款发放'
        THEN 'loan_disbursement'
        WHEN '贷款还本'
        THEN 'loan_principal'
        WHEN '贷款还息'
        THEN 'loan_interest'
        WHEN '银证业务'
        THEN 'securities'
        WHEN '投资理财'
        THEN 'investment'
        ELSE 'other'
      END AS transaction_type,
      CASE
        WHEN JYQD IS NULL
        THEN 'none'
        WHEN JYQD = '柜面'
        THEN 'counter'
        WHEN JYQD = 'ATM'
        THEN 'atm'
        WHEN JYQD = 'VTM'
        THEN 'vtm'
        WHEN JYQD = 'POS'
        THEN 'pos'
        WHEN JYQD = '网银'
        THEN 'internet_bank'
        WHEN JYQD = '手机银行'
        THEN 'mobile_bank'
        WHEN JYQD LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN JYQD LIKE '第三方支付%'
        THEN 'third_party'
        WHEN JYQD = '银联交易'
        THEN 'union_pay'
        ELSE 'other'
      END AS channel_code,
      XZBZ = '现' AS is_cash,
      CBMBZ <> '正常' AS is_reversal,
      JYLX IN ('结息', '批量交易') AS is_bank_initiated,
      DFZH AS counterparty_account,
      DFXH AS counterparty_bank_code,
      JYGYH AS teller_number,
      source_file_id,
      source_line
    FROM east5_grckfhzmx
    UNION ALL
    SELECT
      JYXLH AS transaction_number,
      'deposit' AS account_kind,
      DGCKZH AS account_number,
      BZ AS currency,
      KHTYBH AS customer_number,
      NBJGH AS holding_organisation_code,
      YWBLJGH AS handling_organisation_code,
      HXJYRQ AS posted_on,
      HXJYSJ AS posted_time,
      JYJE AS amount,
      CASE JYJDBZ WHEN '贷' THEN JYJE ELSE -JYJE END AS balance_change,
      CASE JYLX
        WHEN '转账'
        THEN 'transfer'
        WHEN '取现'
        THEN 'cash_withdrawal'
        WHEN '存现'
        THEN 'cash_deposit'
        WHEN '消费'
        THEN 'purchase'
        WHEN '代发'
        THEN 'payroll'
        WHEN '代扣'
        THEN 'direct_debit'
        WHEN '代缴'
        THEN 'bill_payment'
        WHEN '结息'
        THEN 'interest'
        WHEN '批量交易'
        THEN 'batch'
        WHEN '贷款发放'
        THEN 'loan_disbursement'
        WHEN '贷款还本'
        THEN 'loan_principal'
        WHEN '贷款还息'
        THEN 'loan_interest'
        WHEN '银证业务'
        THEN 'securities'
        WHEN '投资理财'
        THEN 'investment'
        ELSE 'other'
      END AS transaction_type,
      CASE
        WHEN JYQD IS NULL
        THEN 'none'
        WHEN JYQD = '柜面'
        THEN 'counter'
        WHEN JYQD = 'ATM'
        THEN 'atm'
        WHEN JYQD = 'VTM'
        THEN 'vtm'
        WHEN JYQD = 'POS'
        THEN 'pos'
        WHEN JYQD = '网银'
        THEN 'internet_bank'
        WHEN JYQD = '手机银行'
        THEN 'mobile_bank'
        WHEN JYQD LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN JYQD LIKE '第三方支付%'
        THEN 'third_party'
        WHEN JYQD = '银联交易'
        THEN 'union_pay'
        ELSE 'other'
      END AS channel_code,
      XZBZ = '现' AS is_cash,
      CBMBZ <> '正常' AS is_reversal,
      JYLX IN ('结息', '批量交易') AS is_bank_initiated,
      DFZH AS counterparty_account,
      DFXH AS counterparty_bank_code,
      JYGYH AS teller_number,
      source_file_id,
      source_line
    FROM east5_dgckfhzmx
    UNION ALL
    SELECT
      JYXLH AS transaction_number,
      'loan' AS account_kind,
      DKFHZH AS account_number,
      BZ AS currency,
      KHTYBH AS customer_number,
      NBJGH AS holding_organisation_code,
      YWBLJGH AS handling_organisation_code,
      HXJYRQ AS posted_on,
      HXJYSJ AS posted_time,
      JYJE AS amount,
      CASE WHEN JYLX = '贷款还息' THEN 0 WHEN JYJDBZ = '借' THEN JYJE ELSE -JYJE END AS balance_change,
      CASE JYLX
        WHEN '转账'
        THEN 'transfer'
        WHEN '取现'
        THEN 'cash_withdrawal'
        WHEN '存现'
        THEN 'cash_deposit'
        WHEN '消费'
        THEN 'purchase'
        WHEN '代发'
        THEN 'payroll'
        WHEN '代扣'
        THEN 'direct_debit'
        WHEN '代缴'
        THEN 'bill_payment'
        WHEN '结息'
        THEN 'interest'
        WHEN '批量交易'
        THEN 'batch'
        WHEN '贷款发放'
        THEN 'loan_disbursement'
        WHEN '贷款还本'
        THEN 'loan_principal'
        WHEN '贷款还息'
        THEN 'loan_interest'
        WHEN '银证业务'
        THEN 'securities'
        WHEN '投资理财'
        THEN 'investment'
        ELSE 'other'
      END AS transaction_type,
      CASE
        WHEN JYQD IS NULL
        THEN 'none'
        WHEN JYQD = '柜面'
        THEN 'counter'
        WHEN JYQD = 'ATM'
        THEN 'atm'
        WHEN JYQD = 'VTM'
        THEN 'vtm'
        WHEN JYQD = 'POS'
        THEN 'pos'
        WHEN JYQD = '网银'
        THEN 'internet_bank'
        WHEN JYQD = '手机银行'
        THEN 'mobile_bank'
        WHEN JYQD LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN JYQD LIKE '第三方支付%'
        THEN 'third_party'
        WHEN JYQD = '银联交易'
        THEN 'union_pay'
        ELSE 'other'
      END AS channel_code,
      XZBZ = '现' AS is_cash,
      CBMBZ <> '正常' AS is_reversal,
      JYLX IN ('结息', '批量交易') AS is_bank_initiated,
      DFZH AS counterparty_account,
      DFXH AS counterparty_bank_code,
      JYGYH AS teller_number,
      source_file_id,
      source_line
    FROM east5_grxdfhzmx
    UNION ALL
    SELECT
      JYXLH AS transaction_number,
      'loan' AS account_kind,
      DKFHZH AS account_number,
      BZ AS currency,
      KHTYBH AS customer_number,
      NBJGH AS holding_organisation_code,
      YWBLJGH AS handling_organisation_code,
      HXJYRQ AS posted_on,
      HXJYSJ AS posted_time,
      JYJE AS amount,
      CASE WHEN JYLX = '贷款还息' THEN 0 WHEN JYJDBZ = '借' THEN JYJE ELSE -JYJE END AS balance_change,
      CASE JYLX
        WHEN '转账'
        THEN 'transfer'
        WHEN '取现'
        THEN 'cash_withdrawal'
        WHEN '存现'
        THEN 'cash_deposit'
        WHEN '消费'
        THEN 'purchase'
        WHEN '代发'
        THEN 'payroll'
        WHEN '代扣'
        THEN 'direct_debit'
        WHEN '代缴'
        THEN 'bill_payment'
        WHEN '结息'
        THEN 'interest'
        WHEN '批量交易'
        THEN 'batch'
        WHEN '贷款发放'
        THEN 'loan_disbursement'
        WHEN '贷款还本'
        THEN 'loan_principal'
        WHEN '贷款还息'
        THEN 'loan_interest'
        WHEN '银证业务'
        THEN 'securities'
        WHEN '投资理财'
        THEN 'investment'
        ELSE 'other'
      END AS transaction_type,
      CASE
        WHEN JYQD IS NULL
        THEN 'none'
        WHEN JYQD = '柜面'
        THEN 'counter'
        WHEN JYQD = 'ATM'
        THEN 'atm'
        WHEN JYQD = 'VTM'
        THEN 'vtm'
        WHEN JYQD = 'POS'
        THEN 'pos'
        WHEN JYQD = '网银'
        THEN 'internet_bank'
        WHEN JYQD = '手机银行'
        THEN 'mobile_bank'
        WHEN JYQD LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN JYQD LIKE '第三方支付%'
        THEN 'third_party'
        WHEN JYQD = '银联交易'
        THEN 'union_pay'
        ELSE 'other'
      END AS channel_code,
      XZBZ = '现' AS is_cash,
      CBMBZ <> '正常' AS is_reversal,
      JYLX IN ('结息', '批量交易') AS is_bank_initiated,
      DFZH AS counterparty_account,
      DFXH AS counterparty_bank_code,
      JYGYH AS teller_number,
      source_file_id,
      source_line
    FROM east5_dgxdfhzmx
  ) AS m
) AS q
