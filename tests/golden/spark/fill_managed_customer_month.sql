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
), months AS (
  SELECT
    MIN(business_date) AS first_on,
    MAX(business_date) AS last_on,
    CAST(MAX(business_date) + 1 AS DATE) AS next_on
  FROM calendar_day
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
  GROUP BY
    month_start
), managed AS (
  SELECT
    a.customer_number,
    s.employee_number,
    GREATEST(s.valid_from, a.opened_on) AS valid_from,
    LEAST(
      COALESCE(s.valid_until, CAST('9999-12-31' AS DATE)),
      COALESCE(a.closed_on, CAST('9999-12-31' AS DATE))
    ) AS valid_until
  FROM account_allocation AS s
  INNER JOIN account AS a
    ON a.account_number = s.account_number AND a.currency = s.currency
  WHERE
    s.employee_number <> 'unassigned'
), monthly AS (
  SELECT DISTINCT
    COALESCE(r.surviving_number, m.customer_number) AS customer_number,
    m.employee_number,
    d.last_on,
    GREATEST(m.valid_from, d.first_on) AS business_date,
    LEAST(m.valid_until, d.next_on) AS managed_until
  FROM managed AS m
  INNER JOIN months AS d
    ON m.valid_from < d.next_on AND m.valid_until > d.first_on
  LEFT JOIN customer_merge AS r
    ON r.customer_number = m.customer_number
    AND r.valid_from <= d.last_on
    AND (
      r.valid_until IS NULL OR r.valid_until > d.last_on
    )
  WHERE
    m.valid_from < m.valid_until
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.managed_until AS DATE) AS managed_until
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.customer_number,
    m.employee_number,
    COALESCE(n.person_number, m.employee_number) AS person_number,
    COALESCE(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    m.business_date,
    m.managed_until
  FROM monthly AS m
  LEFT JOIN customer AS c
    ON c.customer_number = m.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = m.customer_number
    AND m.last_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR m.last_on < p.valid_until
    )
  LEFT JOIN numbers AS n
    ON n.worker_number = m.employee_number
    AND m.last_on >= n.valid_from
    AND (
      n.valid_until IS NULL OR m.last_on < n.valid_until
    )
) AS q
