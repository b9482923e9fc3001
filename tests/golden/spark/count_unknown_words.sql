WITH counted AS (
  SELECT
    'account_transaction' AS table_name,
    'transaction_type' AS column_name,
    COUNT(transaction_type) AS row_count,
    COUNT(
      CASE
        WHEN NOT transaction_type IN (
          'transfer',
          'cash_withdrawal',
          'cash_deposit',
          'purchase',
          'payroll',
          'direct_debit',
          'bill_payment',
          'interest',
          'batch',
          'loan_disbursement',
          'loan_principal',
          'loan_interest',
          'securities',
          'investment',
          'fee',
          'other'
        )
        THEN 1
      END
    ) AS unknown_count,
    COUNT(CASE WHEN transaction_type = 'other' OR transaction_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE
        WHEN NOT transaction_type IN (
          'transfer',
          'cash_withdrawal',
          'cash_deposit',
          'purchase',
          'payroll',
          'direct_debit',
          'bill_payment',
          'interest',
          'batch',
          'loan_disbursement',
          'loan_principal',
          'loan_interest',
          'securities',
          'investment',
          'fee',
          'other'
        )
        THEN posted_on
      END
    ) AS first_unknown_on,
    MAX(
      CASE
        WHEN NOT transaction_type IN (
          'transfer',
          'cash_withdrawal',
          'cash_deposit',
          'purchase',
          'payroll',
          'direct_debit',
          'bill_payment',
          'interest',
          'batch',
          'loan_disbursement',
          'loan_principal',
          'loan_interest',
          'securities',
          'investment',
          'fee',
          'other'
        )
        THEN posted_on
      END
    ) AS last_unknown_on
  FROM account_transaction
  UNION ALL
  SELECT
    'account_transaction' AS table_name,
    'channel_code' AS column_name,
    COUNT(channel_code) AS row_count,
    COUNT(
      CASE
        WHEN NOT channel_code IN (
          'counter',
          'atm',
          'vtm',
          'pos',
          'internet_bank',
          'mobile_bank',
          'telephone_bank',
          'third_party',
          'union_pay',
          'other',
          'none'
        )
        THEN 1
      END
    ) AS unknown_count,
    COUNT(CASE WHEN channel_code = 'other' OR channel_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE
        WHEN NOT channel_code IN (
          'counter',
          'atm',
          'vtm',
          'pos',
          'internet_bank',
          'mobile_bank',
          'telephone_bank',
          'third_party',
          'union_pay',
          'other',
          'none'
        )
        THEN posted_on
      END
    ) AS first_unknown_on,
    MAX(
      CASE
        WHEN NOT channel_code IN (
          'counter',
          'atm',
          'vtm',
          'pos',
          'internet_bank',
          'mobile_bank',
          'telephone_bank',
          'third_party',
          'union_pay',
          'other',
          'none'
        )
        THEN posted_on
      END
    ) AS last_unknown_on
  FROM account_transaction
  UNION ALL
  SELECT
    'account_transaction' AS table_name,
    'account_kind' AS column_name,
    COUNT(account_kind) AS row_count,
    COUNT(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN account_kind = 'other' OR account_kind LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN posted_on END) AS first_unknown_on,
    MAX(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN posted_on END) AS last_unknown_on
  FROM account_transaction
  UNION ALL
  SELECT
    'account_transaction' AS table_name,
    'initiator_code' AS column_name,
    COUNT(initiator_code) AS row_count,
    COUNT(CASE WHEN NOT initiator_code IN ('customer', 'bank', 'batch') THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN initiator_code = 'other' OR initiator_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN NOT initiator_code IN ('customer', 'bank', 'batch') THEN posted_on END) AS first_unknown_on,
    MAX(CASE WHEN NOT initiator_code IN ('customer', 'bank', 'batch') THEN posted_on END) AS last_unknown_on
  FROM account_transaction
  UNION ALL
  SELECT
    'account_snapshot' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM account_snapshot
  UNION ALL
  SELECT
    'account_snapshot' AS table_name,
    'account_kind' AS column_name,
    COUNT(account_kind) AS row_count,
    COUNT(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN account_kind = 'other' OR account_kind LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN NOT account_kind IN ('deposit', 'loan') THEN reported_on END) AS last_unknown_on
  FROM account_snapshot
  UNION ALL
  SELECT
    'account_snapshot' AS table_name,
    'product_group' AS column_name,
    COUNT(product_group) AS row_count,
    COUNT(CASE WHEN NOT product_group IS NULL AND p.level_code IS NULL THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_group = 'other' OR product_group LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE WHEN NOT product_group IS NULL AND p.level_code IS NULL THEN reported_on END
    ) AS first_unknown_on,
    MAX(
      CASE WHEN NOT product_group IS NULL AND p.level_code IS NULL THEN reported_on END
    ) AS last_unknown_on
  FROM account_snapshot
  LEFT JOIN product_level AS p
    ON p.level_kind = 'group' AND p.level_code = product_group
  UNION ALL
  SELECT
    'account_snapshot' AS table_name,
    'account_status' AS column_name,
    COUNT(account_status) AS row_count,
    COUNT(CASE WHEN account_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN account_status = 'other' OR account_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN account_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN account_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM account_snapshot
  UNION ALL
  SELECT
    'loan_snapshot' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM loan_snapshot
  UNION ALL
  SELECT
    'loan_snapshot' AS table_name,
    'loan_class' AS column_name,
    COUNT(loan_class) AS row_count,
    COUNT(
      CASE
        WHEN NOT loan_class IN ('pass', 'special_mention', 'substandard', 'doubtful', 'loss', 'unclassified')
        THEN 1
      END
    ) AS unknown_count,
    COUNT(CASE WHEN loan_class = 'other' OR loan_class LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE
        WHEN NOT loan_class IN ('pass', 'special_mention', 'substandard', 'doubtful', 'loss', 'unclassified')
        THEN reported_on
      END
    ) AS first_unknown_on,
    MAX(
      CASE
        WHEN NOT loan_class IN ('pass', 'special_mention', 'substandard', 'doubtful', 'loss', 'unclassified')
        THEN reported_on
      END
    ) AS last_unknown_on
  FROM loan_snapshot
  UNION ALL
  SELECT
    'loan_snapshot' AS table_name,
    'loan_status' AS column_name,
    COUNT(loan_status) AS row_count,
    COUNT(
      CASE
        WHEN NOT loan_status IN (
          'current',
          'overdue',
          'settled',
          'defaulted',
          'written_off',
          'transferred',
          'other'
        )
        THEN 1
      END
    ) AS unknown_count,
    COUNT(CASE WHEN loan_status = 'other' OR loan_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE
        WHEN NOT loan_status IN (
          'current',
          'overdue',
          'settled',
          'defaulted',
          'written_off',
          'transferred',
          'other'
        )
        THEN reported_on
      END
    ) AS first_unknown_on,
    MAX(
      CASE
        WHEN NOT loan_status IN (
          'current',
          'overdue',
          'settled',
          'defaulted',
          'written_off',
          'transferred',
          'other'
        )
        THEN reported_on
      END
    ) AS last_unknown_on
  FROM loan_snapshot
  UNION ALL
  SELECT
    'loan_contract_snapshot' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM loan_contract_snapshot
  UNION ALL
  SELECT
    'loan_contract_snapshot' AS table_name,
    'contract_status' AS column_name,
    COUNT(contract_status) AS row_count,
    COUNT(CASE WHEN contract_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN contract_status = 'other' OR contract_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM loan_contract_snapshot
  UNION ALL
  SELECT
    'customer_snapshot' AS table_name,
    'customer_type' AS column_name,
    COUNT(customer_type) AS row_count,
    COUNT(CASE WHEN customer_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN customer_type = 'other' OR customer_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN customer_type = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN customer_type = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM customer_snapshot
  UNION ALL
  SELECT
    'customer_snapshot' AS table_name,
    'customer_kind' AS column_name,
    COUNT(customer_kind) AS row_count,
    COUNT(CASE WHEN NOT customer_kind IN ('personal', 'corporate') THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN customer_kind = 'other' OR customer_kind LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN NOT customer_kind IN ('personal', 'corporate') THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN NOT customer_kind IN ('personal', 'corporate') THEN reported_on END) AS last_unknown_on
  FROM customer_snapshot
  UNION ALL
  SELECT
    'customer_snapshot' AS table_name,
    'sex' AS column_name,
    COUNT(sex) AS row_count,
    COUNT(CASE WHEN NOT sex IN ('male', 'female') THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN sex = 'other' OR sex LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN NOT sex IN ('male', 'female') THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN NOT sex IN ('male', 'female') THEN reported_on END) AS last_unknown_on
  FROM customer_snapshot
  UNION ALL
  SELECT
    'customer_snapshot' AS table_name,
    'certificate_type' AS column_name,
    COUNT(certificate_type) AS row_count,
    COUNT(CASE WHEN certificate_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN certificate_type = 'other' OR certificate_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN certificate_type = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN certificate_type = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM customer_snapshot
  UNION ALL
  SELECT
    'customer_tie_snapshot' AS table_name,
    'tie_kind' AS column_name,
    COUNT(tie_kind) AS row_count,
    COUNT(CASE WHEN tie_kind = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN tie_kind = 'other' OR tie_kind LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN tie_kind = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN tie_kind = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM customer_tie_snapshot
  UNION ALL
  SELECT
    'organisation_snapshot' AS table_name,
    'organisation_kind' AS column_name,
    COUNT(organisation_kind) AS row_count,
    COUNT(
      CASE
        WHEN NOT organisation_kind IN ('head_office', 'outlet', 'department', 'virtual', 'other')
        THEN 1
      END
    ) AS unknown_count,
    COUNT(CASE WHEN organisation_kind = 'other' OR organisation_kind LIKE '其他%' THEN 1 END) AS other_count,
    MIN(
      CASE
        WHEN NOT organisation_kind IN ('head_office', 'outlet', 'department', 'virtual', 'other')
        THEN reported_on
      END
    ) AS first_unknown_on,
    MAX(
      CASE
        WHEN NOT organisation_kind IN ('head_office', 'outlet', 'department', 'virtual', 'other')
        THEN reported_on
      END
    ) AS last_unknown_on
  FROM organisation_snapshot
  UNION ALL
  SELECT
    'ledger_subject_snapshot' AS table_name,
    'business_subclass' AS column_name,
    COUNT(business_subclass) AS row_count,
    COUNT(CASE WHEN business_subclass = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN business_subclass = 'other' OR business_subclass LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN business_subclass = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN business_subclass = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM ledger_subject_snapshot
  UNION ALL
  SELECT
    'card_snapshot' AS table_name,
    'card_status' AS column_name,
    COUNT(card_status) AS row_count,
    COUNT(CASE WHEN card_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN card_status = 'other' OR card_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN card_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN card_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM card_snapshot
  UNION ALL
  SELECT
    'credit_card_transaction' AS table_name,
    'transaction_type' AS column_name,
    COUNT(transaction_type) AS row_count,
    COUNT(CASE WHEN transaction_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN transaction_type = 'other' OR transaction_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN transaction_type = 'unknown' THEN posted_on END) AS first_unknown_on,
    MAX(CASE WHEN transaction_type = 'unknown' THEN posted_on END) AS last_unknown_on
  FROM credit_card_transaction
  UNION ALL
  SELECT
    'guarantee_contract_snapshot' AS table_name,
    'guarantee_type' AS column_name,
    COUNT(guarantee_type) AS row_count,
    COUNT(CASE WHEN guarantee_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN guarantee_type = 'other' OR guarantee_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN guarantee_type = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN guarantee_type = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM guarantee_contract_snapshot
  UNION ALL
  SELECT
    'guarantee_contract_snapshot' AS table_name,
    'contract_status' AS column_name,
    COUNT(contract_status) AS row_count,
    COUNT(CASE WHEN contract_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN contract_status = 'other' OR contract_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM guarantee_contract_snapshot
  UNION ALL
  SELECT
    'guarantor_snapshot' AS table_name,
    'contract_status' AS column_name,
    COUNT(contract_status) AS row_count,
    COUNT(CASE WHEN contract_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN contract_status = 'other' OR contract_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM guarantor_snapshot
  UNION ALL
  SELECT
    'collateral_item_snapshot' AS table_name,
    'contract_status' AS column_name,
    COUNT(contract_status) AS row_count,
    COUNT(CASE WHEN contract_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN contract_status = 'other' OR contract_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN contract_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM collateral_item_snapshot
  UNION ALL
  SELECT
    'credit_limit_snapshot' AS table_name,
    'limit_status' AS column_name,
    COUNT(limit_status) AS row_count,
    COUNT(CASE WHEN limit_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN limit_status = 'other' OR limit_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN limit_status = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN limit_status = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM credit_limit_snapshot
  UNION ALL
  SELECT
    'agency_sale' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN traded_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN traded_on END) AS last_unknown_on
  FROM agency_sale
  UNION ALL
  SELECT
    'wealth_sale' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN confirmed_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN confirmed_on END) AS last_unknown_on
  FROM wealth_sale
  UNION ALL
  SELECT
    'wealth_holding_snapshot' AS table_name,
    'product_code' AS column_name,
    COUNT(product_code) AS row_count,
    COUNT(CASE WHEN product_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN product_code = 'other' OR product_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN product_code = 'unknown' THEN reported_on END) AS first_unknown_on,
    MAX(CASE WHEN product_code = 'unknown' THEN reported_on END) AS last_unknown_on
  FROM wealth_holding_snapshot
  UNION ALL
  SELECT
    'channel_attempt' AS table_name,
    'channel_code' AS column_name,
    COUNT(channel_code) AS row_count,
    COUNT(CASE WHEN channel_code = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN channel_code = 'other' OR channel_code LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN channel_code = 'unknown' THEN attempted_on END) AS first_unknown_on,
    MAX(CASE WHEN channel_code = 'unknown' THEN attempted_on END) AS last_unknown_on
  FROM channel_attempt
  UNION ALL
  SELECT
    'channel_attempt' AS table_name,
    'transaction_type' AS column_name,
    COUNT(transaction_type) AS row_count,
    COUNT(CASE WHEN transaction_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN transaction_type = 'other' OR transaction_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN transaction_type = 'unknown' THEN attempted_on END) AS first_unknown_on,
    MAX(CASE WHEN transaction_type = 'unknown' THEN attempted_on END) AS last_unknown_on
  FROM channel_attempt
  UNION ALL
  SELECT
    'attendance' AS table_name,
    'attendance_status' AS column_name,
    COUNT(attendance_status) AS row_count,
    COUNT(CASE WHEN attendance_status = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN attendance_status = 'other' OR attendance_status LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN attendance_status = 'unknown' THEN worked_on END) AS first_unknown_on,
    MAX(CASE WHEN attendance_status = 'unknown' THEN worked_on END) AS last_unknown_on
  FROM attendance
  UNION ALL
  SELECT
    'queue_ticket' AS table_name,
    'rating_type' AS column_name,
    COUNT(rating_type) AS row_count,
    COUNT(CASE WHEN rating_type = 'unknown' THEN 1 END) AS unknown_count,
    COUNT(CASE WHEN rating_type = 'other' OR rating_type LIKE '其他%' THEN 1 END) AS other_count,
    MIN(CASE WHEN rating_type = 'unknown' THEN taken_on END) AS first_unknown_on,
    MAX(CASE WHEN rating_type = 'unknown' THEN taken_on END) AS last_unknown_on
  FROM queue_ticket
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.table_name AS STRING) AS table_name,
  CAST(q.column_name AS STRING) AS column_name,
  CAST(q.row_count AS BIGINT) AS row_count,
  CAST(q.unknown_count AS BIGINT) AS unknown_count,
  CAST(q.other_count AS BIGINT) AS other_count,
  CAST(q.first_unknown_on AS DATE) AS first_unknown_on,
  CAST(q.last_unknown_on AS DATE) AS last_unknown_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    table_name,
    column_name,
    row_count,
    unknown_count,
    other_count,
    first_unknown_on,
    last_unknown_on
  FROM counted
  WHERE
    row_count > 0
) AS q
