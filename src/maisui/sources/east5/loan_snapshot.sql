SELECT
  delivered_on AS reported_on,
  XDJJH AS loan_number,
  DKFHZH AS account_number,
  XDHTH AS contract_number,
  coalesce(KHTYBH, 'none') AS customer_number,
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
  coalesce(KHTYBH, 'none') AS customer_number,
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
UNION ALL
SELECT
  b.delivered_on AS reported_on,
  b.loan_number,
  CAST(NULL AS VARCHAR) AS account_number,
  min(b.XDHTH) AS contract_number,
  min(b.TXRKHTYBH) AS customer_number,
  min(b.NBJGH) AS organisation_code,
  '票据贴现' AS product_code,
  min(b.BZ) AS currency,
  CAST(sum(b.PMJE) AS DECIMAL(18,2)) AS disbursed_amount,
  CAST(sum(CASE WHEN b.bill_status IN ('settled', 'transferred') THEN CAST(0 AS DECIMAL(18,2)) ELSE b.PMJE END) AS DECIMAL(18,2)) AS balance,
  'unclassified' AS loan_class,
  CASE min(CASE b.bill_status WHEN 'overdue' THEN 1 WHEN 'held' THEN 2 WHEN 'settled' THEN 3 ELSE 4 END)
    WHEN 1 THEN 'overdue'
    WHEN 2 THEN 'current'
    WHEN 3 THEN 'settled'
    ELSE 'transferred'
  END AS loan_status,
  min(b.TXRQ) AS disbursed_on,
  max(b.PJDQRQ) AS matures_on,
  CAST(NULL AS DATE) AS ended_on,
  CAST(NULL AS DECIMAL(18,2)) AS principal_overdue_amount,
  CAST(NULL AS DECIMAL(18,2)) AS interest_overdue_amount,
  min(CASE WHEN b.bill_status = 'overdue' THEN b.PJDQRQ END) AS overdue_since,
  false AS is_agriculture,
  false AS is_inclusive_small_micro,
  CAST(NULL AS VARCHAR) AS officer_number,
  min(b.source_file_id) AS source_file_id,
  min(b.source_line) AS source_line
FROM (
  SELECT
    delivered_on, coalesce(XDJJH, PJHM) AS loan_number, XDHTH, TXRKHTYBH, NBJGH, BZ, PMJE, TXRQ, PJDQRQ, source_file_id, source_line,
    CASE
      WHEN regexp_matches(PJZT, '未结清|未到期') THEN 'held'
      WHEN regexp_matches(PJZT, '逾期|拒付|垫款') THEN 'overdue'
      WHEN regexp_matches(PJZT, '结清|收回|兑付|解付|终结|核销') THEN 'settled'
      WHEN regexp_matches(PJZT, '转出|卖出|转贴现|转让|背书') THEN 'transferred'
      ELSE 'held'
    END AS bill_status
  FROM east5_pjtxb
) AS b
WHERE b.loan_number IS NOT NULL AND b.TXRKHTYBH IS NOT NULL AND b.NBJGH IS NOT NULL AND b.BZ IS NOT NULL
  AND b.PMJE IS NOT NULL AND b.TXRQ IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM east5_dgxdywjjb AS d WHERE d.XDJJH = b.loan_number AND d.delivered_on = b.delivered_on)
  AND NOT EXISTS (SELECT 1 FROM east5_grxdywjjb AS g WHERE g.XDJJH = b.loan_number AND g.delivered_on = b.delivered_on)
GROUP BY b.delivered_on, b.loan_number
UNION ALL
SELECT
  a.delivered_on AS reported_on,
  a.XDJJH AS loan_number,
  CAST(NULL AS VARCHAR) AS account_number,
  a.XDHTH AS contract_number,
  a.KHTYBH AS customer_number,
  a.NBJGH AS organisation_code,
  '垫款' AS product_code,
  a.BZ AS currency,
  a.DKJE AS disbursed_amount,
  a.DKYE AS balance,
  'unclassified' AS loan_class,
  CASE
    WHEN regexp_matches(a.DKZT, '核销') THEN 'written_off'
    WHEN regexp_matches(a.DKZT, '转让') THEN 'transferred'
    WHEN regexp_matches(a.DKZT, '逾期') THEN 'overdue'
    WHEN regexp_matches(a.DKZT, '未结清') THEN 'current'
    WHEN regexp_matches(a.DKZT, '结清|收回|归还|终结') THEN 'settled'
    WHEN regexp_matches(a.DKZT, '正常|垫款|未结清|有效') THEN 'current'
    ELSE 'other'
  END AS loan_status,
  a.DKRQ AS disbursed_on,
  CAST(NULL AS DATE) AS matures_on,
  CAST(NULL AS DATE) AS ended_on,
  CAST(NULL AS DECIMAL(18,2)) AS principal_overdue_amount,
  CAST(NULL AS DECIMAL(18,2)) AS interest_overdue_amount,
  CASE WHEN regexp_matches(a.DKZT, '逾期') THEN a.DKRQ END AS overdue_since,
  false AS is_agriculture,
  false AS is_inclusive_small_micro,
  CAST(NULL AS VARCHAR) AS officer_number,
  a.source_file_id,
  a.source_line
FROM east5_dkdjb AS a
WHERE a.KHTYBH IS NOT NULL AND a.NBJGH IS NOT NULL AND a.BZ IS NOT NULL AND a.DKJE IS NOT NULL AND a.DKRQ IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM east5_dgxdywjjb AS d WHERE d.XDJJH = a.XDJJH AND d.delivered_on = a.delivered_on)
  AND NOT EXISTS (SELECT 1 FROM east5_grxdywjjb AS g WHERE g.XDJJH = a.XDJJH AND g.delivered_on = a.delivered_on)
  AND NOT EXISTS (
    SELECT 1 FROM east5_pjtxb AS b WHERE coalesce(b.XDJJH, b.PJHM) = a.XDJJH AND b.delivered_on = a.delivered_on
  )
