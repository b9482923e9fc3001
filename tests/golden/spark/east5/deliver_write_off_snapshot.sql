SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.asset_type AS STRING) AS asset_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.written_off_principal_amount AS DECIMAL(18, 2)) AS written_off_principal_amount,
  CAST(q.written_off_interest_amount AS DECIMAL(18, 2)) AS written_off_interest_amount,
  CAST(q.written_off_on AS DATE) AS written_off_on,
  CAST(q.recovered_principal_amount AS DECIMAL(18, 2)) AS recovered_principal_amount,
  CAST(q.recovered_interest_amount AS DECIMAL(18, 2)) AS recovered_interest_amount,
  CAST(q.recovered_on AS DATE) AS recovered_on,
  CAST(q.write_off_status AS STRING) AS write_off_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.loan_number,
    m.contract_number,
    m.customer_number,
    m.organisation_code,
    m.asset_type,
    m.currency,
    m.written_off_principal_amount,
    m.written_off_interest_amount,
    m.written_off_on,
    m.recovered_principal_amount,
    m.recovered_interest_amount,
    m.recovered_on,
    m.write_off_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      JJH AS loan_number,
      HTH AS contract_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      ZCLX AS asset_type,
      BZ AS currency,
      HXBJ AS written_off_principal_amount,
      CAST(COALESCE(SHBNLX, 0) + COALESCE(SHBWLX, 0) AS DECIMAL(18, 2)) AS written_off_interest_amount,
      HXRQ AS written_off_on,
      SHBJ AS recovered_principal_amount,
      SHLX AS recovered_interest_amount,
      SHRQ AS recovered_on,
      HXZT AS write_off_status,
      source_file_id,
      source_line
    FROM east5_zchxb
  ) AS m
) AS q
