SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_name AS STRING) AS product_name,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.held_since AS DATE) AS held_since,
  CAST(q.market_amount AS DECIMAL(18, 2)) AS market_amount,
  CAST(q.local_amount AS DECIMAL(18, 2)) AS local_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.certificate_type,
    m.certificate_number,
    m.product_code,
    m.product_name,
    m.currency,
    m.held_since,
    m.market_amount,
    m.local_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      KHZJLB AS certificate_type,
      KHZJHM AS certificate_number,
      COALESCE(CPDJBM, LCCPMC, 'unknown') AS product_code,
      LCCPMC AS product_name,
      COALESCE(BZ, 'CNY') AS currency,
      KHCYRQ AS held_since,
      COALESCE(KHCYLCYE, CAST(0 AS DECIMAL(18, 2))) AS market_amount,
      KHCYLCZSRMBYE AS local_amount,
      source_file_id,
      source_line
    FROM east5_khlccpcy
  ) AS m
) AS q
