SELECT
  delivered_on AS reported_on,
  XDJJH AS loan_number,
  XDHTH AS contract_number,
  YHTBH AS original_contract_number,
  DKLX AS advance_type,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(BZ, 'unknown') AS currency,
  DKJE AS advance_amount,
  DKYE AS balance,
  DKRQ AS advanced_on,
  DKZT AS advance_status,
  source_file_id,
  source_line
FROM east5_dkdjb
