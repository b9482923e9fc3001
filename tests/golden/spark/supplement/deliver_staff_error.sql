SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.error_number AS STRING) AS error_number,
  CAST(q.occurred_on AS DATE) AS occurred_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.error_class AS STRING) AS error_class,
  CAST(q.error_type AS STRING) AS error_type,
  CAST(q.transaction_code AS STRING) AS transaction_code,
  CAST(q.found_on AS DATE) AS found_on,
  CAST(q.corrected_on AS DATE) AS corrected_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.error_number,
    m.occurred_on,
    m.organisation_code,
    m.teller_number,
    m.error_class,
    m.error_type,
    m.transaction_code,
    m.found_on,
    m.corrected_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      error_number,
      occurred_on,
      organisation_code,
      teller_number,
      CASE error_class
        WHEN '一类'
        THEN 'first'
        WHEN '二类'
        THEN 'second'
        WHEN '三类'
        THEN 'third'
      END AS error_class,
      error_type,
      transaction_code,
      found_on,
      corrected_on,
      source_file_id,
      source_line
    FROM supplement_staff_error
  ) AS m
) AS q
