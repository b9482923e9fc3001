WITH days AS (
  SELECT
    MAX(business_date) AS business_date,
    CAST(month_start - 1 AS DATE) AS opening_on
  FROM calendar_day
  GROUP BY
    month_start
), opening AS (
  SELECT
    d.business_date,
    s.loan_number,
    s.balance,
    CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= d.opening_on
      THEN 0
      ELSE LEAST((
        DATEDIFF(DAY, s.overdue_since, d.opening_on) + 29
      ) DIV 30, 7)
    END AS stage
  FROM days AS d
  INNER JOIN loan_state AS s
    ON s.valid_from <= d.opening_on
    AND (
      s.valid_until IS NULL OR s.valid_until > d.opening_on
    )
  WHERE
    s.balance > 0 AND NOT s.loan_status IN ('written_off', 'transferred')
), closing AS (
  SELECT
    d.business_date,
    s.loan_number,
    s.balance,
    s.loan_status,
    CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= d.business_date
      THEN 0
      ELSE LEAST((
        DATEDIFF(DAY, s.overdue_since, d.business_date) + 29
      ) DIV 30, 7)
    END AS stage
  FROM days AS d
  INNER JOIN loan_state AS s
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
), rolled AS (
  SELECT
    o.loan_number,
    o.business_date,
    o.balance,
    CONCAT('M', COALESCE(CAST(o.stage AS STRING), '')) AS arrears_stage,
    CASE
      WHEN c.loan_status IN ('written_off', 'transferred')
      THEN 'gone'
      WHEN c.loan_number IS NULL OR c.balance <= 0
      THEN 'settled'
      ELSE CONCAT('M', COALESCE(CAST(c.stage AS STRING), ''))
    END AS closing_arrears_stage,
    COALESCE(
      c.stage > o.stage
      AND c.balance > 0
      AND NOT c.loan_status IN ('written_off', 'transferred'),
      FALSE
    ) AS is_worse
  FROM opening AS o
  LEFT JOIN closing AS c
    ON c.loan_number = o.loan_number AND c.business_date = o.business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.arrears_stage AS STRING) AS arrears_stage,
  CAST(q.closing_arrears_stage AS STRING) AS closing_arrears_stage,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_worse AS BOOLEAN) AS is_worse,
  CAST(q.loan_count AS BIGINT) AS loan_count,
  CAST(q.opening_balance AS DECIMAL(38, 2)) AS opening_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(p.organisation_code, l.organisation_code) AS organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    r.arrears_stage,
    r.closing_arrears_stage,
    r.business_date,
    r.is_worse,
    COUNT(*) AS loan_count,
    CAST(SUM(r.balance) AS DECIMAL(38, 2)) AS opening_balance
  FROM rolled AS r
  INNER JOIN loan AS l
    ON l.loan_number = r.loan_number
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = r.loan_number
    AND r.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR r.business_date < p.valid_until
    )
  WHERE
    l.product_code <> '委托贷款'
  GROUP BY
    COALESCE(p.organisation_code, l.organisation_code),
    l.product_code,
    l.customer_kind,
    l.currency,
    r.arrears_stage,
    r.closing_arrears_stage,
    r.business_date,
    r.is_worse
) AS q
