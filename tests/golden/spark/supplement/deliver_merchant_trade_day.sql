SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.traded_on AS DATE) AS traded_on,
  CAST(q.payment_kind AS STRING) AS payment_kind,
  CAST(q.trade_count AS BIGINT) AS trade_count,
  CAST(q.trade_amount AS DECIMAL(18, 2)) AS trade_amount,
  CAST(q.fee_income_amount AS DECIMAL(18, 2)) AS fee_income_amount,
  CAST(q.fee_cost_amount AS DECIMAL(18, 2)) AS fee_cost_amount,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.merchant_number,
    m.traded_on,
    m.payment_kind,
    m.trade_count,
    m.trade_amount,
    m.fee_income_amount,
    m.fee_cost_amount,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      merchant_number,
      traded_on,
      CASE payment_kind WHEN '刷卡' THEN 'card' WHEN '扫码' THEN 'scan' ELSE 'other' END AS payment_kind,
      CAST(SUM(trade_count) AS BIGINT) AS trade_count,
      CAST(SUM(trade_amount) AS DECIMAL(18, 2)) AS trade_amount,
      CAST(SUM(fee_income) AS DECIMAL(18, 2)) AS fee_income_amount,
      CAST(SUM(fee_cost) AS DECIMAL(18, 2)) AS fee_cost_amount,
      MAX(source_file_id) AS source_file_id,
      CAST(MAX(source_line) AS BIGINT) AS source_line
    FROM supplement_pos_acquiring
    GROUP BY
      merchant_number,
      traded_on,
      CASE payment_kind WHEN '刷卡' THEN 'card' WHEN '扫码' THEN 'scan' ELSE 'other' END
  ) AS m
) AS q
