WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), priced_months AS (
  SELECT DISTINCT
    business_date
  FROM contribution_month
), booked_months AS (
  SELECT DISTINCT
    m.business_date
  FROM income_day AS i
  INNER JOIN months AS m
    ON i.business_date = m.business_date
), ledger_lines AS (
  SELECT
    i.organisation_code,
    CASE
      WHEN i.line_code = 'interest_income'
      AND COALESCE(s.subject_name, '') RLIKE '存放|同业|债券|债权|国债|拆出|拆放|返售|央行|中央银行|系统内|转贴现|存单'
      THEN 'treasury'
      WHEN i.line_code IN ('investment_income', 'interest_expense')
      THEN 'treasury'
      WHEN i.line_code IN ('interest_income', 'deposit_interest_expense')
      THEN 'accrual_difference'
      WHEN i.line_code IN ('fee_income', 'fee_expense')
      THEN 'fee_difference'
      WHEN i.line_code = 'tax_surcharge'
      THEN 'vat_difference'
      WHEN i.line_code = 'operating_expense'
      THEN 'expense_absorption'
      WHEN i.line_code = 'impairment'
      THEN 'impairment_difference'
      WHEN i.line_code = 'income_tax'
      THEN 'tax_difference'
      WHEN i.line_code IN (
        'other_income',
        'other_expense',
        'non_operating_income',
        'non_operating_expense',
        'prior_year_adjustment'
      )
      THEN 'non_operating'
      ELSE 'unexplained'
    END AS bridge_line_code,
    i.currency,
    m.business_date,
    i.local_profit_amount AS profit_amount
  FROM income_day AS i
  INNER JOIN months AS m
    ON i.business_date >= m.month_start AND i.business_date <= m.business_date
  LEFT JOIN ledger_subject_line AS s
    ON s.subject_code = i.subject_code
), lines AS (
  SELECT
    organisation_code,
    bridge_line_code,
    currency,
    business_date,
    profit_amount
  FROM ledger_lines
  UNION ALL
  SELECT DISTINCT
    organisation_code,
    'unexplained' AS bridge_line_code,
    currency,
    business_date,
    CAST(0 AS DECIMAL(18, 2)) AS profit_amount
  FROM ledger_lines
  UNION ALL
  SELECT
    organisation_code,
    'contribution' AS bridge_line_code,
    currency,
    business_date,
    contribution_amount AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'transfer_centre' AS bridge_line_code,
    currency,
    business_date,
    CASE account_kind WHEN 'deposit' THEN -transfer_amount ELSE transfer_amount END AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'accrual_difference' AS bridge_line_code,
    currency,
    business_date,
    CASE account_kind WHEN 'deposit' THEN interest_amount ELSE -interest_amount END AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'fee_difference' AS bridge_line_code,
    currency,
    business_date,
    -fee_amount AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'vat_difference' AS bridge_line_code,
    currency,
    business_date,
    vat_amount AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'expense_absorption' AS bridge_line_code,
    currency,
    business_date,
    servicing_cost_amount AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'impairment_difference' AS bridge_line_code,
    currency,
    business_date,
    expected_loss_amount AS profit_amount
  FROM contribution_month
  UNION ALL
  SELECT
    organisation_code,
    'tax_difference' AS bridge_line_code,
    currency,
    business_date,
    tax_amount AS profit_amount
  FROM contribution_month
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.bridge_line_code AS STRING) AS bridge_line_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.profit_amount AS DECIMAL(38, 2)) AS profit_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    l.organisation_code,
    l.bridge_line_code,
    l.currency,
    l.business_date,
    CAST(SUM(l.profit_amount) AS DECIMAL(38, 2)) AS profit_amount
  FROM lines AS l
  INNER JOIN priced_months AS p
    ON p.business_date = l.business_date
  INNER JOIN booked_months AS b
    ON b.business_date = l.business_date
  GROUP BY
    l.organisation_code,
    l.bridge_line_code,
    l.currency,
    l.business_date
) AS q
