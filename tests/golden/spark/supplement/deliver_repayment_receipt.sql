SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.receipt_number AS STRING) AS receipt_number,
  CAST(q.instalment_number AS STRING) AS instalment_number,
  CAST(q.received_on AS DATE) AS received_on,
  CAST(q.principal_amount AS DECIMAL(18, 2)) AS principal_amount,
  CAST(q.interest_amount AS DECIMAL(18, 2)) AS interest_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.loan_number,
    m.receipt_number,
    m.instalment_number,
    m.received_on,
    m.principal_amount,
    m.interest_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      loan_number,
      receipt_number,
      instalment_number,
      received_on,
      principal_amount,
      interest_amount,
      source_file_id,
      source_line
    FROM supplement_repayment_receipt
  ) AS m
) AS q
