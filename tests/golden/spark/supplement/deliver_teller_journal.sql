SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.journal_number AS STRING) AS journal_number,
  CAST(q.handled_on AS DATE) AS handled_on,
  CAST(q.handled_time AS STRING) AS handled_time,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.transaction_code AS STRING) AS transaction_code,
  CAST(q.transaction_title AS STRING) AS transaction_title,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.checker_number AS STRING) AS checker_number,
  CAST(q.authoriser_number AS STRING) AS authoriser_number,
  CAST(q.journal_amount AS DECIMAL(18, 2)) AS journal_amount,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.journal_number,
    m.handled_on,
    m.handled_time,
    m.organisation_code,
    m.transaction_code,
    m.transaction_title,
    m.teller_number,
    m.checker_number,
    m.authoriser_number,
    m.journal_amount,
    m.transaction_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      journal_number,
      handled_on,
      handled_time,
      organisation_code,
      transaction_code,
      transaction_title,
      teller_number,
      checker_number,
      authoriser_number,
      journal_amount,
      transaction_number,
      source_file_id,
      source_line
    FROM supplement_teller_journal
  ) AS m
) AS q
