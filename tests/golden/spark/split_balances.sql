WITH whole AS (
  SELECT
    s.account_number,
    s.currency,
    s.employee_number,
    s.organisation_code,
    s.result_share,
    b.balance,
    GREATEST(b.valid_from, s.valid_from) AS valid_from,
    CASE
      WHEN b.valid_until IS NULL
      THEN s.valid_until
      WHEN s.valid_until IS NULL
      THEN b.valid_until
      ELSE LEAST(b.valid_until, s.valid_until)
    END AS valid_until
  FROM account_allocation AS s
  INNER JOIN account_balance AS b
    ON b.account_number = s.account_number
    AND b.currency = s.currency
    AND (
      s.valid_until IS NULL OR b.valid_from < s.valid_until
    )
    AND (
      b.valid_until IS NULL OR b.valid_until > s.valid_from
    )
  WHERE
    b.balance <> 0 AND s.result_share = 1
), pieces AS (
  SELECT
    s.account_number,
    s.currency,
    s.employee_number,
    s.organisation_code,
    s.result_share,
    b.balance,
    GREATEST(b.valid_from, s.valid_from) AS valid_from,
    CASE
      WHEN b.valid_until IS NULL
      THEN s.valid_until
      WHEN s.valid_until IS NULL
      THEN b.valid_until
      ELSE LEAST(b.valid_until, s.valid_until)
    END AS valid_until
  FROM account_allocation AS s
  INNER JOIN account_balance AS b
    ON b.account_number = s.account_number
    AND b.currency = s.currency
    AND (
      s.valid_until IS NULL OR b.valid_from < s.valid_until
    )
    AND (
      b.valid_until IS NULL OR b.valid_until > s.valid_from
    )
  WHERE
    b.balance <> 0 AND s.result_share < 1
), shared AS (
  SELECT
    account_number,
    currency,
    employee_number,
    organisation_code,
    valid_from,
    valid_until,
    balance,
    CAST(CAST(ABS(balance) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) AS cents,
    CAST(CAST(result_share AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) AS parts_per_million
  FROM pieces
), floored AS (
  SELECT
    account_number,
    currency,
    employee_number,
    organisation_code,
    valid_from,
    valid_until,
    balance,
    cents,
    CAST(cents * parts_per_million AS DECIMAL(38, 0)) DIV 1000000 AS whole_cents,
    CAST(cents * parts_per_million AS DECIMAL(38, 0)) % 1000000 AS remainder
  FROM shared
), ranked AS (
  SELECT
    account_number,
    currency,
    employee_number,
    organisation_code,
    valid_from,
    valid_until,
    balance,
    whole_cents,
    cents - CAST(SUM(whole_cents) OVER (PARTITION BY account_number, currency, valid_from) AS DECIMAL(38, 0)) AS cents_left,
    ROW_NUMBER() OVER (
      PARTITION BY account_number, currency, valid_from
      ORDER BY remainder DESC, employee_number NULLS LAST
    ) AS place
  FROM floored
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    employee_number,
    organisation_code,
    valid_from,
    valid_until,
    balance
  FROM whole
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    employee_number,
    organisation_code,
    valid_from,
    valid_until,
    CAST(CASE WHEN balance < 0 THEN -1 ELSE 1 END * CAST(whole_cents + CASE WHEN place <= cents_left THEN 1 ELSE 0 END AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS balance
  FROM ranked
) AS q
