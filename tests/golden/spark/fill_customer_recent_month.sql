WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date,
    CAST(YEAR(month_start) * 12 + MONTH(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  GROUP BY
    month_start
), persons AS (
  SELECT
    m.customer_number,
    d.business_date,
    m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
), opened AS (
  SELECT
    customer_number,
    MIN(opened_on) AS first_held_on
  FROM account
  WHERE
    customer_number <> 'none'
  GROUP BY
    customer_number
), known AS (
  SELECT
    o.customer_number,
    o.first_held_on,
    LEAST(COALESCE(c.first_reported_on, o.first_held_on), o.first_held_on) AS known_on
  FROM opened AS o
  LEFT JOIN customer AS c
    ON c.customer_number = o.customer_number
  UNION ALL
  SELECT
    c.customer_number,
    CAST(NULL AS DATE) AS first_held_on,
    c.first_reported_on AS known_on
  FROM customer AS c
  LEFT JOIN opened AS o
    ON o.customer_number = c.customer_number
  WHERE
    o.customer_number IS NULL AND NOT c.first_reported_on IS NULL
), numbers AS (
  SELECT
    COALESCE(p.surviving_number, k.customer_number) AS customer_number,
    d.business_date,
    d.month_number,
    CASE WHEN k.first_held_on <= d.business_date THEN k.first_held_on END AS first_held_on
  FROM known AS k
  INNER JOIN days AS d
    ON k.known_on <= d.business_date
  LEFT JOIN persons AS p
    ON p.customer_number = k.customer_number AND p.business_date = d.business_date
), people AS (
  SELECT
    customer_number,
    business_date,
    month_number,
    MIN(first_held_on) AS first_held_on
  FROM numbers
  GROUP BY
    customer_number,
    business_date,
    month_number
), acted AS (
  SELECT
    t.customer_number,
    d.month_number,
    d.business_date,
    MAX(t.posted_on) AS last_on,
    COUNT(*) AS transaction_count
  FROM account_transaction AS t
  INNER JOIN days AS d
    ON d.month_start = CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
    AND t.posted_on <= d.business_date
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.is_bank_initiated
    AND COALESCE(t.initiator_code, 'customer') = 'customer'
    AND NOT t.is_reversal
  GROUP BY
    t.customer_number,
    d.month_number,
    d.business_date
), months AS (
  SELECT
    s.customer_number AS customer_number,
    d.month_number,
    s.asset_average_balance AS asset_average_balance,
    CAST(0 AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(0 AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    CAST(0 AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(0 AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(0 AS BIGINT) AS transaction_count,
    CAST(0 AS BIGINT) AS complaint_count,
    CAST(NULL AS DATE) AS last_on
  FROM customer_standing AS s
  INNER JOIN days AS d
    ON d.business_date = s.business_date
  UNION ALL
  SELECT
    f.customer_number AS customer_number,
    d.month_number,
    CAST(0 AS DECIMAL(38, 2)) AS asset_average_balance,
    f.inflow_amount AS inflow_amount,
    f.outflow_amount AS outflow_amount,
    CASE
      WHEN f.flow_code = 'payroll'
      THEN f.inflow_amount
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS payroll_amount,
    CASE
      WHEN f.flow_code = 'own_account_elsewhere'
      THEN f.outflow_amount - f.inflow_amount
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS own_elsewhere_amount,
    CAST(0 AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(0 AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(0 AS BIGINT) AS transaction_count,
    CAST(0 AS BIGINT) AS complaint_count,
    CAST(NULL AS DATE) AS last_on
  FROM customer_flow_month AS f
  INNER JOIN days AS d
    ON d.month_start = f.month_start
  UNION ALL
  SELECT
    COALESCE(p.surviving_number, c.customer_number) AS customer_number,
    d.month_number,
    CAST(0 AS DECIMAL(38, 2)) AS asset_average_balance,
    CAST(0 AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(0 AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    CAST(0 AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(0 AS DECIMAL(38, 2)) AS expected_loss_amount,
    CAST(0 AS BIGINT) AS transaction_count,
    CAST(1 AS BIGINT) AS complaint_count,
    CAST(NULL AS DATE) AS last_on
  FROM complaint AS c
  INNER JOIN days AS d
    ON d.month_start = CAST(DATE_TRUNC('MONTH', c.received_on) AS DATE)
    AND c.received_on <= d.business_date
  LEFT JOIN persons AS p
    ON p.customer_number = c.customer_number AND p.business_date = d.business_date
  WHERE
    NOT c.customer_number IS NULL
  UNION ALL
  SELECT
    COALESCE(p.surviving_number, v.customer_number) AS customer_number,
    d.month_number,
    CAST(0 AS DECIMAL(38, 2)) AS asset_average_balance,
    CAST(0 AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(0 AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    v.contribution_amount AS contribution_amount,
    v.expected_loss_amount AS expected_loss_amount,
    CAST(0 AS BIGINT) AS transaction_count,
    CAST(0 AS BIGINT) AS complaint_count,
    CAST(NULL AS DATE) AS last_on
  FROM customer_contribution_month AS v
  INNER JOIN days AS d
    ON d.business_date = v.business_date
  LEFT JOIN persons AS p
    ON p.customer_number = v.customer_number AND p.business_date = d.business_date
  UNION ALL
  SELECT
    COALESCE(p.surviving_number, d.customer_number) AS customer_number,
    d.month_number,
    CAST(0 AS DECIMAL(38, 2)) AS asset_average_balance,
    CAST(0 AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(0 AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(0 AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    CAST(0 AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(0 AS DECIMAL(38, 2)) AS expected_loss_amount,
    d.transaction_count AS transaction_count,
    CAST(0 AS BIGINT) AS complaint_count,
    d.last_on AS last_on
  FROM acted AS d
  LEFT JOIN persons AS p
    ON p.customer_number = d.customer_number AND p.business_date = d.business_date
), monthly AS (
  SELECT
    customer_number,
    month_number,
    CAST(SUM(asset_average_balance) AS DECIMAL(38, 2)) AS asset_average_balance,
    CAST(SUM(inflow_amount) AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(SUM(outflow_amount) AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(SUM(payroll_amount) AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(SUM(own_elsewhere_amount) AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    CAST(SUM(transaction_count) AS BIGINT) AS transaction_count,
    CAST(SUM(complaint_count) AS BIGINT) AS complaint_count,
    CAST(SUM(contribution_amount) AS DECIMAL(38, 2)) AS contribution_amount,
    CAST(SUM(expected_loss_amount) AS DECIMAL(38, 2)) AS expected_loss_amount,
    MAX(last_on) AS last_on
  FROM months
  GROUP BY
    customer_number,
    month_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.first_held_on AS DATE) AS first_held_on,
  CAST(q.recent_asset_amount AS DECIMAL(38, 2)) AS recent_asset_amount,
  CAST(q.earlier_asset_amount AS DECIMAL(38, 2)) AS earlier_asset_amount,
  CAST(q.inflow_amount AS DECIMAL(38, 2)) AS inflow_amount,
  CAST(q.outflow_amount AS DECIMAL(38, 2)) AS outflow_amount,
  CAST(q.payroll_amount AS DECIMAL(38, 2)) AS payroll_amount,
  CAST(q.own_elsewhere_amount AS DECIMAL(38, 2)) AS own_elsewhere_amount,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.complaint_count AS BIGINT) AS complaint_count,
  CAST(q.contribution_amount AS DECIMAL(38, 2)) AS contribution_amount,
  CAST(q.year_contribution_amount AS DECIMAL(38, 2)) AS year_contribution_amount,
  CAST(q.year_expected_loss_amount AS DECIMAL(38, 2)) AS year_expected_loss_amount,
  CAST(q.last_on AS DATE) AS last_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    k.customer_number,
    k.business_date,
    k.first_held_on,
    CAST(COALESCE(
      SUM(m.asset_average_balance) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS recent_asset_amount,
    CAST(COALESCE(
      SUM(m.asset_average_balance) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 5 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) - CAST(COALESCE(
      SUM(m.asset_average_balance) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS earlier_asset_amount,
    CAST(COALESCE(
      SUM(m.inflow_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(COALESCE(
      SUM(m.outflow_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS outflow_amount,
    CAST(COALESCE(
      SUM(m.payroll_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS payroll_amount,
    CAST(COALESCE(
      SUM(m.own_elsewhere_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS own_elsewhere_amount,
    CAST(COALESCE(
      SUM(m.transaction_count) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS BIGINT) AS transaction_count,
    CAST(COALESCE(
      SUM(m.complaint_count) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 2 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS BIGINT) AS complaint_count,
    COALESCE(m.contribution_amount, CAST(0 AS DECIMAL(38, 2))) AS contribution_amount,
    CAST(COALESCE(
      SUM(m.contribution_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 11 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS year_contribution_amount,
    CAST(COALESCE(
      SUM(m.expected_loss_amount) OVER (
        PARTITION BY k.customer_number
        ORDER BY k.month_number NULLS LAST
        RANGE BETWEEN 11 PRECEDING AND CURRENT ROW
      ),
      0
    ) AS DECIMAL(38, 2)) AS year_expected_loss_amount,
    MAX(m.last_on) OVER (
      PARTITION BY k.customer_number
      ORDER BY k.month_number NULLS LAST
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS last_on
  FROM people AS k
  LEFT JOIN monthly AS m
    ON m.customer_number = k.customer_number AND m.month_number = k.month_number
) AS q
