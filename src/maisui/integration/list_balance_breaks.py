"""Where the rolled balance misses the reported one: listed, flagged, never smoothed."""

from maisui.steps.step import Step
from maisui.tables.balance_break import BALANCE_BREAK

LIST_BALANCE_BREAKS = Step(
    name="list_balance_breaks",
    writes=BALANCE_BREAK,
    reads=("balance_point",),
    query="""
WITH anchored AS (
  SELECT
    account_number, currency, business_date, running_movement, reported_balance,
    lag(earlier_offset) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS offset_before
  FROM balance_point
)
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  business_date AS reported_on,
  running_movement + offset_before AS rolled_balance,
  reported_balance,
  running_movement + offset_before - reported_balance AS difference_amount
FROM anchored
WHERE reported_balance IS NOT NULL AND offset_before IS NOT NULL
  AND running_movement + offset_before <> reported_balance
""",
)
