SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.account_status AS STRING) AS account_status,
  CAST(q.limit_amount AS DECIMAL(18, 2)) AS limit_amount,
  CAST(q.temporary_limit_amount AS DECIMAL(18, 2)) AS temporary_limit_amount,
  CAST(q.overdraft_balance AS DECIMAL(18, 2)) AS overdraft_balance,
  CAST(q.instalment_balance AS DECIMAL(18, 2)) AS instalment_balance,
  CAST(q.unused_limit_amount AS DECIMAL(18, 2)) AS unused_limit_amount,
  CAST(q.overdue_amount AS DECIMAL(18, 2)) AS overdue_amount,
  CAST(q.overdue_since AS DATE) AS overdue_since,
  CAST(q.receivable_amount AS DECIMAL(18, 2)) AS receivable_amount,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.purchase_amount AS DECIMAL(18, 2)) AS purchase_amount,
  CAST(q.cash_amount AS DECIMAL(18, 2)) AS cash_amount,
  CAST(q.income_amount AS DECIMAL(18, 2)) AS income_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.account_number,
    m.currency,
    m.customer_number,
    m.organisation_code,
    m.account_status,
    m.limit_amount,
    m.temporary_limit_amount,
    m.overdraft_balance,
    m.instalment_balance,
    m.unused_limit_amount,
    m.overdue_amount,
    m.overdue_since,
    m.receivable_amount,
    m.loan_class,
    m.purchase_amount,
    m.cash_amount,
    m.income_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      XYKZH AS account_number,
      BZ AS currency,
      COALESCE(KHTYBH, 'none') AS customer_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      ZHZT AS account_status,
      DQSXED AS limit_amount,
      QZLSED AS temporary_limit_amount,
      COALESCE(TZJE, CAST(0 AS DECIMAL(18, 2))) AS overdraft_balance,
      QZFQYE AS instalment_balance,
      DQSXYE AS unused_limit_amount,
      YQJE AS overdue_amount,
      YQRQ AS overdue_since,
      YSXF AS receivable_amount,
      CASE WJFL
        WHEN '正常'
        THEN 'pass'
        WHEN '关注'
        THEN 'special_mention'
        WHEN '次级'
        THEN 'substandard'
        WHEN '可疑'
        THEN 'doubtful'
        WHEN '损失'
        THEN 'loss'
        ELSE 'unclassified'
      END AS loan_class,
      BYLJXFJE AS purchase_amount,
      BYLJQXZZJE AS cash_amount,
      BYLJSR AS income_amount,
      source_file_id,
      source_line
    FROM east5_xyksxqkb
  ) AS m
) AS q
