SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_name AS STRING) AS product_name,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.market_amount AS DECIMAL(18, 2)) AS market_amount,
  CAST(q.held_since AS DATE) AS held_since,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.customer_number,
    m.product_code,
    m.product_name,
    m.currency,
    m.market_amount,
    m.held_since,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      customer_number,
      product_code,
      product_name,
      currency,
      market_amount,
      held_since,
      source_file_id,
      source_line
    FROM supplement_agency_holding
  ) AS m
) AS q
