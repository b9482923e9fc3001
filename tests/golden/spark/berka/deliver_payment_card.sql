SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.card_number AS STRING) AS card_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.card_type AS STRING) AS card_type,
  CAST(q.issued_on AS DATE) AS issued_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.card_number,
    m.customer_number,
    m.account_number,
    m.card_type,
    m.issued_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      c.card_id AS card_number,
      COALESCE(d.client_id, 'none') AS customer_number,
      d.account_id AS account_number,
      c.type AS card_type,
      c.issued AS issued_on,
      c.source_file_id,
      c.source_line
    FROM berka_card AS c
    LEFT JOIN berka_disp AS d
      ON d.disp_id = c.disp_id
  ) AS m
) AS q
