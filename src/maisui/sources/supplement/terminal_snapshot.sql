SELECT
  delivered_on AS reported_on,
  terminal_number,
  CASE
    WHEN terminal_kind IN ('ATM', 'CRS') THEN 'atm'
    WHEN terminal_kind = 'VTM' THEN 'vtm'
    WHEN terminal_kind = 'POS' THEN 'pos'
    ELSE 'other'
  END AS terminal_kind,
  organisation_code,
  is_away = '是' AS is_away,
  merchant_number,
  CASE WHEN installed_on < DATE '9999-01-01' THEN installed_on END AS installed_on,
  CASE WHEN retired_on < DATE '9999-01-01' THEN retired_on END AS retired_on,
  source_file_id,
  source_line
FROM supplement_terminal
