WITH months AS (
  SELECT
    business_date,
    currency,
    CAST(SUM(profit_amount) AS DECIMAL(38, 2)) AS net_profit,
    CAST(COALESCE(SUM(profit_amount) FILTER(WHERE
      bridge_line_code = 'unexplained'), 0) AS DECIMAL(38, 2)) AS unexplained
  FROM profit_bridge_month
  GROUP BY
    business_date,
    currency
)
SELECT
  CAST(m.business_date AS STRING) AS business_date,
  m.currency,
  m.unexplained AS difference_amount
FROM months AS m
INNER JOIN parameter AS p
  ON p.parameter_code = 'unexplained_profit_limit'
  AND p.valid_from <= m.business_date
  AND (
    p.valid_until IS NULL OR p.valid_until > m.business_date
  )
WHERE
  CAST(ABS(m.unexplained) AS DECIMAL(20, 2)) > CAST(CAST(ABS(m.net_profit) AS DECIMAL(20, 2)) * p.number_value AS DECIMAL(38, 8))
