SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.local_currency AS STRING) AS local_currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.quoted_amount AS DECIMAL(18, 2)) AS quoted_amount,
  CAST(q.exchange_rate AS DECIMAL(12, 6)) AS exchange_rate,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.currency,
    m.local_currency,
    m.valid_from,
    m.quoted_amount,
    m.exchange_rate,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      WBBZ AS currency,
      COALESCE(BBBZ, 'CNY') AS local_currency,
      HLRQ AS valid_from,
      COALESCE(WBSL, CAST(1 AS DECIMAL(18, 2))) AS quoted_amount,
      ZBBSL AS exchange_rate,
      source_file_id,
      source_line
    FROM east5_hlxxb
    WHERE
      ZBBSL > 0
      AND COALESCE(WBSL, CAST(1 AS DECIMAL(18, 2))) > 0
      AND COALESCE(BBBZ, 'CNY') = 'CNY'
  ) AS m
) AS q
