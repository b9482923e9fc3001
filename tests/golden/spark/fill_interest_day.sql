WITH parts AS (
  SELECT
    organisation_code,
    currency,
    business_date,
    CASE line_code
      WHEN 'interest_income'
      THEN CAST(local_profit_amount AS DECIMAL(38, 2))
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS income,
    CASE line_code
      WHEN 'interest_income'
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE CAST(-local_profit_amount AS DECIMAL(38, 2))
    END AS expense,
    CAST(0 AS DECIMAL(38, 2)) AS earning,
    CAST(0 AS DECIMAL(38, 2)) AS bearing
  FROM income_day
  WHERE
    line_code IN ('interest_income', 'deposit_interest_expense', 'interest_expense')
  UNION ALL
  SELECT
    organisation_code,
    currency,
    business_date,
    CAST(0 AS DECIMAL(38, 2)) AS income,
    CAST(0 AS DECIMAL(38, 2)) AS expense,
    CASE
      WHEN line_code IN (
        'loan',
        'discount',
        'advance',
        'investment',
        'central_bank_asset',
        'interbank_asset'
      )
      THEN local_balance
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS earning,
    CASE
      WHEN line_code IN ('deposit', 'interbank_liability', 'central_bank_liability')
      THEN local_balance
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS bearing
  FROM ledger_line_day
  WHERE
    line_code IN (
      'loan',
      'discount',
      'advance',
      'investment',
      'central_bank_asset',
      'interbank_asset',
      'deposit',
      'interbank_liability',
      'central_bank_liability'
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.interest_income_amount AS DECIMAL(38, 2)) AS interest_income_amount,
  CAST(q.interest_expense_amount AS DECIMAL(38, 2)) AS interest_expense_amount,
  CAST(q.earning_asset_balance AS DECIMAL(38, 2)) AS earning_asset_balance,
  CAST(q.bearing_liability_balance AS DECIMAL(38, 2)) AS bearing_liability_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    currency,
    business_date,
    CAST(SUM(income) AS DECIMAL(38, 2)) AS interest_income_amount,
    CAST(SUM(expense) AS DECIMAL(38, 2)) AS interest_expense_amount,
    CAST(SUM(earning) AS DECIMAL(38, 2)) AS earning_asset_balance,
    CAST(SUM(bearing) AS DECIMAL(38, 2)) AS bearing_liability_balance
  FROM parts
  GROUP BY
    organisation_code,
    currency,
    business_date
) AS q
