SELECT
  coalesce(KJRQ, delivered_on) AS reported_on,
  NBJGH AS organisation_code,
  KJKMBH AS subject_code,
  BZ AS currency,
  CASE
    WHEN BSZQ IN ('日报', '1') THEN 'day'
    WHEN BSZQ IN ('月报', '2') THEN 'month'
    WHEN BSZQ IN ('季报', '3') THEN 'quarter'
    WHEN BSZQ IN ('半年报', '4') THEN 'half_year'
    WHEN BSZQ IN ('年报', '5') THEN 'year'
  END AS period_kind,
  coalesce(QCJFYE, CAST(0 AS DECIMAL(18,2))) AS opening_debit_balance,
  coalesce(QCDFYE, CAST(0 AS DECIMAL(18,2))) AS opening_credit_balance,
  coalesce(JFFSE, CAST(0 AS DECIMAL(18,2))) AS debit_amount,
  coalesce(DFFSE, CAST(0 AS DECIMAL(18,2))) AS credit_amount,
  coalesce(QMJFYE, CAST(0 AS DECIMAL(18,2))) AS closing_debit_balance,
  coalesce(QMDFYE, CAST(0 AS DECIMAL(18,2))) AS closing_credit_balance,
  source_file_id,
  source_line
FROM east5_zzkjqkmb
