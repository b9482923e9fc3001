SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.card_number AS STRING) AS card_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.posted_on AS DATE) AS posted_on,
  CAST(q.posted_time AS STRING) AS posted_time,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.overdraft_change AS DECIMAL(18, 2)) AS overdraft_change,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.channel_type AS STRING) AS channel_type,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.is_instalment AS BOOLEAN) AS is_instalment,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.account_number,
    m.transaction_number,
    m.card_number,
    m.currency,
    m.customer_number,
    m.organisation_code,
    m.subject_code,
    m.posted_on,
    m.posted_time,
    m.amount,
    m.overdraft_change,
    m.transaction_type,
    m.channel_type,
    m.merchant_number,
    m.fee_amount,
    m.is_instalment,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      XYKZH AS account_number,
      JYXLH AS transaction_number,
      KH AS card_number,
      COALESCE(BZ, 'CNY') AS currency,
      COALESCE(KHTYBH, 'none') AS customer_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      MXKMBH AS subject_code,
      COALESCE(HXJYRQ, delivered_on) AS posted_on,
      HXJYSJ AS posted_time,
      COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2))) AS amount,
      CASE JYJDBZ
        WHEN '借'
        THEN COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2)))
        WHEN '贷'
        THEN -COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2)))
        ELSE CAST(0 AS DECIMAL(18, 2))
      END AS overdraft_change,
      KPJYLX AS transaction_type,
      JYQD AS channel_type,
      SHBH AS merchant_number,
      SXFJE AS fee_amount,
      FQFKBZ = '是' AS is_instalment,
      source_file_id,
      source_line
    FROM east5_xykjymxb
  ) AS m
) AS q
