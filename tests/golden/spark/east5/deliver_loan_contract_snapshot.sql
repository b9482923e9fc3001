SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.contract_amount AS DECIMAL(18, 2)) AS contract_amount,
  CAST(q.starts_on AS DATE) AS starts_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.guarantee_type AS STRING) AS guarantee_type,
  CAST(q.manager_number AS STRING) AS manager_number,
  CAST(q.contract_status AS STRING) AS contract_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.contract_number,
    m.customer_number,
    m.organisation_code,
    m.product_code,
    m.currency,
    m.contract_amount,
    m.starts_on,
    m.matures_on,
    m.guarantee_type,
    m.manager_number,
    m.contract_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      XDHTH AS contract_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(XDYWZL, 'unknown') AS product_code,
      BZ AS currency,
      HTJE AS contract_amount,
      HTQSRQ AS starts_on,
      HTDQRQ AS matures_on,
      DBLX AS guarantee_type,
      KHJLGH AS manager_number,
      HTZT AS contract_status,
      source_file_id,
      source_line
    FROM east5_xdhtb
  ) AS m
) AS q
