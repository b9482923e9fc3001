WITH numbers AS (
  SELECT
    worker_number,
    person_number,
    valid_until,
    CASE
      WHEN ROW_NUMBER() OVER (PARTITION BY worker_number ORDER BY valid_from NULLS LAST) = 1
      THEN CAST('1900-01-01' AS DATE)
      ELSE valid_from
    END AS valid_from
  FROM person_number
  WHERE
    number_kind = 'employee'
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), sales AS (
  SELECT
    t.transaction_number,
    t.account_number,
    t.organisation_code,
    t.product_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    t.sale_kind,
    t.currency,
    t.traded_on,
    CAST(CASE
      WHEN x.currency IS NULL
      THEN t.amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    END AS DECIMAL(18, 2)) AS amount,
    CAST(CASE
      WHEN x.currency IS NULL
      THEN t.fee_amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.fee_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.fee_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    END AS DECIMAL(18, 2)) AS fee_amount
  FROM agency_sale AS t
  INNER JOIN bounds AS b
    ON t.traded_on >= b.first_day
  LEFT JOIN customer AS c
    ON c.customer_number = t.customer_number
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.traded_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.traded_on < x.valid_until
    )
  WHERE
    t.traded_on <= CAST('2026-10-31' AS DATE)
), holders AS (
  SELECT
    s.transaction_number,
    l.employee_number,
    l.result_share,
    ROW_NUMBER() OVER (
      PARTITION BY s.transaction_number
      ORDER BY l.result_share DESC, l.employee_number NULLS LAST
    ) AS place
  FROM sales AS s
  INNER JOIN account_allocation AS l
    ON l.account_number = s.account_number
    AND l.currency = s.currency
    AND l.valid_from <= s.traded_on
    AND (
      l.valid_until IS NULL OR l.valid_until > s.traded_on
    )
), cut AS (
  SELECT
    s.transaction_number,
    h.employee_number,
    h.place,
    CASE
      WHEN h.place = 1
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE CAST(CASE WHEN s.amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(s.amount) * 100 AS DECIMAL(38, 0)) * CAST(CAST(h.result_share AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) DIV 1000000 AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS amount,
    CASE
      WHEN h.place = 1
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE CAST(CASE WHEN s.fee_amount < 0 THEN -1 ELSE 1 END * CAST(CAST(CAST(ABS(s.fee_amount) * 100 AS DECIMAL(38, 0)) * CAST(CAST(h.result_share AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) DIV 1000000 AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(38, 2))
    END AS fee_amount
  FROM sales AS s
  INNER JOIN holders AS h
    ON h.transaction_number = s.transaction_number
), given_away AS (
  SELECT
    transaction_number,
    CAST(SUM(amount) AS DECIMAL(38, 2)) AS amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount
  FROM cut
  GROUP BY
    transaction_number
), held AS (
  SELECT
    s.organisation_code,
    s.product_code,
    s.customer_kind,
    s.sale_kind,
    s.currency,
    s.traded_on,
    COALESCE(c.employee_number, 'unassigned') AS employee_number,
    CASE WHEN COALESCE(c.place, 1) = 1 THEN 1 ELSE 0 END AS sale_count,
    CASE
      WHEN COALESCE(c.place, 1) = 1
      THEN s.amount - COALESCE(g.amount, CAST(0 AS DECIMAL(38, 2)))
      ELSE c.amount
    END AS amount,
    CASE
      WHEN COALESCE(c.place, 1) = 1
      THEN s.fee_amount - COALESCE(g.fee_amount, CAST(0 AS DECIMAL(38, 2)))
      ELSE c.fee_amount
    END AS fee_amount
  FROM sales AS s
  LEFT JOIN cut AS c
    ON c.transaction_number = s.transaction_number
  LEFT JOIN given_away AS g
    ON g.transaction_number = s.transaction_number
), summed AS (
  SELECT
    organisation_code,
    product_code,
    customer_kind,
    sale_kind,
    employee_number,
    currency,
    traded_on,
    CAST(SUM(sale_count) AS BIGINT) AS sale_count,
    CAST(SUM(amount) AS DECIMAL(38, 2)) AS sale_amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount
  FROM held
  GROUP BY
    organisation_code,
    product_code,
    customer_kind,
    sale_kind,
    employee_number,
    currency,
    traded_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.sale_kind AS STRING) AS sale_kind,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.sale_count AS BIGINT) AS sale_count,
  CAST(q.sale_amount AS DECIMAL(38, 2)) AS sale_amount,
  CAST(q.fee_amount AS DECIMAL(38, 2)) AS fee_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.organisation_code,
    s.product_code,
    s.customer_kind,
    s.sale_kind,
    s.employee_number,
    COALESCE(n.person_number, s.employee_number) AS person_number,
    s.currency,
    s.traded_on AS business_date,
    s.sale_count,
    s.sale_amount,
    s.fee_amount
  FROM summed AS s
  LEFT JOIN numbers AS n
    ON n.worker_number = s.employee_number
    AND s.traded_on >= n.valid_from
    AND (
      n.valid_until IS NULL OR s.traded_on < n.valid_until
    )
) AS q
