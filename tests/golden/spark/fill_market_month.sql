SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.business_kind AS STRING) AS business_kind,
  CAST(q.bank_name AS STRING) AS bank_name,
  CAST(q.is_own_bank AS BOOLEAN) AS is_own_bank,
  CAST(q.market_product_name AS STRING) AS market_product_name,
  CAST(q.town_code AS STRING) AS town_code,
  CAST(q.market_balance AS DECIMAL(38, 2)) AS market_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.month_end_on AS business_date,
    m.business_kind,
    m.bank_name,
    m.is_own_bank,
    m.market_product_name,
    m.town_code,
    m.market_balance
  FROM market_total AS m
  WHERE
    m.month_end_on <= CAST('2026-10-31' AS DATE)
) AS q
