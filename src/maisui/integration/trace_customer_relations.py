"""In which unbroken periods someone was a holder, a depositor or a borrower."""

from maisui.steps.step import Step
from maisui.tables.customer_relation import CUSTOMER_RELATION

TRACE_CUSTOMER_RELATIONS = Step(
    name="trace_customer_relations",
    writes=CUSTOMER_RELATION,
    reads=("account", "account_balance"),
    # The intervals of an account follow each other without a gap. Most never come to zero: only those that do are put in
    # order, and what lies between them is above zero.
    query="""
WITH pauses AS (
  SELECT account_number, currency, CAST(min(valid_from) - 1 AS DATE) AS begins_on, min(valid_from) AS resumes_on
  FROM account_balance
  GROUP BY account_number, currency
  UNION ALL
  SELECT account_number, currency, valid_from AS begins_on, valid_until AS resumes_on
  FROM account_balance
  WHERE balance <= 0
),
positive AS (
  SELECT
    account_number, currency, resumes_on AS starts_on,
    coalesce(
      lead(begins_on) OVER (PARTITION BY account_number, currency ORDER BY begins_on, resumes_on), DATE '9999-12-31'
    ) AS ends_on
  FROM pauses
),
spans AS (
  SELECT customer_number, 'holder' AS relation, opened_on AS starts_on, coalesce(closed_on, DATE '9999-12-31') AS ends_on
  FROM account
  WHERE opened_on <= $reporting_date AND customer_number <> 'none'
  UNION ALL
  SELECT
    a.customer_number, CASE a.account_kind WHEN 'loan' THEN 'borrower' ELSE 'depositor' END AS relation, p.starts_on, p.ends_on
  FROM positive AS p
  INNER JOIN account AS a ON a.account_number = p.account_number AND a.currency = p.currency
  WHERE a.customer_number <> 'none'
),
reaching AS (
  SELECT
    customer_number, relation, starts_on, ends_on,
    max(ends_on) OVER (
      PARTITION BY customer_number, relation ORDER BY starts_on, ends_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached_on
  FROM spans
  WHERE ends_on > starts_on
),
islands AS (
  SELECT
    customer_number, relation, starts_on, ends_on,
    CAST(sum(CASE WHEN reached_on >= starts_on THEN 0 ELSE 1 END) OVER (
      PARTITION BY customer_number, relation ORDER BY starts_on, ends_on, reached_on NULLS FIRST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS island
  FROM reaching
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  relation,
  min(starts_on) AS valid_from,
  nullif(max(ends_on), DATE '9999-12-31') AS valid_until,
  island = 1 AS is_first
FROM islands
GROUP BY customer_number, relation, island
""",
)
