SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.rolled_balance AS DECIMAL(18, 2)) AS rolled_balance,
  CAST(q.reported_balance AS DECIMAL(18, 2)) AS reported_balance,
  CAST(q.difference_amount AS DECIMAL(18, 2)) AS difference_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    business_date AS reported_on,
    running_movement + previous_offset AS rolled_balance,
    reported_balance,
    running_movement + previous_offset - reported_balance AS difference_amount
  FROM balance_point
  WHERE
    NOT reported_balance IS NULL
    AND NOT previous_offset IS NULL
    AND running_movement + previous_offset <> reported_balance
) AS q
