SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.agency_type AS STRING) AS agency_type,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.sale_kind AS STRING) AS sale_kind,
  CAST(q.traded_on AS DATE) AS traded_on,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.issuer_name AS STRING) AS issuer_name,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.is_cash AS BOOLEAN) AS is_cash,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.transaction_number,
    m.customer_number,
    m.account_number,
    m.organisation_code,
    m.agency_type,
    m.product_code,
    m.sale_kind,
    m.traded_on,
    m.currency,
    m.amount,
    m.issuer_name,
    m.fee_amount,
    m.is_cash,
    m.employee_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      JYBH AS transaction_number,
      COALESCE(KHTYBH, 'none') AS customer_number,
      KHZH AS account_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      DLDXJYLX AS agency_type,
      COALESCE(DXCPMC, 'unknown') AS product_code,
      CASE
        WHEN JYFX LIKE '%买%' OR JYFX LIKE '%申购%' OR JYFX LIKE '%认购%'
        THEN 'buy'
        WHEN JYFX LIKE '%卖%' OR JYFX LIKE '%赎回%' OR JYFX LIKE '%兑付%'
        THEN 'sell'
        ELSE 'other'
      END AS sale_kind,
      COALESCE(JYRQ, delivered_on) AS traded_on,
      COALESCE(BZ, 'CNY') AS currency,
      COALESCE(JYJE, CAST(0 AS DECIMAL(18, 2))) AS amount,
      FXJGMC AS issuer_name,
      COALESCE(SXFJE, CAST(0 AS DECIMAL(18, 2))) AS fee_amount,
      XZBZ = '现' AS is_cash,
      JYYGH AS employee_number,
      source_file_id,
      source_line
    FROM east5_dldxjyxxb
  ) AS m
) AS q
