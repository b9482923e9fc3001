SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_name AS STRING) AS product_name,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.product_code,
    m.product_name,
    m.product_category,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      product_code,
      product_name,
      product_category,
      source_file_id,
      source_line
    FROM supplement_product_master
  ) AS m
) AS q
