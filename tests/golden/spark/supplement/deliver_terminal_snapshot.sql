SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.terminal_number AS STRING) AS terminal_number,
  CAST(q.terminal_kind AS STRING) AS terminal_kind,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.is_away AS BOOLEAN) AS is_away,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.installed_on AS DATE) AS installed_on,
  CAST(q.retired_on AS DATE) AS retired_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.terminal_number,
    m.terminal_kind,
    m.organisation_code,
    m.is_away,
    m.merchant_number,
    m.installed_on,
    m.retired_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      terminal_number,
      CASE
        WHEN terminal_kind IN ('ATM', 'CRS')
        THEN 'atm'
        WHEN terminal_kind = 'VTM'
        THEN 'vtm'
        WHEN terminal_kind = 'POS'
        THEN 'pos'
        ELSE 'other'
      END AS terminal_kind,
      organisation_code,
      is_away = '是' AS is_away,
      merchant_number,
      CASE WHEN installed_on < CAST('9999-01-01' AS DATE) THEN installed_on END AS installed_on,
      CASE WHEN retired_on < CAST('9999-01-01' AS DATE) THEN retired_on END AS retired_on,
      source_file_id,
      source_line
    FROM supplement_terminal
  ) AS m
) AS q
