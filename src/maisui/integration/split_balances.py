"""What part of each account's balance belongs to whom, exact to the cent by largest remainder."""

from maisui.steps.step import Step
from maisui.tables.allocated_balance import ALLOCATED_BALANCE

_PIECES = """SELECT
    s.account_number, s.currency, s.employee_number, s.organisation_code, s.result_share, b.balance,
    greatest(b.valid_from, s.valid_from) AS valid_from,
    CASE
      WHEN b.valid_until IS NULL THEN s.valid_until
      WHEN s.valid_until IS NULL THEN b.valid_until
      ELSE least(b.valid_until, s.valid_until)
    END AS valid_until
  FROM account_allocation AS s
  INNER JOIN account_balance AS b
    ON b.account_number = s.account_number AND b.currency = s.currency
    AND (s.valid_until IS NULL OR b.valid_from < s.valid_until) AND (b.valid_until IS NULL OR b.valid_until > s.valid_from)
  WHERE b.balance <> 0"""
"""Asked once for whole balances and once for shared ones: most are whole, and an engine would keep all of them for the second use."""

SPLIT_BALANCES = Step(
    name="split_balances",
    writes=ALLOCATED_BALANCE,
    reads=("account_allocation", "account_balance"),
    query=f"""
WITH whole AS (
  {_PIECES} AND s.result_share = 1
),
pieces AS (
  {_PIECES} AND s.result_share < 1
),
shared AS (
  SELECT
    account_number, currency, employee_number, organisation_code, valid_from, valid_until, balance,
    CAST(CAST(abs(balance) AS DECIMAL(38,2)) * 100 AS HUGEINT) AS cents,
    CAST(CAST(result_share AS DECIMAL(38,6)) * 1000000 AS HUGEINT) AS parts_per_million
  FROM pieces
),
floored AS (
  SELECT
    account_number, currency, employee_number, organisation_code, valid_from, valid_until, balance, cents,
    CAST(cents * parts_per_million AS HUGEINT) // 1000000 AS whole_cents,
    CAST(cents * parts_per_million AS HUGEINT) % 1000000 AS remainder
  FROM shared
),
ranked AS (
  SELECT
    account_number, currency, employee_number, organisation_code, valid_from, valid_until, balance, whole_cents,
    cents - CAST(sum(whole_cents) OVER (PARTITION BY account_number, currency, valid_from) AS HUGEINT) AS cents_left,
    row_number() OVER (PARTITION BY account_number, currency, valid_from ORDER BY remainder DESC, employee_number) AS place
  FROM floored
)
SELECT
  $legal_entity_code AS legal_entity_code,
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
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  employee_number,
  organisation_code,
  valid_from,
  valid_until,
  CAST(
    CASE WHEN balance < 0 THEN -1 ELSE 1 END
    * CAST(whole_cents + CASE WHEN place <= cents_left THEN 1 ELSE 0 END AS DECIMAL(18,0)) * CAST('0.01' AS DECIMAL(3,2))
    AS DECIMAL(18,2)
  ) AS balance
FROM ranked
""",
)
