SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.instalment_number AS STRING) AS instalment_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.instalment_type AS STRING) AS instalment_type,
  CAST(q.agreed_on AS DATE) AS agreed_on,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.instalment_amount AS DECIMAL(18, 2)) AS instalment_amount,
  CAST(q.instalment_count AS BIGINT) AS instalment_count,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.instalment_number,
    m.account_number,
    m.customer_number,
    m.organisation_code,
    m.instalment_type,
    m.agreed_on,
    m.currency,
    m.instalment_amount,
    m.instalment_count,
    m.interest_rate,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      FQYWBH AS instalment_number,
      XYKZH AS account_number,
      COALESCE(KHTYBH, 'none') AS customer_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      FQYWLX AS instalment_type,
      BLFQRQ AS agreed_on,
      COALESCE(BZ, 'CNY') AS currency,
      FQJE AS instalment_amount,
      FQQS AS instalment_count,
      CAST(FQLL * 0.01 AS DECIMAL(12, 6)) AS interest_rate,
      source_file_id,
      source_line
    FROM east5_xykfqywb
  ) AS m
) AS q
