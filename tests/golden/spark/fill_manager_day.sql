WITH numbers AS (
  SELECT
    worker_number,
    person_number,
    valid_until,
    CASE
      WHEN ROW_NUMBER() OVER (PARTITION BY worker_number ORDER BY valid_from NULLS LAST) = 1
      THEN CAST('1900-01-01' AS DATE)
      ELSE valid_from
    END AS valid_from
  FROM person_number
  WHERE
    number_kind = 'employee'
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), changes AS (
  SELECT
    account_number,
    currency,
    organisation_code,
    employee_number,
    valid_from AS business_date,
    balance AS balance_change
  FROM allocated_balance
  UNION ALL
  SELECT
    account_number,
    currency,
    organisation_code,
    employee_number,
    valid_until AS business_date,
    -balance AS balance_change
  FROM allocated_balance
  WHERE
    NOT valid_until IS NULL
), daily AS (
  SELECT
    c.organisation_code,
    c.employee_number,
    a.account_kind,
    a.customer_kind,
    c.currency,
    GREATEST(c.business_date, b.first_day) AS business_date,
    CAST(SUM(c.balance_change) AS DECIMAL(38, 2)) AS balance_change
  FROM changes AS c
  INNER JOIN account AS a
    ON a.account_number = c.account_number AND a.currency = c.currency
  CROSS JOIN bounds AS b
  WHERE
    c.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    c.organisation_code,
    c.employee_number,
    a.account_kind,
    a.customer_kind,
    c.currency,
    GREATEST(c.business_date, b.first_day)
), groups AS (
  SELECT
    organisation_code,
    employee_number,
    account_kind,
    customer_kind,
    currency,
    MIN(business_date) AS first_on
  FROM daily
  GROUP BY
    organisation_code,
    employee_number,
    account_kind,
    customer_kind,
    currency
), spine AS (
  SELECT
    g.organisation_code,
    g.employee_number,
    g.account_kind,
    g.customer_kind,
    g.currency,
    c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c
    ON c.business_date >= g.first_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.organisation_code,
    s.employee_number,
    COALESCE(n.person_number, s.employee_number) AS person_number,
    s.account_kind,
    s.customer_kind,
    s.currency,
    s.business_date,
    CAST(SUM(COALESCE(d.balance_change, CAST(0 AS DECIMAL(38, 2)))) OVER (
      PARTITION BY s.organisation_code, s.employee_number, s.account_kind, s.customer_kind, s.currency
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(38, 2)) AS balance
  FROM spine AS s
  LEFT JOIN daily AS d
    ON d.organisation_code = s.organisation_code
    AND d.employee_number = s.employee_number
    AND d.account_kind = s.account_kind
    AND d.customer_kind = s.customer_kind
    AND d.currency = s.currency
    AND d.business_date = s.business_date
  LEFT JOIN numbers AS n
    ON n.worker_number = s.employee_number
    AND s.business_date >= n.valid_from
    AND (
      n.valid_until IS NULL OR s.business_date < n.valid_until
    )
) AS q
