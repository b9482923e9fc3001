WITH postings AS (
  SELECT
    'deposit' AS account_kind, JYXLH, GRCKZH AS account_number, WBZH AS external_account_number, BZ, KHTYBH, ZHMC, NBJGH, YWBLJGH, HXJYRQ,
    HXJYSJ, JYJE, JYJDBZ, JYLX, JYQD, XZBZ, CBMBZ, DFZH, DFHM, DFXH, DFXM, JYGYH, SQGYH, source_file_id, source_line
  FROM east5_grckfhzmx
  UNION ALL
  SELECT
    'deposit' AS account_kind, JYXLH, DGCKZH AS account_number, WBZH AS external_account_number, BZ, KHTYBH, ZHMC, NBJGH, YWBLJGH, HXJYRQ,
    HXJYSJ, JYJE, JYJDBZ, JYLX, JYQD, XZBZ, CBMBZ, DFZH, DFHM, DFXH, DFXM, JYGYH, SQGYH, source_file_id, source_line
  FROM east5_dgckfhzmx
  UNION ALL
  SELECT
    'loan' AS account_kind, JYXLH, DKFHZH AS account_number, CAST(NULL AS VARCHAR) AS external_account_number, BZ, KHTYBH, ZHMC, NBJGH,
    YWBLJGH, HXJYRQ, HXJYSJ, JYJE, JYJDBZ, JYLX, JYQD, XZBZ, CBMBZ, DFZH, DFHM, DFXH, DFXM, JYGYH, SQGYH, source_file_id, source_line
  FROM east5_grxdfhzmx
  UNION ALL
  SELECT
    'loan' AS account_kind, JYXLH, DKFHZH AS account_number, CAST(NULL AS VARCHAR) AS external_account_number, BZ, KHTYBH, ZHMC, NBJGH,
    YWBLJGH, HXJYRQ, HXJYSJ, JYJE, JYJDBZ, JYLX, JYQD, XZBZ, CBMBZ, DFZH, DFHM, DFXH, DFXM, JYGYH, SQGYH, source_file_id, source_line
  FROM east5_dgxdfhzmx
)
SELECT
  JYXLH AS transaction_number,
  account_kind,
  account_number,
  external_account_number,
  BZ AS currency,
  KHTYBH AS customer_number,
  NBJGH AS holding_organisation_code,
  YWBLJGH AS handling_organisation_code,
  HXJYRQ AS posted_on,
  HXJYSJ AS posted_time,
  JYJE AS amount,
  CASE
    WHEN account_kind = 'deposit' THEN CASE JYJDBZ WHEN '贷' THEN JYJE ELSE -JYJE END
    WHEN JYLX IN ('贷款还息', '12') THEN 0
    WHEN JYJDBZ = '借' THEN JYJE
    ELSE -JYJE
  END AS balance_change,
  CASE
    WHEN JYLX IN ('转账', '01') THEN 'transfer'
    WHEN JYLX IN ('取现', '02') THEN 'cash_withdrawal'
    WHEN JYLX IN ('存现', '03') THEN 'cash_deposit'
    WHEN JYLX IN ('消费', '04') THEN 'purchase'
    WHEN JYLX IN ('代发', '05') THEN 'payroll'
    WHEN JYLX IN ('代扣', '06') THEN 'direct_debit'
    WHEN JYLX IN ('代缴', '07') THEN 'bill_payment'
    WHEN JYLX IN ('结息', '08') THEN 'interest'
    WHEN JYLX IN ('批量交易', '09') THEN 'batch'
    WHEN JYLX IN ('贷款发放', '10') THEN 'loan_disbursement'
    WHEN JYLX IN ('贷款还本', '11') THEN 'loan_principal'
    WHEN JYLX IN ('贷款还息', '12') THEN 'loan_interest'
    WHEN JYLX IN ('银证业务', '13') THEN 'securities'
    WHEN JYLX IN ('投资理财', '14') THEN 'investment'
    WHEN JYLX LIKE '其他%收费%' OR JYLX LIKE '其他%手续费%' THEN 'fee'
    WHEN JYLX IS NULL OR JYLX = '00' OR JYLX LIKE '其他%' THEN 'other'
    ELSE 'unknown'
  END AS transaction_type,
  CASE
    WHEN JYQD IS NULL THEN 'none'
    WHEN JYQD IN ('柜面', '01') THEN 'counter'
    WHEN JYQD IN ('ATM', '02') THEN 'atm'
    WHEN JYQD IN ('VTM', '03') THEN 'vtm'
    WHEN JYQD IN ('POS', '04') THEN 'pos'
    WHEN JYQD IN ('网银', '网上银行', '05') THEN 'internet_bank'
    WHEN JYQD IN ('手机银行', '06') THEN 'mobile_bank'
    WHEN JYQD = '07' OR JYQD LIKE '第三方支付%' THEN 'third_party'
    WHEN JYQD IN ('银联交易', '08') THEN 'union_pay'
    WHEN JYQD LIKE '%电话银行%' THEN 'telephone_bank'
    WHEN JYQD = '00' OR JYQD LIKE '其他%' THEN 'other'
    ELSE 'unknown'
  END AS channel_code,
  XZBZ = '现' AS is_cash,
  coalesce(CBMBZ <> '正常', false) AS is_reversal,
  coalesce(JYLX IN ('结息', '08', '批量交易', '09'), false) AS is_bank_initiated,
  CASE
    WHEN JYLX IN ('结息', '08', '批量交易', '09') THEN 'bank'
    WHEN JYLX IN ('代发', '05', '代扣', '06') OR JYQD LIKE '%批量%' THEN 'batch'
    ELSE 'customer'
  END AS initiator_code,
  DFZH AS counterparty_account,
  DFHM AS counterparty_name,
  DFXH AS counterparty_bank_code,
  DFXM AS counterparty_bank_name,
  coalesce(DFHM = ZHMC, false) AS is_counterparty_namesake,
  JYGYH AS teller_number,
  SQGYH AS authoriser_number,
  source_file_id,
  source_line
FROM postings
