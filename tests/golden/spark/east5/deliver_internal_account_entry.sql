SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.posted_on AS DATE) AS posted_on,
  CAST(q.posted_time AS STRING) AS posted_time,
  CAST(q.debit_amount AS DECIMAL(18, 2)) AS debit_amount,
  CAST(q.credit_amount AS DECIMAL(18, 2)) AS credit_amount,
  CAST(q.contra_subject_code AS STRING) AS contra_subject_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.is_reversal AS BOOLEAN) AS is_reversal,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.account_number,
    m.currency,
    m.transaction_number,
    m.organisation_code,
    m.subject_code,
    m.posted_on,
    m.posted_time,
    m.debit_amount,
    m.credit_amount,
    m.contra_subject_code,
    m.counterparty_account,
    m.is_reversal,
    m.teller_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      NBFHZZH AS account_number,
      BZ AS currency,
      JYXLH AS transaction_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      COALESCE(MXKMBH, 'none') AS subject_code,
      COALESCE(HXJYRQ, delivered_on) AS posted_on,
      HXJYSJ AS posted_time,
      CASE
        WHEN JYJDBZ = '借'
        THEN COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2)))
        ELSE CAST(0 AS DECIMAL(18, 2))
      END AS debit_amount,
      CASE
        WHEN JYJDBZ = '贷'
        THEN COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2)))
        ELSE CAST(0 AS DECIMAL(18, 2))
      END AS credit_amount,
      DFKMBH AS contra_subject_code,
      DFZH AS counterparty_account,
      CBMBZ <> '正常' AS is_reversal,
      JYGYH AS teller_number,
      source_file_id,
      source_line
    FROM east5_nbfhzmx
  ) AS m
) AS q
