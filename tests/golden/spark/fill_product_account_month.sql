WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), terms AS (
  SELECT
    account_number,
    currency,
    COALESCE(value_on, first_reported_on) AS runs_from,
    matures_on
  FROM deposit_term
  UNION ALL
  SELECT
    account_number,
    currency,
    disbursed_on AS runs_from,
    matures_on
  FROM loan
), broken AS (
  SELECT DISTINCT
    a.account_number,
    a.currency
  FROM account AS a
  INNER JOIN terms AS t
    ON t.account_number = a.account_number
    AND t.currency = a.currency
    AND t.runs_from <= a.closed_on
    AND t.matures_on > a.closed_on
  WHERE
    NOT a.is_vanished
), touched AS (
  SELECT
    h.organisation_code,
    h.product_code,
    h.product_group,
    a.product_line,
    a.customer_kind,
    a.currency,
    m.business_date,
    CASE
      WHEN a.opened_on >= m.month_start AND a.opened_on <= m.business_date
      THEN 1
      ELSE 0
    END AS is_opened,
    CASE
      WHEN a.closed_on >= m.month_start AND a.closed_on <= m.business_date
      THEN 1
      ELSE 0
    END AS is_closed,
    CASE WHEN NOT b.account_number IS NULL THEN 1 ELSE 0 END AS is_broken,
    h.closing_balance,
    r.interest_rate,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(h.closing_balance AS DECIMAL(20, 2)) * r.interest_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(h.closing_balance AS DECIMAL(20, 2)) * r.interest_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS yearly_interest_amount
  FROM account AS a
  INNER JOIN account_month AS h
    ON h.account_number = a.account_number AND h.currency = a.currency
  INNER JOIN months AS m
    ON m.month_start = h.month_start
  LEFT JOIN broken AS b
    ON b.account_number = a.account_number AND b.currency = a.currency
  LEFT JOIN account_rate_period AS r
    ON r.account_number = a.account_number
    AND r.currency = a.currency
    AND r.valid_from <= m.business_date
    AND (
      r.valid_until IS NULL OR r.valid_until > m.business_date
    )
  WHERE
    (
      a.opened_on >= m.month_start AND a.opened_on <= m.business_date
    )
    OR (
      a.closed_on >= m.month_start AND a.closed_on <= m.business_date
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.opened_count AS BIGINT) AS opened_count,
  CAST(q.opened_balance AS DECIMAL(38, 2)) AS opened_balance,
  CAST(q.rated_balance AS DECIMAL(38, 2)) AS rated_balance,
  CAST(q.yearly_interest_amount AS DECIMAL(38, 2)) AS yearly_interest_amount,
  CAST(q.closed_count AS BIGINT) AS closed_count,
  CAST(q.early_closed_count AS BIGINT) AS early_closed_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    product_code,
    product_group,
    MIN(product_line) AS product_line,
    customer_kind,
    currency,
    business_date,
    CAST(SUM(is_opened) AS BIGINT) AS opened_count,
    CAST(SUM(CASE WHEN is_opened = 1 THEN closing_balance ELSE CAST(0 AS DECIMAL(18, 2)) END) AS DECIMAL(38, 2)) AS opened_balance,
    CAST(SUM(
      CASE
        WHEN is_opened = 1 AND NOT interest_rate IS NULL
        THEN closing_balance
        ELSE CAST(0 AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS rated_balance,
    CAST(SUM(
      CASE
        WHEN is_opened = 1 AND NOT interest_rate IS NULL
        THEN yearly_interest_amount
        ELSE CAST(0 AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS yearly_interest_amount,
    CAST(SUM(is_closed) AS BIGINT) AS closed_count,
    CAST(SUM(is_closed * is_broken) AS BIGINT) AS early_closed_count
  FROM touched
  GROUP BY
    organisation_code,
    product_code,
    product_group,
    customer_kind,
    currency,
    business_date
) AS q
