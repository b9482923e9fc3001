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
      ACCT_NO AS account_number,
      CCY AS currency,
      delivered_on AS held_on,
      ACCT_BAL AS balance,
      source_file_id,
      source_line
    FROM downlink_core_ddmast
  ) AS m
) AS q
