SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.fee_number AS STRING) AS fee_number,
  CAST(q.charged_on AS DATE) AS charged_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.fee_type AS STRING) AS fee_type,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.fee_number,
    m.charged_on,
    m.customer_number,
    m.account_number,
    m.organisation_code,
    m.fee_type,
    m.product_code,
    m.currency,
    m.fee_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      fee_number,
      charged_on,
      COALESCE(customer_number, 'none') AS customer_number,
      account_number,
      COALESCE(organisation_code, 'none') AS organisation_code,
      fee_type,
      product_code,
      currency,
      fee_amount,
      source_file_id,
      source_line
    FROM supplement_fee
  ) AS m
) AS q
