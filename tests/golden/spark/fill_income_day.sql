WITH first_day AS (
  SELECT
    MIN(business_date) AS day
  FROM ledger_day
), results AS (
  SELECT
    l.organisation_code,
    l.subject_code,
    s.line_code,
    l.currency,
    l.business_date,
    CASE l.balance_side WHEN 'credit' THEN l.balance ELSE -l.balance END AS profit_balance,
    l.credit_amount - l.debit_amount AS turnover,
    CASE l.balance_side WHEN 'credit' THEN l.credit_amount ELSE -l.debit_amount END AS posted_amount
  FROM ledger_day AS l
  INNER JOIN ledger_subject_line AS s
    ON s.subject_code = l.subject_code AND s.statement_code = 'income'
), followed AS (
  SELECT
    organisation_code,
    subject_code,
    line_code,
    currency,
    business_date,
    profit_balance,
    turnover,
    posted_amount,
    LAG(profit_balance) OVER (
      PARTITION BY organisation_code, subject_code, currency
      ORDER BY business_date NULLS LAST
    ) AS balance_before,
    LAG(business_date) OVER (
      PARTITION BY organisation_code, subject_code, currency
      ORDER BY business_date NULLS LAST
    ) AS day_before
  FROM results
), added AS (
  SELECT
    r.organisation_code,
    r.subject_code,
    r.line_code,
    r.currency,
    r.business_date,
    CASE
      WHEN r.business_date = f.day AND MONTH(r.business_date) > 1
      THEN r.turnover
      WHEN r.day_before IS NULL OR YEAR(r.day_before) <> YEAR(r.business_date)
      THEN r.profit_balance
      WHEN MONTH(r.business_date) = 12 AND DAY(r.business_date) = 31 AND r.profit_balance = 0
      THEN r.posted_amount
      ELSE r.profit_balance - r.balance_before
    END AS profit_amount
  FROM followed AS r, first_day AS f
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.line_code AS STRING) AS line_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.profit_amount AS DECIMAL(18, 2)) AS profit_amount,
  CAST(q.local_profit_amount AS DECIMAL(18, 2)) AS local_profit_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    a.organisation_code,
    a.subject_code,
    a.line_code,
    a.currency,
    a.business_date,
    a.profit_amount,
    CASE
      WHEN x.currency IS NULL
      THEN a.profit_amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(a.profit_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(a.profit_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    END AS local_profit_amount
  FROM added AS a
  LEFT JOIN local_rate AS x
    ON x.currency = a.currency
    AND a.business_date >= x.valid_from
    AND (
      x.valid_until IS NULL OR a.business_date < x.valid_until
    )
) AS q
