"""By which numbers the bank's accounts are known: their own, and those outside numbers that their transactions name."""

from maisui.steps.step import Step
from maisui.tables.account_alias import ACCOUNT_ALIAS

LIST_ACCOUNT_ALIASES = Step(
    name="list_account_aliases",
    writes=ACCOUNT_ALIAS,
    reads=("account", "account_transaction"),
    query="""
WITH owned AS (
  SELECT account_number, account_kind, customer_number, customer_kind, organisation_code
  FROM account
  QUALIFY row_number() OVER (PARTITION BY account_number ORDER BY opened_on, currency) = 1
),
outside AS (
  SELECT external_account_number AS alias_number, account_number
  FROM account_transaction
  WHERE external_account_number IS NOT NULL AND external_account_number <> account_number
  GROUP BY external_account_number, account_number
),
numbers AS (
  SELECT account_number AS alias_number, account_number, 0 AS place FROM owned
  UNION ALL
  SELECT alias_number, account_number, 1 AS place FROM outside
),
chosen AS (
  SELECT alias_number, account_number
  FROM numbers
  QUALIFY row_number() OVER (PARTITION BY alias_number ORDER BY place, account_number) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.alias_number,
  c.account_number,
  o.account_kind,
  o.customer_number,
  o.customer_kind,
  o.organisation_code
FROM chosen AS c
INNER JOIN owned AS o ON o.account_number = c.account_number
""",
    covers="""
SELECT DISTINCT account_number AS alias_number FROM account
""",
)
