SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.object_kind AS STRING) AS object_kind,
  CAST(q.object_number AS STRING) AS object_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.business_line AS STRING) AS business_line,
  CAST(q.result_share AS DECIMAL(12, 6)) AS result_share,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.object_kind,
    m.object_number,
    m.employee_number,
    m.business_line,
    m.result_share,
    m.valid_from,
    m.valid_until,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      CASE
        WHEN object_kind IN ('账户', 'account')
        THEN 'account'
        WHEN object_kind IN ('客户', 'customer')
        THEN 'customer'
        ELSE 'village'
      END AS object_kind,
      object_number,
      employee_number,
      CASE
        WHEN business_line IN ('存款', 'deposit')
        THEN 'deposit'
        WHEN business_line IN ('贷款', 'loan')
        THEN 'loan'
        ELSE 'all'
      END AS business_line,
      CAST(share_percent * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(12, 6)) AS result_share,
      valid_from,
      CASE WHEN valid_until < CAST('9999-01-01' AS DATE) THEN valid_until END AS valid_until,
      source_file_id,
      source_line
    FROM supplement_manager_assignment
  ) AS m
) AS q
