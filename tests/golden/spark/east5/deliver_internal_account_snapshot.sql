SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.account_name AS STRING) AS account_name,
  CAST(q.balance_side AS STRING) AS balance_side,
  CAST(q.debit_balance AS DECIMAL(18, 2)) AS debit_balance,
  CAST(q.credit_balance AS DECIMAL(18, 2)) AS credit_balance,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.account_status AS STRING) AS account_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.account_number,
    m.currency,
    m.organisation_code,
    m.subject_code,
    m.account_name,
    m.balance_side,
    m.debit_balance,
    m.credit_balance,
    m.opened_on,
    m.closed_on,
    m.account_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      NBFHZZH AS account_number,
      BZ AS currency,
      COALESCE(NBJGH, 'none') AS organisation_code,
      COALESCE(MXKMBH, 'none') AS subject_code,
      ZHMC AS account_name,
      CASE
        WHEN JDBZ IN ('借', '借方')
        THEN 'debit'
        WHEN JDBZ IN ('贷', '贷方')
        THEN 'credit'
        ELSE 'both'
      END AS balance_side,
      COALESCE(JFYE, CAST(0 AS DECIMAL(18, 2))) AS debit_balance,
      COALESCE(DFYE, CAST(0 AS DECIMAL(18, 2))) AS credit_balance,
      KHRQ AS opened_on,
      XHRQ AS closed_on,
      ZHZT AS account_status,
      source_file_id,
      source_line
    FROM east5_nbfhz
  ) AS m
) AS q
