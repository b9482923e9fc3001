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
    handling_organisation_code,
    currency,
    'net change' AS counted,
    SUM(credit_amount - debit_amount) AS amount
  FROM channel_day
  GROUP BY
    business_date,
    organisation_code,
    handling_organisation_code,
    currency
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    handling_organisation_code,
    currency,
    'postings' AS counted,
    SUM(posting_count) AS amount
  FROM channel_day
  GROUP BY
    business_date,
    organisation_code,
    handling_organisation_code,
    currency
), base AS (
  SELECT
    t.posted_on AS business_date,
    t.holding_organisation_code AS organisation_code,
    COALESCE(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.currency,
    'net change' AS counted,
    SUM(
      CASE
        WHEN x.currency IS NULL
        THEN t.balance_change
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS amount
  FROM account_transaction AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.posted_on
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  GROUP BY
    t.posted_on,
    t.holding_organisation_code,
    COALESCE(t.handling_organisation_code, 'none'),
    t.currency
  UNION ALL
  SELECT
    t.posted_on AS business_date,
    t.holding_organisation_code AS organisation_code,
    COALESCE(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.currency,
    'postings' AS counted,
    COUNT(*) AS amount
  FROM account_transaction AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.posted_on
  GROUP BY
    t.posted_on,
    t.holding_organisation_code,
    COALESCE(t.handling_organisation_code, 'none'),
    t.currency
), lines AS (
  SELECT
    business_date,
    organisation_code,
    handling_organisation_code,
    currency,
    counted,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    handling_organisation_code,
    currency,
    counted,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  handling_organisation_code,
  currency,
  counted,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  handling_organisation_code,
  currency,
  counted
HAVING
  SUM(amount) <> 0
