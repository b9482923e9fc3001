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
    WHEN '转账' THEN 'transfer'
    WHEN '取现' THEN 'cash_withdrawal'
    WHEN '存现' THEN 'cash_deposit'
    WHEN '消费' THEN 'purchase'
    WHEN '代发' THEN 'payroll'
    WHEN '代扣' THEN 'direct_debit'
    WHEN '代缴' THEN 'bill_payment'
    WHEN '结息' THEN 'interest'
    WHEN '批量交易' THEN 'batch'
    WHEN '贷款发放' THEN 'loan_disbursement'
    WHEN '贷款还本' THEN 'loan_principal'
    WHEN '贷款还息' THEN 'loan_interest'
    WHEN '银证业务' THEN 'securities'
    WHEN '投资理财' THEN 'investment'
    ELSE 'other'
  END AS transaction_type,
  CASE
    WHEN JYQD IS NULL THEN 'none'
    WHEN JYQD = '柜面' THEN 'counter'
    WHEN JYQD = 'ATM' THEN 'atm'
    WHEN JYQD = 'VTM' THEN 'vtm'
    WHEN JYQD = 'POS' THEN 'pos'
    WHEN JYQD = '网银' THEN 'internet_bank'
    WHEN JYQD = '手机银行' THEN 'mobile_bank'
    WHEN JYQD LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN JYQD LIKE '第三方支付%' THEN 'third_party'
    WHEN JYQD = '银联交易' THEN 'union_pay'
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
    WHEN '转账' THEN 'transfer'
    WHEN '取现' THEN 'cash_withdrawal'
    WHEN '存现' THEN 'cash_deposit'
    WHEN '消费' THEN 'purchase'
    WHEN '代发' THEN 'payroll'
    WHEN '代扣' THEN 'direct_debit'
    WHEN '代缴' THEN 'bill_payment'
    WHEN '结息' THEN 'interest'
    WHEN '批量交易' THEN 'batch'
    WHEN '贷款发放' THEN 'loan_disbursement'
    WHEN '贷款还本' THEN 'loan_principal'
    WHEN '贷款还息' THEN 'loan_interest'
    WHEN '银证业务' THEN 'securities'
    WHEN '投资理财' THEN 'investment'
    ELSE 'other'
  END AS transaction_type,
  CASE
    WHEN JYQD IS NULL THEN 'none'
    WHEN JYQD = '柜面' THEN 'counter'
    WHEN JYQD = 'ATM' THEN 'atm'
    WHEN JYQD = 'VTM' THEN 'vtm'
    WHEN JYQD = 'POS' THEN 'pos'
    WHEN JYQD = '网银' THEN 'internet_bank'
    WHEN JYQD = '手机银行' THEN 'mobile_bank'
    WHEN JYQD LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN JYQD LIKE '第三方支付%' THEN 'third_party'
    WHEN JYQD = '银联交易' THEN 'union_pay'
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
    WHEN '转账' THEN 'transfer'
    WHEN '取现' THEN 'cash_withdrawal'
    WHEN '存现' THEN 'cash_deposit'
    WHEN '消费' THEN 'purchase'
    WHEN '代发' THEN 'payroll'
    WHEN '代扣' THEN 'direct_debit'
    WHEN '代缴' THEN 'bill_payment'
    WHEN '结息' THEN 'interest'
    WHEN '批量交易' THEN 'batch'
    WHEN '贷款发放' THEN 'loan_disbursement'
    WHEN '贷款还本' THEN 'loan_principal'
    WHEN '贷款还息' THEN 'loan_interest'
    WHEN '银证业务' THEN 'securities'
    WHEN '投资理财' THEN 'investment'
    ELSE 'other'
  END AS transaction_type,
  CASE
    WHEN JYQD IS NULL THEN 'none'
    WHEN JYQD = '柜面' THEN 'counter'
    WHEN JYQD = 'ATM' THEN 'atm'
    WHEN JYQD = 'VTM' THEN 'vtm'
    WHEN JYQD = 'POS' THEN 'pos'
    WHEN JYQD = '网银' THEN 'internet_bank'
    WHEN JYQD = '手机银行' THEN 'mobile_bank'
    WHEN JYQD LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN JYQD LIKE '第三方支付%' THEN 'third_party'
    WHEN JYQD = '银联交易' THEN 'union_pay'
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
    WHEN '转账' THEN 'transfer'
    WHEN '取现' THEN 'cash_withdrawal'
    WHEN '存现' THEN 'cash_deposit'
    WHEN '消费' THEN 'purchase'
    WHEN '代发' THEN 'payroll'
    WHEN '代扣' THEN 'direct_debit'
    WHEN '代缴' THEN 'bill_payment'
    WHEN '结息' THEN 'interest'
    WHEN '批量交易' THEN 'batch'
    WHEN '贷款发放' THEN 'loan_disbursement'
    WHEN '贷款还本' THEN 'loan_principal'
    WHEN '贷款还息' THEN 'loan_interest'
    WHEN '银证业务' THEN 'securities'
    WHEN '投资理财' THEN 'investment'
    ELSE 'other'
  END AS transaction_type,
  CASE
    WHEN JYQD IS NULL THEN 'none'
    WHEN JYQD = '柜面' THEN 'counter'
    WHEN JYQD = 'ATM' THEN 'atm'
    WHEN JYQD = 'VTM' THEN 'vtm'
    WHEN JYQD = 'POS' THEN 'pos'
    WHEN JYQD = '网银' THEN 'internet_bank'
    WHEN JYQD = '手机银行' THEN 'mobile_bank'
    WHEN JYQD LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN JYQD LIKE '第三方支付%' THEN 'third_party'
    WHEN JYQD = '银联交易' THEN 'union_pay'
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
