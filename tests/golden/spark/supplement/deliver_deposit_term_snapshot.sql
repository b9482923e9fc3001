SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.value_on AS DATE) AS value_on,
  CAST(q.term_month_count AS BIGINT) AS term_month_count,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.is_auto_renewal AS BOOLEAN) AS is_auto_renewal,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.account_number,
    m.currency,
    m.value_on,
    m.term_month_count,
    m.matures_on,
    m.is_auto_renewal,
    m.product_code,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      account_number,
      currency,
      value_on,
      term_months AS term_month_count,
      matures_on,
      is_auto_renewal = '是' AS is_auto_renewal,
      product_code,
      source_file_id,
      source_line
    FROM supplement_deposit_term
  ) AS m
) AS q
