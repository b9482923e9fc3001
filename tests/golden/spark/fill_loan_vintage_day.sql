WITH days AS (
  SELECT
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), first_day AS (
  SELECT
    MIN(month_start) AS first_month
  FROM calendar_day
), lent AS (
  SELECT
    l.loan_number,
    l.organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    l.disbursed_on,
    l.disbursed_amount,
    CAST(DATE_TRUNC('MONTH', l.disbursed_on) AS DATE) AS vintage_month
  FROM loan AS l
  INNER JOIN first_day AS f
    ON l.disbursed_on >= f.first_month
  WHERE
    l.product_code <> '委托贷款'
), standing AS (
  SELECT
    d.business_date,
    s.loan_number,
    CASE
      WHEN s.loan_status IN ('written_off', 'transferred')
      THEN CAST(0 AS DECIMAL(18, 2))
      ELSE s.balance
    END AS balance,
    DATEDIFF(DAY, s.overdue_since, d.business_date) > 30 AS is_overdue_30d
  FROM days AS d
  INNER JOIN loan_state AS s
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.vintage_month AS DATE) AS vintage_month,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.loan_count AS BIGINT) AS loan_count,
  CAST(q.disbursed_amount AS DECIMAL(38, 2)) AS disbursed_amount,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance,
  CAST(q.overdue_30d_balance AS DECIMAL(38, 2)) AS overdue_30d_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(p.organisation_code, l.organisation_code) AS organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    l.vintage_month,
    d.business_date,
    COUNT(*) AS loan_count,
    CAST(SUM(l.disbursed_amount) AS DECIMAL(38, 2)) AS disbursed_amount,
    CAST(SUM(COALESCE(s.balance, CAST(0 AS DECIMAL(18, 2)))) AS DECIMAL(38, 2)) AS balance,
    CAST(SUM(CASE WHEN s.is_overdue_30d THEN s.balance ELSE CAST(0 AS DECIMAL(18, 2)) END) AS DECIMAL(38, 2)) AS overdue_30d_balance
  FROM lent AS l
  INNER JOIN days AS d
    ON d.business_date >= l.disbursed_on
  LEFT JOIN standing AS s
    ON s.loan_number = l.loan_number AND s.business_date = d.business_date
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = l.loan_number
    AND d.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.business_date < p.valid_until
    )
  GROUP BY
    COALESCE(p.organisation_code, l.organisation_code),
    l.product_code,
    l.customer_kind,
    l.currency,
    l.vintage_month,
    d.business_date
) AS q
