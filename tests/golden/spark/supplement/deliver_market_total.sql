SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.month_end_on AS DATE) AS month_end_on,
  CAST(q.business_kind AS STRING) AS business_kind,
  CAST(q.bank_name AS STRING) AS bank_name,
  CAST(q.is_own_bank AS BOOLEAN) AS is_own_bank,
  CAST(q.market_product_name AS STRING) AS market_product_name,
  CAST(q.town_code AS STRING) AS town_code,
  CAST(q.town_name AS STRING) AS town_name,
  CAST(q.market_balance AS DECIMAL(18, 2)) AS market_balance,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.month_end_on,
    m.business_kind,
    m.bank_name,
    m.is_own_bank,
    m.market_product_name,
    m.town_code,
    m.town_name,
    m.market_balance,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      month_end_on,
      CASE business_kind WHEN '存款' THEN 'deposit' ELSE 'loan' END AS business_kind,
      bank_name,
      is_own_bank = '是' AS is_own_bank,
      market_product_name,
      town_code,
      town_name,
      market_balance,
      source_file_id,
      source_line
    FROM supplement_market_total
  ) AS m
) AS q
