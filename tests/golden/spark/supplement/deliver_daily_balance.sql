SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.held_on AS DATE) AS held_on,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.account_number,
    m.currency,
    m.held_on,
    m.balance,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      account_number,
      currency,
      held_on,
      end_balance AS balance,
      source_file_id,
      source_line
    FROM supplement_daily_balance
  ) AS m
) AS q
