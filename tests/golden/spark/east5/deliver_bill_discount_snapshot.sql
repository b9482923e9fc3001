SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.bill_number AS STRING) AS bill_number,
  CAST(q.bill_type AS STRING) AS bill_type,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.face_amount AS DECIMAL(18, 2)) AS face_amount,
  CAST(q.discount_amount AS DECIMAL(18, 2)) AS discount_amount,
  CAST(q.discount_interest_amount AS DECIMAL(18, 2)) AS discount_interest_amount,
  CAST(q.discount_rate AS DECIMAL(12, 6)) AS discount_rate,
  CAST(q.discounted_on AS DATE) AS discounted_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.bill_status AS STRING) AS bill_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.loan_number,
    m.contract_number,
    m.bill_number,
    m.bill_type,
    m.customer_number,
    m.organisation_code,
    m.currency,
    m.face_amount,
    m.discount_amount,
    m.discount_interest_amount,
    m.discount_rate,
    m.discounted_on,
    m.matures_on,
    m.bill_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      XDJJH AS loan_number,
      XDHTH AS contract_number,
      PJHM AS bill_number,
      PJLX AS bill_type,
      TXRKHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(BZ, 'unknown') AS currency,
      PMJE AS face_amount,
      TXJE AS discount_amount,
      TXLX AS discount_interest_amount,
      CAST(TXL * 0.01 AS DECIMAL(12, 6)) AS discount_rate,
      TXRQ AS discounted_on,
      PJDQRQ AS matures_on,
      CASE
        WHEN PJZT IS NULL
        THEN 'other'
        WHEN PJZT RLIKE '未结清|未到期'
        THEN 'held'
        WHEN PJZT RLIKE '逾期|拒付|垫款'
        THEN 'overdue'
        WHEN PJZT RLIKE '结清|收回|兑付|解付|终结|核销'
        THEN 'settled'
        WHEN PJZT RLIKE '转出|卖出|转贴现|转让|背书'
        THEN 'transferred'
        WHEN PJZT RLIKE '正常|持有|贴现|库存|托收|有效'
        THEN 'held'
        ELSE 'other'
      END AS bill_status,
      source_file_id,
      source_line
    FROM east5_pjtxb
  ) AS m
) AS q
