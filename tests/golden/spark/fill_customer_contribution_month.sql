WITH summed AS (
  SELECT
    customer_number,
    currency,
    business_date,
    CAST(COALESCE(SUM(margin_amount) FILTER(WHERE
      account_kind = 'deposit'), 0) AS DECIMAL(38, 2)) AS deposit_margin_amount,
    CAST(COALESCE(SUM(margin_amount) FILTER(WHERE
      account_kind = 'loan'), 0) AS DECIMAL(38, 2)) AS loan_margin_amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount,
    CAST(SUM(vat_amount) AS DECIMAL(38, 2)) AS vat_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(tax_amount) AS DECIMAL(38, 2)) AS tax_amount,
    CAST(SUM(contribution_amount) AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(SUM(capital_charge_amount) AS DECIMAL(38, 2)) AS capital_charge_amount,
    CAST(SUM(economic_value_added_amount) AS DECIMAL(38, 2)) AS economic_value_added_amount,
    COUNT(*) FILTER(WHERE
      is_estimated) > 0 AS is_estimated
  FROM account_contribution_month
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
  GROUP BY
    customer_number,
    currency,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.deposit_margin_amount AS DECIMAL(38, 2)) AS deposit_margin_amount,
  CAST(q.loan_margin_amount AS DECIMAL(38, 2)) AS loan_margin_amount,
  CAST(q.fee_amount AS DECIMAL(38, 2)) AS fee_amount,
  CAST(q.vat_amount AS DECIMAL(38, 2)) AS vat_amount,
  CAST(q.servicing_cost_amount AS DECIMAL(38, 2)) AS servicing_cost_amount,
  CAST(q.expected_loss_amount AS DECIMAL(38, 2)) AS expected_loss_amount,
  CAST(q.tax_amount AS DECIMAL(38, 2)) AS tax_amount,
  CAST(q.contribution_amount AS DECIMAL(38, 2)) AS contribution_amount,
  CAST(q.capital_charge_amount AS DECIMAL(38, 2)) AS capital_charge_amount,
  CAST(q.economic_value_added_amount AS DECIMAL(38, 2)) AS economic_value_added_amount,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.customer_number,
    s.currency,
    s.business_date,
    COALESCE(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    s.deposit_margin_amount,
    s.loan_margin_amount,
    s.fee_amount,
    s.vat_amount,
    s.servicing_cost_amount,
    s.expected_loss_amount,
    s.tax_amount,
    s.contribution_amount,
    s.capital_charge_amount,
    s.economic_value_added_amount,
    s.is_estimated
  FROM summed AS s
  LEFT JOIN customer AS c
    ON c.customer_number = s.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = s.customer_number
    AND s.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR s.business_date < p.valid_until
    )
) AS q
