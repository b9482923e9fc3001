SELECT
  delivered_on AS reported_on,
  XDJJH AS loan_number,
  DKFHZH AS account_number,
  XDHTH AS contract_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(XDYWZL, 'unknown') AS product_code,
  BZ AS currency,
  DKJE AS disbursed_amount,
  DKYE AS balance,
  CASE DKWJFL
    WHEN '正常' THEN 'pass'
    WHEN '关注' THEN 'special_mention'
    WHEN '次级' THEN 'substandard'
    WHEN '可疑' THEN 'doubtful'
    WHEN '损失' THEN 'loss'
    ELSE 'unclassified'
  END AS loan_class,
  CASE DKZT
    WHEN '正常' THEN 'current'
    WHEN '逾期' THEN 'overdue'
    WHEN '结清' THEN 'settled'
    WHEN '核销' THEN 'written_off'
    WHEN '转让' THEN 'transferred'
    ELSE 'other'
  END AS loan_status,
  DKFFRQ AS disbursed_on,
  DKDQRQ AS matures_on,
  ZJRQ AS ended_on,
  QBJE AS principal_overdue_amount,
  CAST(coalesce(BNQXYE, 0) + coalesce(BWQXYE, 0) AS DECIMAL(18,2)) AS interest_overdue_amount,
  CASE
    WHEN QBRQ IS NULL THEN QXRQ
    WHEN QXRQ IS NULL OR QBRQ <= QXRQ THEN QBRQ
    ELSE QXRQ
  END AS overdue_since,
  SFSNDK = '是' AS is_agriculture,
  SFPHXXWQYDK = '是' AS is_inclusive_small_micro,
  XDYGH AS officer_number,
  source_file_id,
  source_line
FROM east5_grxdywjjb
UNION ALL
SELECT
  delivered_on AS reported_on,
  XDJJH AS loan_number,
  DKFHZH AS account_number,
  XDHTH AS contract_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(XDYWZL, 'unknown') AS product_code,
  BZ AS currency,
  DKJE AS disbursed_amount,
  DKYE AS balance,
  CASE DKWJFL
    WHEN '正常' THEN 'pass'
    WHEN '关注' THEN 'special_mention'
    WHEN '次级' THEN 'substandard'
    WHEN '可疑' THEN 'doubtful'
    WHEN '损失' THEN 'loss'
    ELSE 'unclassified'
  END AS loan_class,
  CASE DKZT
    WHEN '正常' THEN 'current'
    WHEN '逾期' THEN 'overdue'
    WHEN '结清' THEN 'settled'
    WHEN '核销' THEN 'written_off'
    WHEN '转让' THEN 'transferred'
    ELSE 'other'
  END AS loan_status,
  DKFFRQ AS disbursed_on,
  DKDQRQ AS matures_on,
  ZJRQ AS ended_on,
  QBJE AS principal_overdue_amount,
  CAST(coalesce(BNQXYE, 0) + coalesce(BWQXYE, 0) AS DECIMAL(18,2)) AS interest_overdue_amount,
  CASE
    WHEN QBRQ IS NULL THEN QXRQ
    WHEN QXRQ IS NULL OR QBRQ <= QXRQ THEN QBRQ
    ELSE QXRQ
  END AS overdue_since,
  SFSNDK = '是' AS is_agriculture,
  SFPHXXWQYDK = '是' AS is_inclusive_small_micro,
  XDYGH AS officer_number,
  source_file_id,
  source_line
FROM east5_dgxdywjjb
