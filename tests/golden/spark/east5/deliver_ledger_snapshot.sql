SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.period_kind AS STRING) AS period_kind,
  CAST(q.opening_debit_balance AS DECIMAL(18, 2)) AS opening_debit_balance,
  CAST(q.opening_credit_balance AS DECIMAL(18, 2)) AS opening_credit_balance,
  CAST(q.debit_amount AS DECIMAL(18, 2)) AS debit_amount,
  CAST(q.credit_amount AS DECIMAL(18, 2)) AS credit_amount,
  CAST(q.closing_debit_balance AS DECIMAL(18, 2)) AS closing_debit_balance,
  CAST(q.closing_credit_balance AS DECIMAL(18, 2)) AS closing_credit_balance,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.organisation_code,
    m.subject_code,
    m.currency,
    m.period_kind,
    m.opening_debit_balance,
    m.opening_credit_balance,
    m.debit_amount,
    m.credit_amount,
    m.closing_debit_balance,
    m.closing_credit_balance,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      COALESCE(KJRQ, delivered_on) AS reported_on,
      NBJGH AS organisation_code,
      KJKMBH AS subject_code,
      BZ AS currency,
      CASE
        WHEN BSZQ IN ('日报', '1')
        THEN 'day'
        WHEN BSZQ IN ('月报', '2')
        THEN 'month'
        WHEN BSZQ IN ('季报', '3')
        THEN 'quarter'
        WHEN BSZQ IN ('半年报', '4')
        THEN 'half_year'
        WHEN BSZQ IN ('年报', '5')
        THEN 'year'
      END AS period_kind,
      COALESCE(QCJFYE, CAST(0 AS DECIMAL(18, 2))) AS opening_debit_balance,
      COALESCE(QCDFYE, CAST(0 AS DECIMAL(18, 2))) AS opening_credit_balance,
      COALESCE(JFFSE, CAST(0 AS DECIMAL(18, 2))) AS debit_amount,
      COALESCE(DFFSE, CAST(0 AS DECIMAL(18, 2))) AS credit_amount,
      COALESCE(QMJFYE, CAST(0 AS DECIMAL(18, 2))) AS closing_debit_balance,
      COALESCE(QMDFYE, CAST(0 AS DECIMAL(18, 2))) AS closing_credit_balance,
      source_file_id,
      source_line
    FROM east5_zzkjqkmb
  ) AS m
) AS q
