SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.terminal_number AS STRING) AS terminal_number,
  CAST(q.merchant_name AS STRING) AS merchant_name,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.is_pos AS BOOLEAN) AS is_pos,
  CAST(q.merchant_class AS STRING) AS merchant_class,
  CAST(q.settlement_account_number AS STRING) AS settlement_account_number,
  CAST(q.merchant_status AS STRING) AS merchant_status,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.merchant_number,
    m.terminal_number,
    m.merchant_name,
    m.organisation_code,
    m.is_pos,
    m.merchant_class,
    m.settlement_account_number,
    m.merchant_status,
    m.valid_from,
    m.valid_until,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      reported_on,
      merchant_number,
      terminal_number,
      merchant_name,
      organisation_code,
      is_pos,
      merchant_class,
      settlement_account_number,
      merchant_status,
      valid_from,
      valid_until,
      source_file_id,
      source_line
    FROM (
      SELECT
        delivered_on AS reported_on,
        COALESCE(SHBH, 'none') AS merchant_number,
        COALESCE(ZDH, 'none') AS terminal_number,
        SHMC AS merchant_name,
        COALESCE(NBJGH, 'none') AS organisation_code,
        SFPOS = '是' AS is_pos,
        SHMCCM AS merchant_class,
        QSZH AS settlement_account_number,
        SHZT AS merchant_status,
        QXRQ AS valid_from,
        SXRQ AS valid_until,
        source_file_id,
        source_line,
        ROW_NUMBER() OVER (
          PARTITION BY delivered_on, COALESCE(SHBH, 'none'), COALESCE(ZDH, 'none')
          ORDER BY source_file_id DESC, source_line DESC
        ) AS _w
      FROM east5_sdshxxb
    ) AS _t
    WHERE
      _w = 1
  ) AS m
) AS q
