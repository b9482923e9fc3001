SELECT
  delivered_on AS reported_on,
  LEDGER_ACCOUNT AS subject_code,
  LEDGER_ACCOUNT_NAME AS subject_name,
  2 AS subject_level,
  LEDGER1_ACCOUNT AS parent_code,
  CASE CHARACTERISTIC WHEN 'А' THEN 'debit' ELSE 'credit' END AS balance_side,
  CASE CHARACTERISTIC WHEN 'А' THEN '资产' ELSE '负债' END AS business_class,
  CASE
    WHEN LEDGER_ACCOUNT IN ('30110', '30114') THEN 'lending_to_banks'
    WHEN LEDGER_ACCOUNT IN ('30109', '30111') THEN 'borrowing_from_banks'
    ELSE 'other'
  END AS business_subclass,
  source_file_id,
  source_line
FROM neoflex_gl_subject
UNION ALL
SELECT
  delivered_on AS reported_on,
  LEDGER1_ACCOUNT AS subject_code,
  LEDGER1_ACCOUNT_NAME AS subject_name,
  1 AS subject_level,
  CAST(NULL AS VARCHAR) AS parent_code,
  'both' AS balance_side,
  '共同' AS business_class,
  'other' AS business_subclass,
  source_file_id,
  source_line
FROM neoflex_gl_subject
QUALIFY row_number() OVER (PARTITION BY delivered_on, LEDGER1_ACCOUNT ORDER BY source_file_id, source_line) = 1
