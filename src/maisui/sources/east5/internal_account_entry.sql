SELECT
  NBFHZZH AS account_number,
  BZ AS currency,
  JYXLH AS transaction_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  coalesce(MXKMBH, 'none') AS subject_code,
  coalesce(HXJYRQ, delivered_on) AS posted_on,
  HXJYSJ AS posted_time,
  CASE WHEN JYJDBZ = '借' THEN coalesce(JYJE, CAST(0 AS DECIMAL(18,2))) ELSE CAST(0 AS DECIMAL(18,2)) END AS debit_amount,
  CASE WHEN JYJDBZ = '贷' THEN coalesce(JYJE, CAST(0 AS DECIMAL(18,2))) ELSE CAST(0 AS DECIMAL(18,2)) END AS credit_amount,
  DFKMBH AS contra_subject_code,
  DFZH AS counterparty_account,
  CBMBZ <> '正常' AS is_reversal,
  JYGYH AS teller_number,
  source_file_id,
  source_line
FROM east5_nbfhzmx
