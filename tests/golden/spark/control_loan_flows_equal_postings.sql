WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    business_date,
    organisation_code,
    currency,
    SUM(disbursed_amount - collected_amount) AS amount
  FROM loan_flow_day
  GROUP BY
    business_date,
    organisation_code,
    currency
), base AS (
  SELECT
    t.posted_on AS business_date,
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    a.currency,
    SUM(t.balance_change) AS amount
  FROM account_transaction AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = t.account_number
    AND p.currency = t.currency
    AND t.posted_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR t.posted_on < p.valid_until
    )
  WHERE
    t.account_kind = 'loan'
    AND t.transaction_type IN ('loan_disbursement', 'loan_principal')
    AND t.posted_on <= (
      SELECT
        MAX(business_date)
      FROM calendar_day
    )
  GROUP BY
    t.posted_on,
    COALESCE(p.organisation_code, a.organisation_code),
    a.currency
  UNION ALL
  SELECT
    l.disbursed_on AS business_date,
    l.organisation_code,
    l.currency,
    SUM(l.disbursed_amount) AS amount
  FROM loan AS l
  LEFT JOIN account AS a
    ON a.account_number = l.account_number
    AND a.currency = l.currency
    AND a.account_kind = 'loan'
  WHERE
    NOT l.product_code IN ('票据贴现', '垫款')
    AND a.account_number IS NULL
    AND l.disbursed_on <= (
      SELECT
        MAX(business_date)
      FROM calendar_day
    )
  GROUP BY
    l.disbursed_on,
    l.organisation_code,
    l.currency
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
