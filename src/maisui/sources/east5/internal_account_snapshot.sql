SELECT
  delivered_on AS reported_on,
  NBFHZZH AS account_number,
  BZ AS currency,
  coalesce(NBJGH, 'none') AS organisation_code,
  coalesce(MXKMBH, 'none') AS subject_code,
  ZHMC AS account_name,
  CASE
    WHEN JDBZ IN ('借', '借方') THEN 'debit'
    WHEN JDBZ IN ('贷', '贷方') THEN 'credit'
    ELSE 'both'
  END AS balance_side,
  coalesce(JFYE, CAST(0 AS DECIMAL(18,2))) AS debit_balance,
  coalesce(DFYE, CAST(0 AS DECIMAL(18,2))) AS credit_balance,
  KHRQ AS opened_on,
  XHRQ AS closed_on,
  ZHZT AS account_status,
  source_file_id,
  source_line
FROM east5_nbfhz
