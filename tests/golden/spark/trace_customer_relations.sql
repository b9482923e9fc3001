WITH pauses AS (
  SELECT
    account_number,
    currency,
    CAST(MIN(valid_from) - 1 AS DATE) AS begins_on,
    MIN(valid_from) AS resumes_on
  FROM account_balance
  GROUP BY
    account_number,
    currency
  UNION ALL
  SELECT
    account_number,
    currency,
    valid_from AS begins_on,
    valid_until AS resumes_on
  FROM account_balance
  WHERE
    balance <= 0
), positive AS (
  SELECT
    account_number,
    currency,
    resumes_on AS starts_on,
    COALESCE(
      LEAD(begins_on) OVER (
        PARTITION BY account_number, currency
        ORDER BY begins_on NULLS LAST, resumes_on NULLS LAST
      ),
      CAST('9999-12-31' AS DATE)
    ) AS ends_on
  FROM pauses
), spans AS (
  SELECT
    customer_number,
    'holder' AS relation,
    opened_on AS starts_on,
    COALESCE(closed_on, CAST('9999-12-31' AS DATE)) AS ends_on
  FROM account
  WHERE
    opened_on <= CAST('2026-10-31' AS DATE) AND customer_number <> 'none'
  UNION ALL
  SELECT
    a.customer_number,
    CASE a.account_kind WHEN 'loan' THEN 'borrower' ELSE 'depositor' END AS relation,
    p.starts_on,
    p.ends_on
  FROM positive AS p
  INNER JOIN account AS a
    ON a.account_number = p.account_number AND a.currency = p.currency
  WHERE
    a.customer_number <> 'none'
), reaching AS (
  SELECT
    customer_number,
    relation,
    starts_on,
    ends_on,
    MAX(ends_on) OVER (
      PARTITION BY customer_number, relation
      ORDER BY starts_on NULLS LAST, ends_on NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached_on
  FROM spans
  WHERE
    ends_on > starts_on
), islands AS (
  SELECT
    customer_number,
    relation,
    starts_on,
    ends_on,
    CAST(SUM(CASE WHEN reached_on >= starts_on THEN 0 ELSE 1 END) OVER (
      PARTITION BY customer_number, relation
      ORDER BY starts_on NULLS LAST, ends_on NULLS LAST, reached_on
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS island
  FROM reaching
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.relation AS STRING) AS relation,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.is_first AS BOOLEAN) AS is_first
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    relation,
    MIN(starts_on) AS valid_from,
    NULLIF(MAX(ends_on), CAST('9999-12-31' AS DATE)) AS valid_until,
    island = 1 AS is_first
  FROM islands
  GROUP BY
    customer_number,
    relation,
    island
) AS q
