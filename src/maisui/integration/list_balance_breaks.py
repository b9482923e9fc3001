"""Where the rolled balance misses the reported one: listed, flagged, never smoothed."""

from maisui.steps.step import Step
from maisui.tables.balance_break import BALANCE_BREAK

LIST_BALANCE_BREAKS = Step(
    name="list_balance_breaks",
    writes=BALANCE_BREAK,
    reads=("balance_point",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  business_date AS reported_on,
  running_movement + previous_offset AS rolled_balance,
  reported_balance,
  running_movement + previous_offset - reported_balance AS difference_amount
FROM balance_point
WHERE reported_balance IS NOT NULL AND previous_offset IS NOT NULL
  AND running_movement + previous_offset <> reported_balance
""",
)
