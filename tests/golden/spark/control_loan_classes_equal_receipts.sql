WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    m.business_date,
    m.organisation_code,
    m.currency,
    SUM(m.balance) AS amount
  FROM loan_class_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code,
    m.currency
), base AS (
  SELECT
    e.business_date,
    s.organisation_code,
    l.currency,
    SUM(s.balance) AS amount
  FROM loan_state AS s
  INNER JOIN ends AS e
    ON e.business_date >= s.valid_from
    AND (
      s.valid_until IS NULL OR e.business_date < s.valid_until
    )
  INNER JOIN loan AS l
    ON l.loan_number = s.loan_number
  GROUP BY
    e.business_date,
    s.organisation_code,
    l.currency
  UNION ALL
  SELECT
    e.business_date,
    s.organisation_code,
    s.currency,
    SUM(s.overdraft_balance) AS amount
  FROM credit_card_state AS s
  INNER JOIN ends AS e
    ON e.business_date >= s.valid_from
    AND (
      s.valid_until IS NULL OR e.business_date < s.valid_until
    )
  GROUP BY
    e.business_date,
    s.organisation_code,
    s.currency
), lines AS (
  SELECT
    business_date,
    organisation_code,
    currency,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    currency,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  currency,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  currency
HAVING
  SUM(amount) <> 0
