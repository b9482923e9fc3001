WITH customers AS (
  SELECT
    month_start,
    CAST(SUM(deposit_balance) AS DECIMAL(38, 2)) AS deposits,
    CAST(SUM(loan_balance) AS DECIMAL(38, 2)) AS loans
  FROM customer_month
  GROUP BY
    month_start
), accounts AS (
  SELECT
    month_start,
    CAST(SUM(CASE WHEN account_kind = 'deposit' THEN closing_balance ELSE 0 END) AS DECIMAL(38, 2)) AS deposits,
    CAST(SUM(CASE WHEN account_kind = 'loan' THEN closing_balance ELSE 0 END) AS DECIMAL(38, 2)) AS loans
  FROM account_month
  GROUP BY
    month_start
)
SELECT
  CAST(a.month_start AS STRING) AS month_start,
  ABS(a.deposits - COALESCE(c.deposits, CAST(0 AS DECIMAL(38, 2)))) + ABS(a.loans - COALESCE(c.loans, CAST(0 AS DECIMAL(38, 2)))) AS difference_amount
FROM accounts AS a
LEFT JOIN customers AS c
  ON c.month_start = a.month_start
WHERE
  c.month_start IS NULL OR a.deposits <> c.deposits OR a.loans <> c.loans
