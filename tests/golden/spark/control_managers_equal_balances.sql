WITH managers AS (
  SELECT
    organisation_code,
    account_kind,
    currency,
    business_date,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS total
  FROM manager_day
  GROUP BY
    organisation_code,
    account_kind,
    currency,
    business_date
), delivered AS (
  SELECT
    (
      SELECT
        COUNT(*)
      FROM manager_assignment
    ) + (
      SELECT
        COUNT(*)
      FROM allocation_decision
    ) AS assignment_count
), outlets AS (
  SELECT
    p.organisation_code,
    p.account_kind,
    p.currency,
    p.business_date,
    CAST(SUM(p.balance) AS DECIMAL(38, 2)) AS total
  FROM product_day AS p
  CROSS JOIN delivered AS d
  WHERE
    d.assignment_count > 0
  GROUP BY
    p.organisation_code,
    p.account_kind,
    p.currency,
    p.business_date
)
SELECT
  CAST(COALESCE(o.business_date, m.business_date) AS STRING) AS business_date,
  COALESCE(o.organisation_code, m.organisation_code) AS organisation_code,
  COALESCE(o.account_kind, m.account_kind) AS account_kind,
  COALESCE(o.currency, m.currency) AS currency,
  COALESCE(m.total, CAST(0 AS DECIMAL(38, 2))) - COALESCE(o.total, CAST(0 AS DECIMAL(38, 2))) AS difference_amount
FROM outlets AS o
FULL JOIN managers AS m
  ON m.organisation_code = o.organisation_code
  AND m.account_kind = o.account_kind
  AND m.currency = o.currency
  AND m.business_date = o.business_date
WHERE
  COALESCE(m.total, CAST(0 AS DECIMAL(38, 2))) <> COALESCE(o.total, CAST(0 AS DECIMAL(38, 2)))
