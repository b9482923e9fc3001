WITH accounts AS (
  SELECT
    business_date,
    currency,
    CAST(SUM(contribution_amount) AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(economic_value_added_amount) AS DECIMAL(38, 2)) AS economic_value_added_amount
  FROM account_contribution_month
  GROUP BY
    business_date,
    currency
), managers AS (
  SELECT
    business_date,
    currency,
    CAST(SUM(contribution_amount) AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(economic_value_added_amount) AS DECIMAL(38, 2)) AS economic_value_added_amount
  FROM contribution_month
  GROUP BY
    business_date,
    currency
), customers AS (
  SELECT
    business_date,
    currency,
    CAST(SUM(contribution_amount) AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(economic_value_added_amount) AS DECIMAL(38, 2)) AS economic_value_added_amount
  FROM customer_contribution_month
  GROUP BY
    business_date,
    currency
), compared AS (
  SELECT
    COALESCE(m.business_date, a.business_date) AS business_date,
    'manager' AS cut_code,
    CAST(ABS(
      COALESCE(m.contribution_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.contribution_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.servicing_cost_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.servicing_cost_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.expected_loss_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.expected_loss_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.economic_value_added_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.economic_value_added_amount, CAST(0 AS DECIMAL(38, 2)))
    ) AS DECIMAL(38, 2)) AS difference_amount
  FROM managers AS m
  FULL JOIN accounts AS a
    ON a.business_date = m.business_date AND a.currency = m.currency
  UNION ALL
  SELECT
    COALESCE(m.business_date, a.business_date) AS business_date,
    'customer' AS cut_code,
    CAST(ABS(
      COALESCE(m.contribution_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.contribution_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.servicing_cost_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.servicing_cost_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.expected_loss_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.expected_loss_amount, CAST(0 AS DECIMAL(38, 2)))
    ) + ABS(
      COALESCE(m.economic_value_added_amount, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.economic_value_added_amount, CAST(0 AS DECIMAL(38, 2)))
    ) AS DECIMAL(38, 2)) AS difference_amount
  FROM customers AS m
  FULL JOIN accounts AS a
    ON a.business_date = m.business_date AND a.currency = m.currency
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  cut_code,
  difference_amount
FROM compared
WHERE
  difference_amount <> 0
