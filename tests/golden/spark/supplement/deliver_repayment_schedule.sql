SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.instalment_number AS STRING) AS instalment_number,
  CAST(q.due_on AS DATE) AS due_on,
  CAST(q.due_principal_amount AS DECIMAL(18, 2)) AS due_principal_amount,
  CAST(q.due_interest_amount AS DECIMAL(18, 2)) AS due_interest_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.loan_number,
    m.instalment_number,
    m.due_on,
    m.due_principal_amount,
    m.due_interest_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      loan_number,
      instalment_number,
      due_on,
      due_principal_amount,
      due_interest_amount,
      source_file_id,
      source_line
    FROM supplement_repayment_schedule
  ) AS m
) AS q
