WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
  GROUP BY
    month_start
), shares AS (
  SELECT
    l.account_number,
    l.currency,
    m.business_date,
    l.employee_number,
    CAST(SUM(
      CAST(ROUND(l.result_share * 1000000) AS BIGINT) * DATEDIFF(
        DAY,
        GREATEST(l.valid_from, m.month_start),
        LEAST(
          COALESCE(l.valid_until, CAST(m.business_date + 1 AS DATE)),
          CAST(m.business_date + 1 AS DATE)
        )
      )
    ) AS BIGINT) AS weight
  FROM account_allocation AS l
  INNER JOIN months AS m
    ON l.valid_from <= m.business_date
    AND (
      l.valid_until IS NULL OR l.valid_until > m.month_start
    )
  GROUP BY
    l.account_number,
    l.currency,
    m.business_date,
    l.employee_number
), ranked AS (
  SELECT
    account_number,
    currency,
    business_date,
    employee_number,
    weight,
    CAST(SUM(weight) OVER (PARTITION BY account_number, currency, business_date) AS BIGINT) AS total_weight,
    ROW_NUMBER() OVER (
      PARTITION BY account_number, currency, business_date
      ORDER BY weight DESC, employee_number NULLS LAST
    ) AS place,
    COUNT(*) OVER (PARTITION BY account_number, currency, business_date) AS person_count
  FROM shares
), split AS (
  SELECT
    c.account_number,
    c.currency,
    c.business_date,
    c.organisation_code,
    c.product_code,
    c.product_category,
    c.product_group,
    c.product_line,
    c.account_kind,
    c.customer_kind,
    s.employee_number,
    s.place,
    c.is_estimated,
    CASE
      WHEN s.place = 1
      THEN c.balance_days
      ELSE CAST(CASE WHEN c.balance_days < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.balance_days) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS balance_days,
    CASE
      WHEN s.place = 1
      THEN c.interest_amount
      ELSE CAST(CASE WHEN c.interest_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.interest_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS interest_amount,
    CASE
      WHEN s.place = 1
      THEN c.transfer_amount
      ELSE CAST(CASE WHEN c.transfer_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.transfer_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS transfer_amount,
    CASE
      WHEN s.place = 1
      THEN c.fee_amount
      ELSE CAST(CASE WHEN c.fee_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.fee_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS fee_amount,
    CASE
      WHEN s.place = 1
      THEN c.vat_amount
      ELSE CAST(CASE WHEN c.vat_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.vat_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS vat_amount,
    CASE
      WHEN s.place = 1
      THEN c.servicing_cost_amount
      ELSE CAST(CASE WHEN c.servicing_cost_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.servicing_cost_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS servicing_cost_amount,
    CASE
      WHEN s.place = 1
      THEN c.expected_loss_amount
      ELSE CAST(CASE WHEN c.expected_loss_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.expected_loss_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS expected_loss_amount,
    CASE
      WHEN s.place = 1
      THEN c.tax_amount
      ELSE CAST(CASE WHEN c.tax_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.tax_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS tax_amount,
    CASE
      WHEN s.place = 1
      THEN c.capital_days
      ELSE CAST(CASE WHEN c.capital_days < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.capital_days) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS capital_days,
    CASE
      WHEN s.place = 1
      THEN c.capital_charge_amount
      ELSE CAST(CASE WHEN c.capital_charge_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(c.capital_charge_amount) * 100 AS DECIMAL(38, 0)) * s.weight AS DECIMAL(38, 0)) DIV NULLIF(s.total_weight, 0) AS DECIMAL(22, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS capital_charge_amount
  FROM account_contribution_month AS c
  INNER JOIN ranked AS s
    ON s.account_number = c.account_number
    AND s.currency = c.currency
    AND s.business_date = c.business_date
    AND s.person_count > 1
  WHERE
    c.business_date >= CAST('0001-01-01' AS DATE)
), given_away AS (
  SELECT
    account_number,
    currency,
    business_date,
    CAST(SUM(balance_days) AS DECIMAL(38, 2)) AS balance_days,
    CAST(SUM(interest_amount) AS DECIMAL(38, 2)) AS interest_amount,
    CAST(SUM(transfer_amount) AS DECIMAL(38, 2)) AS transfer_amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount,
    CAST(SUM(vat_amount) AS DECIMAL(38, 2)) AS vat_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(tax_amount) AS DECIMAL(38, 2)) AS tax_amount,
    CAST(SUM(capital_days) AS DECIMAL(38, 2)) AS capital_days,
    CAST(SUM(capital_charge_amount) AS DECIMAL(38, 2)) AS capital_charge_amount
  FROM split
  WHERE
    place > 1
  GROUP BY
    account_number,
    currency,
    business_date
), persons AS (
  SELECT
    p.organisation_code,
    p.product_code,
    p.product_category,
    p.product_group,
    p.product_line,
    p.account_kind,
    p.customer_kind,
    p.employee_number,
    p.currency,
    p.business_date,
    CASE WHEN p.place = 1 THEN 1 ELSE 0 END AS account_count,
    p.is_estimated,
    CASE WHEN p.place = 1 THEN p.balance_days - g.balance_days ELSE p.balance_days END AS balance_days,
    CASE
      WHEN p.place = 1
      THEN p.interest_amount - g.interest_amount
      ELSE p.interest_amount
    END AS interest_amount,
    CASE
      WHEN p.place = 1
      THEN p.transfer_amount - g.transfer_amount
      ELSE p.transfer_amount
    END AS transfer_amount,
    CASE WHEN p.place = 1 THEN p.fee_amount - g.fee_amount ELSE p.fee_amount END AS fee_amount,
    CASE WHEN p.place = 1 THEN p.vat_amount - g.vat_amount ELSE p.vat_amount END AS vat_amount,
    CASE
      WHEN p.place = 1
      THEN p.servicing_cost_amount - g.servicing_cost_amount
      ELSE p.servicing_cost_amount
    END AS servicing_cost_amount,
    CASE
      WHEN p.place = 1
      THEN p.expected_loss_amount - g.expected_loss_amount
      ELSE p.expected_loss_amount
    END AS expected_loss_amount,
    CASE WHEN p.place = 1 THEN p.tax_amount - g.tax_amount ELSE p.tax_amount END AS tax_amount,
    CASE WHEN p.place = 1 THEN p.capital_days - g.capital_days ELSE p.capital_days END AS capital_days,
    CASE
      WHEN p.place = 1
      THEN p.capital_charge_amount - g.capital_charge_amount
      ELSE p.capital_charge_amount
    END AS capital_charge_amount
  FROM split AS p
  INNER JOIN given_away AS g
    ON g.account_number = p.account_number
    AND g.currency = p.currency
    AND g.business_date = p.business_date
  UNION ALL
  SELECT
    c.organisation_code,
    c.product_code,
    c.product_category,
    c.product_group,
    c.product_line,
    c.account_kind,
    c.customer_kind,
    COALESCE(s.employee_number, 'unassigned') AS employee_number,
    c.currency,
    c.business_date,
    CASE WHEN c.account_kind = 'none' THEN 0 ELSE 1 END AS account_count,
    c.is_estimated,
    CAST(c.balance_days AS DECIMAL(38, 2)) AS balance_days,
    CAST(c.interest_amount AS DECIMAL(38, 2)) AS interest_amount,
    CAST(c.transfer_amount AS DECIMAL(38, 2)) AS transfer_amount,
    CAST(c.fee_amount AS DECIMAL(38, 2)) AS fee_amount,
    CAST(c.vat_amount AS DECIMAL(38, 2)) AS vat_amount,
    CAST(c.servicing_cost_amount AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(c.expected_loss_amount AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(c.tax_amount AS DECIMAL(38, 2)) AS tax_amount,
    CAST(c.capital_days AS DECIMAL(38, 2)) AS capital_days,
    CAST(c.capital_charge_amount AS DECIMAL(38, 2)) AS capital_charge_amount
  FROM account_contribution_month AS c
  LEFT JOIN ranked AS s
    ON s.account_number = c.account_number
    AND s.currency = c.currency
    AND s.business_date = c.business_date
  WHERE
    c.business_date >= CAST('0001-01-01' AS DATE)
    AND (
      s.person_count IS NULL OR s.person_count = 1
    )
), summed AS (
  SELECT
    organisation_code,
    product_code,
    product_category,
    product_group,
    product_line,
    account_kind,
    customer_kind,
    employee_number,
    currency,
    business_date,
    CAST(SUM(balance_days) AS DECIMAL(38, 2)) AS balance_days,
    CAST(SUM(interest_amount) AS DECIMAL(38, 2)) AS interest_amount,
    CAST(SUM(transfer_amount) AS DECIMAL(38, 2)) AS transfer_amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount,
    CAST(SUM(vat_amount) AS DECIMAL(38, 2)) AS vat_amount,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS servicing_cost_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(SUM(tax_amount) AS DECIMAL(38, 2)) AS tax_amount,
    CAST(SUM(capital_days) AS DECIMAL(38, 2)) AS capital_days,
    CAST(SUM(capital_charge_amount) AS DECIMAL(38, 2)) AS capital_charge_amount,
    CAST(SUM(
      CASE account_kind
        WHEN 'deposit'
        THEN transfer_amount - interest_amount
        ELSE interest_amount - transfer_amount
      END
    ) AS DECIMAL(38, 2)) AS margin_amount,
    CAST(SUM(account_count) AS BIGINT) AS account_count,
    CAST(SUM(CASE WHEN is_estimated THEN account_count ELSE 0 END) AS BIGINT) AS estimated_account_count
  FROM persons
  GROUP BY
    organisation_code,
    product_code,
    product_category,
    product_group,
    product_line,
    account_kind,
    customer_kind,
    employee_number,
    currency,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance_days AS DECIMAL(38, 2)) AS balance_days,
  CAST(q.interest_amount AS DECIMAL(38, 2)) AS interest_amount,
  CAST(q.transfer_amount AS DECIMAL(38, 2)) AS transfer_amount,
  CAST(q.margin_amount AS DECIMAL(38, 2)) AS margin_amount,
  CAST(q.fee_amount AS DECIMAL(38, 2)) AS fee_amount,
  CAST(q.vat_amount AS DECIMAL(38, 2)) AS vat_amount,
  CAST(q.servicing_cost_amount AS DECIMAL(38, 2)) AS servicing_cost_amount,
  CAST(q.expected_loss_amount AS DECIMAL(38, 2)) AS expected_loss_amount,
  CAST(q.tax_amount AS DECIMAL(38, 2)) AS tax_amount,
  CAST(q.contribution_amount AS DECIMAL(38, 2)) AS contribution_amount,
  CAST(q.capital_days AS DECIMAL(38, 2)) AS capital_days,
  CAST(q.capital_charge_amount AS DECIMAL(38, 2)) AS capital_charge_amount,
  CAST(q.economic_value_added_amount AS DECIMAL(38, 2)) AS economic_value_added_amount,
  CAST(q.account_count AS BIGINT) AS account_count,
  CAST(q.estimated_account_count AS BIGINT) AS estimated_account_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    product_code,
    product_category,
    product_group,
    product_line,
    account_kind,
    customer_kind,
    employee_number,
    currency,
    business_date,
    balance_days,
    interest_amount,
    transfer_amount,
    fee_amount,
    vat_amount,
    servicing_cost_amount,
    expected_loss_amount,
    tax_amount,
    capital_days,
    capital_charge_amount,
    margin_amount,
    margin_amount + fee_amount - vat_amount - servicing_cost_amount - expected_loss_amount - tax_amount AS contribution_amount,
    margin_amount + fee_amount - vat_amount - servicing_cost_amount - expected_loss_amount - tax_amount - capital_charge_amount AS economic_value_added_amount,
    account_count,
    estimated_account_count
  FROM summed
) AS q
