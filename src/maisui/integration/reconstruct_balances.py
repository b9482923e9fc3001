"""What each account held at each day end: the last report plus the movements since, never a balance printed in a transaction."""

from maisui.steps.step import Step
from maisui.tables.account_balance import ACCOUNT_BALANCE

RECONSTRUCT_BALANCES = Step(
    name="reconstruct_balances",
    writes=ACCOUNT_BALANCE,
    reads=("balance_point",),
    query="""
WITH balances AS (
  SELECT
    account_number, currency, business_date,
    running_movement + coalesce(earlier_offset, later_offset, CAST(0 AS DECIMAL(38,2))) AS balance,
    coalesce(earlier_offset <> later_offset, false) AND NOT (
      is_daily AND coalesce(
        lead(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date) = CAST(business_date + 1 AS DATE), false
      )
    ) AS is_estimated
  FROM balance_point
),
compared AS (
  SELECT
    account_number, currency, business_date, balance, is_estimated,
    lag(balance) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS balance_before,
    lag(is_estimated) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS was_estimated
  FROM balances
),
changes AS (
  SELECT account_number, currency, business_date, balance, is_estimated
  FROM compared
  WHERE balance_before IS NULL OR balance_before <> balance OR was_estimated <> is_estimated
)
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  business_date AS valid_from,
  lead(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS valid_until,
  balance,
  is_estimated
FROM changes
""",
    covers="""
SELECT DISTINCT account_number, currency FROM balance_point
""",
)
