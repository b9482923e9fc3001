SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.holder_role AS STRING) AS holder_role,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.account_number,
    m.customer_number,
    m.holder_role,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      account_id AS account_number,
      client_id AS customer_number,
      CASE type WHEN 'OWNER' THEN 'owner' ELSE 'authorised' END AS holder_role,
      source_file_id,
      source_line
    FROM berka_disp
  ) AS m
) AS q
