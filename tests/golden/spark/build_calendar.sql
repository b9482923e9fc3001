WITH history AS (
  SELECT
    CAST(CAST('2026-10-31' AS DATE) - CAST(number_value AS INT) AS DATE) AS earliest
  FROM parameter
  WHERE
    parameter_code = 'history_days'
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), seen AS (
  SELECT
    MIN(t.posted_on) AS first_day
  FROM account_transaction AS t, history AS h
  WHERE
    t.posted_on >= h.earliest
  UNION ALL
  SELECT
    MIN(s.reported_on) AS first_day
  FROM account_snapshot AS s, history AS h
  WHERE
    s.reported_on >= h.earliest
  UNION ALL
  SELECT
    MIN(g.reported_on) AS first_day
  FROM ledger_snapshot AS g, history AS h
  WHERE
    g.reported_on >= h.earliest
), bounds AS (
  SELECT
    CAST(DATE_TRUNC('MONTH', COALESCE(MIN(first_day), CAST('2026-10-31' AS DATE))) AS DATE) AS first_day
  FROM seen
), days AS (
  SELECT
    EXPLODE(
      CAST(CASE
        WHEN first_day <= CAST('2026-10-31' AS DATE)
        THEN SEQUENCE(CAST(first_day AS DATE), CAST('2026-10-31' AS DATE), INTERVAL '1' DAY)
      END AS ARRAY<DATE>)
    ) AS business_date
  FROM bounds
)
SELECT
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.month_end AS DATE) AS month_end
FROM (
  SELECT
    business_date,
    CAST(DATE_TRUNC('MONTH', business_date) AS DATE) AS month_start,
    LAST_DAY(business_date) AS month_end
  FROM days
) AS q
