SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.order_number AS STRING) AS order_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.counterparty_bank_code AS STRING) AS counterparty_bank_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.purpose AS STRING) AS purpose,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.order_number,
    m.account_number,
    m.counterparty_bank_code,
    m.counterparty_account,
    m.amount,
    m.purpose,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      order_id AS order_number,
      account_id AS account_number,
      bank_to AS counterparty_bank_code,
      account_to AS counterparty_account,
      amount,
      NULLIF(k_symbol, ' ') AS purpose,
      source_file_id,
      source_line
    FROM berka_order
  ) AS m
) AS q
