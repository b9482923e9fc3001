WITH channels AS (
  SELECT
    business_date,
    organisation_code,
    CAST(SUM(cost_amount) AS DECIMAL(38, 2)) AS total
  FROM service_cost_month
  GROUP BY
    business_date,
    organisation_code
), accounts AS (
  SELECT
    business_date,
    organisation_code,
    CAST(SUM(servicing_cost_amount) AS DECIMAL(38, 2)) AS total
  FROM account_contribution_month
  GROUP BY
    business_date,
    organisation_code
)
SELECT
  CAST(COALESCE(a.business_date, c.business_date) AS STRING) AS business_date,
  COALESCE(a.organisation_code, c.organisation_code) AS organisation_code,
  COALESCE(c.total, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.total, CAST(0 AS DECIMAL(38, 2))) AS difference_amount
FROM accounts AS a
FULL JOIN channels AS c
  ON c.business_date = a.business_date AND c.organisation_code = a.organisation_code
WHERE
  EXISTS(
    SELECT
      1
    FROM account_contribution_month
  )
  AND COALESCE(c.total, CAST(0 AS DECIMAL(38, 2))) <> COALESCE(a.total, CAST(0 AS DECIMAL(38, 2)))
