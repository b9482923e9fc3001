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
    SUM(maturing_amount) AS amount
  FROM maturity_day
  GROUP BY
    business_date,
    organisation_code,
    currency
), base AS (
  SELECT
    t.matures_on AS business_date,
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    t.currency,
    SUM(b.balance) AS amount
  FROM (
    SELECT DISTINCT
      s.account_number,
      s.currency,
      s.matures_on,
      LEAST(CAST(s.matures_on - 1 AS DATE), d.last_day) AS held_on
    FROM deposit_term_snapshot AS s
    CROSS JOIN (
      SELECT
        MIN(business_date) AS first_day,
        MAX(business_date) AS last_day
      FROM calendar_day
    ) AS d
    WHERE
      s.matures_on >= d.first_day AND s.reported_on <= s.matures_on
  ) AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number
    AND a.currency = t.currency
    AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = t.account_number
    AND b.currency = t.currency
    AND b.valid_from <= t.held_on
    AND (
      b.valid_until IS NULL OR t.held_on < b.valid_until
    )
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = t.account_number
    AND p.currency = t.currency
    AND t.matures_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR t.matures_on < p.valid_until
    )
  GROUP BY
    t.matures_on,
    COALESCE(p.organisation_code, a.organisation_code),
    t.currency
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
