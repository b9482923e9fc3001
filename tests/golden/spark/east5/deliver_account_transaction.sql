WITH postings AS (
  SELECT
    'deposit' AS account_kind,
    JYXLH,
    GRCKZH AS account_number,
    WBZH AS external_account_number,
    BZ,
    KHTYBH,
    ZHMC,
    NBJGH,
    YWBLJGH,
    HXJYRQ,
    HXJYSJ,
    JYJE,
    JYJDBZ,
    JYLX,
    JYQD,
    XZBZ,
    CBMBZ,
    DFZH,
    DFHM,
    DFXH,
    DFXM,
    JYGYH,
    SQGYH,
    source_file_id,
    source_line
  FROM east5_grckfhzmx
  UNION ALL
  SELECT
    'deposit' AS account_kind,
    JYXLH,
    DGCKZH AS account_number,
    WBZH AS external_account_number,
    BZ,
    KHTYBH,
    ZHMC,
    NBJGH,
    YWBLJGH,
    HXJYRQ,
    HXJYSJ,
    JYJE,
    JYJDBZ,
    JYLX,
    JYQD,
    XZBZ,
    CBMBZ,
    DFZH,
    DFHM,
    DFXH,
    DFXM,
    JYGYH,
    SQGYH,
    source_file_id,
    source_line
  FROM east5_dgckfhzmx
  UNION ALL
  SELECT
    'loan' AS account_kind,
    JYXLH,
    DKFHZH AS account_number,
    CAST(NULL AS STRING) AS external_account_number,
    BZ,
    KHTYBH,
    ZHMC,
    NBJGH,
    YWBLJGH,
    HXJYRQ,
    HXJYSJ,
    JYJE,
    JYJDBZ,
    JYLX,
    JYQD,
    XZBZ,
    CBMBZ,
    DFZH,
    DFHM,
    DFXH,
    DFXM,
    JYGYH,
    SQGYH,
    source_file_id,
    source_line
  FROM east5_grxdfhzmx
  UNION ALL
  SELECT
    'loan' AS account_kind,
    JYXLH,
    DKFHZH AS account_number,
    CAST(NULL AS STRING) AS external_account_number,
    BZ,
    KHTYBH,
    ZHMC,
    NBJGH,
    YWBLJGH,
    HXJYRQ,
    HXJYSJ,
    JYJE,
    JYJDBZ,
    JYLX,
    JYQD,
    XZBZ,
    CBMBZ,
    DFZH,
    DFHM,
    DFXH,
    DFXM,
    JYGYH,
    SQGYH,
    source_file_id,
    source_line
  FROM east5_dgxdfhzmx
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.external_account_number AS STRING) AS external_account_number,
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
  CAST(q.initiator_code AS STRING) AS initiator_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_code AS STRING) AS counterparty_bank_code,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.is_counterparty_namesake AS BOOLEAN) AS is_counterparty_namesake,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.authoriser_number AS STRING) AS authoriser_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.transaction_number,
    m.account_kind,
    m.account_number,
    m.external_account_number,
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
    m.initiator_code,
    m.counterparty_account,
    m.counterparty_name,
    m.counterparty_bank_code,
    m.counterparty_bank_name,
    m.is_counterparty_namesake,
    m.teller_number,
    m.authoriser_number,
    m.source_file_id,
    m.source_line
  FROM (
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
        WHEN account_kind = 'deposit'
        THEN CASE JYJDBZ WHEN '贷' THEN JYJE ELSE -JYJE END
        WHEN JYLX IN ('贷款还息', '12')
        THEN 0
        WHEN JYJDBZ = '借'
        THEN JYJE
        ELSE -JYJE
      END AS balance_change,
      CASE
        WHEN JYLX IN ('转账', '01')
        THEN 'transfer'
        WHEN JYLX IN ('取现', '02')
        THEN 'cash_withdrawal'
        WHEN JYLX IN ('存现', '03')
        THEN 'cash_deposit'
        WHEN JYLX IN ('消费', '04')
        THEN 'purchase'
        WHEN JYLX IN ('代发', '05')
        THEN 'payroll'
        WHEN JYLX IN ('代扣', '06')
        THEN 'direct_debit'
        WHEN JYLX IN ('代缴', '07')
        THEN 'bill_payment'
        WHEN JYLX IN ('结息', '08')
        THEN 'interest'
        WHEN JYLX IN ('批量交易', '09')
        THEN 'batch'
        WHEN JYLX IN ('贷款发放', '10')
        THEN 'loan_disbursement'
        WHEN JYLX IN ('贷款还本', '11')
        THEN 'loan_principal'
        WHEN JYLX IN ('贷款还息', '12')
        THEN 'loan_interest'
        WHEN JYLX IN ('银证业务', '13')
        THEN 'securities'
        WHEN JYLX IN ('投资理财', '14')
        THEN 'investment'
        WHEN JYLX LIKE '其他%收费%' OR JYLX LIKE '其他%手续费%'
        THEN 'fee'
        WHEN JYLX IS NULL OR JYLX = '00' OR JYLX LIKE '其他%'
        THEN 'other'
        ELSE 'unknown'
      END AS transaction_type,
      CASE
        WHEN JYQD IS NULL
        THEN 'none'
        WHEN JYQD IN ('柜面', '01')
        THEN 'counter'
        WHEN JYQD IN ('ATM', '02')
        THEN 'atm'
        WHEN JYQD IN ('VTM', '03')
        THEN 'vtm'
        WHEN JYQD IN ('POS', '04')
        THEN 'pos'
        WHEN JYQD IN ('网银', '网上银行', '05')
        THEN 'internet_bank'
        WHEN JYQD IN ('手机银行', '06')
        THEN 'mobile_bank'
        WHEN JYQD = '07' OR JYQD LIKE '第三方支付%'
        THEN 'third_party'
        WHEN JYQD IN ('银联交易', '08')
        THEN 'union_pay'
        WHEN JYQD LIKE '%电话银行%'
        THEN 'telephone_bank'
        WHEN JYQD = '00' OR JYQD LIKE '其他%'
        THEN 'other'
        ELSE 'unknown'
      END AS channel_code,
      XZBZ = '现' AS is_cash,
      COALESCE(CBMBZ <> '正常', FALSE) AS is_reversal,
      COALESCE(JYLX IN ('结息', '08', '批量交易', '09'), FALSE) AS is_bank_initiated,
      CASE
        WHEN JYLX IN ('结息', '08', '批量交易', '09')
        THEN 'bank'
        WHEN JYLX IN ('代发', '05', '代扣', '06') OR JYQD LIKE '%批量%'
        THEN 'batch'
        ELSE 'customer'
      END AS initiator_code,
      DFZH AS counterparty_account,
      DFHM AS counterparty_name,
      DFXH AS counterparty_bank_code,
      DFXM AS counterparty_bank_name,
      COALESCE(DFHM = ZHMC, FALSE) AS is_counterparty_namesake,
      JYGYH AS teller_number,
      SQGYH AS authoriser_number,
      source_file_id,
      source_line
    FROM postings
  ) AS m
) AS q
