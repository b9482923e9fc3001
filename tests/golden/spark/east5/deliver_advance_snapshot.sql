SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.original_contract_number AS STRING) AS original_contract_number,
  CAST(q.advance_type AS STRING) AS advance_type,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.advance_amount AS DECIMAL(18, 2)) AS advance_amount,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.advanced_on AS DATE) AS advanced_on,
  CAST(q.advance_status AS STRING) AS advance_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.loan_number,
    m.contract_number,
    m.original_contract_number,
    m.advance_type,
    m.customer_number,
    m.organisation_code,
    m.currency,
    m.advance_amount,
    m.balance,
    m.advanced_on,
    m.advance_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      XDJJH AS loan_number,
      XDHTH AS contract_number,
      YHTBH AS original_contract_number,
      DKLX AS advance_type,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(BZ, 'unknown') AS currency,
      DKJE AS advance_amount,
      DKYE AS balance,
      DKRQ AS advanced_on,
      DKZT AS advance_status,
      source_file_id,
      source_line
    FROM east5_dkdjb
  ) AS m
) AS q
