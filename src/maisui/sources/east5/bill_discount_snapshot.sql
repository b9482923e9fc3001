SELECT
  delivered_on AS reported_on,
  XDJJH AS loan_number,
  XDHTH AS contract_number,
  PJHM AS bill_number,
  PJLX AS bill_type,
  TXRKHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(BZ, 'unknown') AS currency,
  PMJE AS face_amount,
  TXJE AS discount_amount,
  TXLX AS discount_interest_amount,
  CAST(TXL * 0.01 AS DECIMAL(12,6)) AS discount_rate,
  TXRQ AS discounted_on,
  PJDQRQ AS matures_on,
  CASE
    WHEN PJZT IS NULL THEN 'other'
    WHEN regexp_matches(PJZT, '未结清|未到期') THEN 'held'
    WHEN regexp_matches(PJZT, '逾期|拒付|垫款') THEN 'overdue'
    WHEN regexp_matches(PJZT, '结清|收回|兑付|解付|终结|核销') THEN 'settled'
    WHEN regexp_matches(PJZT, '转出|卖出|转贴现|转让|背书') THEN 'transferred'
    WHEN regexp_matches(PJZT, '正常|持有|贴现|库存|托收|有效') THEN 'held'
    ELSE 'other'
  END AS bill_status,
  source_file_id,
  source_line
FROM east5_pjtxb
