SELECT
  merchant_number,
  traded_on,
  CASE payment_kind WHEN '刷卡' THEN 'card' WHEN '扫码' THEN 'scan' ELSE 'other' END AS payment_kind,
  CAST(sum(trade_count) AS BIGINT) AS trade_count,
  CAST(sum(trade_amount) AS DECIMAL(18,2)) AS trade_amount,
  CAST(sum(fee_income) AS DECIMAL(18,2)) AS fee_income_amount,
  CAST(sum(fee_cost) AS DECIMAL(18,2)) AS fee_cost_amount,
  max(source_file_id) AS source_file_id,
  CAST(max(source_line) AS BIGINT) AS source_line
FROM supplement_pos_acquiring
GROUP BY merchant_number, traded_on, CASE payment_kind WHEN '刷卡' THEN 'card' WHEN '扫码' THEN 'scan' ELSE 'other' END
