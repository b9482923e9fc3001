WITH lines AS (
  SELECT
    l.organisation_code,
    s.statement_code,
    s.line_code,
    l.currency,
    l.business_date,
    CAST(SUM(
      CASE WHEN s.statement_code IN ('asset', 'joint') THEN 1 ELSE -1 END * CASE l.balance_side WHEN 'credit' THEN -l.balance ELSE l.balance END
    ) AS DECIMAL(38, 2)) AS balance,
    CAST(SUM(
      CASE WHEN s.statement_code IN ('asset', 'joint') THEN 1 ELSE -1 END * CASE l.balance_side WHEN 'credit' THEN -l.local_balance ELSE l.local_balance END
    ) AS DECIMAL(38, 2)) AS local_balance
  FROM ledger_day AS l
  INNER JOIN ledger_subject_line AS s
    ON s.subject_code = l.subject_code
  GROUP BY
    l.organisation_code,
    s.statement_code,
    s.line_code,
    l.currency,
    l.business_date
), keys AS (
  SELECT DISTINCT
    organisation_code,
    statement_code,
    line_code,
    currency
  FROM lines
), days AS (
  SELECT
    business_date AS from_day,
    LEAD(business_date) OVER (ORDER BY business_date NULLS LAST) AS next_day
  FROM (
    SELECT DISTINCT
      business_date
    FROM ledger_day
  ) AS d
), ends AS (
  SELECT
    k.organisation_code,
    k.statement_code,
    k.line_code,
    k.currency,
    d.from_day,
    d.next_day,
    COALESCE(l.balance, CAST(0 AS DECIMAL(38, 2))) AS balance,
    COALESCE(l.local_balance, CAST(0 AS DECIMAL(38, 2))) AS local_balance
  FROM keys AS k
  CROSS JOIN days AS d
  LEFT JOIN lines AS l
    ON l.organisation_code = k.organisation_code
    AND l.statement_code = k.statement_code
    AND l.line_code = k.line_code
    AND l.currency = k.currency
    AND l.business_date = d.from_day
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.statement_code AS STRING) AS statement_code,
  CAST(q.line_code AS STRING) AS line_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.local_balance AS DECIMAL(18, 2)) AS local_balance,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    b.organisation_code,
    b.statement_code,
    b.line_code,
    b.currency,
    c.business_date,
    CASE
      WHEN c.business_date = b.from_day OR b.next_day IS NULL
      THEN b.balance
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(b.balance + COALESCE(n.balance, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        ) <> (
          CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(b.balance + COALESCE(n.balance, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
        ) + ABS(CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS balance,
    CASE
      WHEN c.business_date = b.from_day OR b.next_day IS NULL
      THEN b.local_balance
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(b.local_balance + COALESCE(n.local_balance, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        ) <> (
          CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(b.local_balance + COALESCE(n.local_balance, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
        ) + ABS(CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(CAST(2 AS BIGINT) AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS local_balance,
    c.business_date > b.from_day AND NOT b.next_day IS NULL AS is_estimated
  FROM ends AS b
  LEFT JOIN ends AS n
    ON n.organisation_code = b.organisation_code
    AND n.statement_code = b.statement_code
    AND n.line_code = b.line_code
    AND n.currency = b.currency
    AND n.from_day = b.next_day
  INNER JOIN calendar_day AS c
    ON c.business_date >= b.from_day
    AND (
      b.next_day IS NULL OR c.business_date < b.next_day
    )
) AS q
