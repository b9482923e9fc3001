SELECT
  delivered_on AS reported_on,
  XYKZH AS account_number,
  BZ AS currency,
  coalesce(KHTYBH, 'none') AS customer_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  ZHZT AS account_status,
  DQSXED AS limit_amount,
  QZLSED AS temporary_limit_amount,
  coalesce(TZJE, CAST(0 AS DECIMAL(18,2))) AS overdraft_balance,
  QZFQYE AS instalment_balance,
  DQSXYE AS unused_limit_amount,
  YQJE AS overdue_amount,
  YQRQ AS overdue_since,
  YSXF AS receivable_amount,
  CASE WJFL
    WHEN '正常' THEN 'pass'
    WHEN '关注' THEN 'special_mention'
    WHEN '次级' THEN 'substandard'
    WHEN '可疑' THEN 'doubtful'
    WHEN '损失' THEN 'loss'
    ELSE 'unclassified'
  END AS loan_class,
  BYLJXFJE AS purchase_amount,
  BYLJQXZZJE AS cash_amount,
  BYLJSR AS income_amount,
  source_file_id,
  source_line
FROM east5_xyksxqkb
