"""When each term deposit falls due, and when it fell due before: one row for each maturity that was ever reported."""

from maisui.steps.step import Step
from maisui.tables.deposit_term import DEPOSIT_TERM

TRACE_DEPOSIT_TERMS = Step(
    name="trace_deposit_terms",
    writes=DEPOSIT_TERM,
    reads=("deposit_term_snapshot",),
    query="""
WITH spans AS (
  SELECT
    account_number, currency, matures_on, min(reported_on) AS first_reported_on, max(reported_on) AS last_reported_on
  FROM deposit_term_snapshot
  WHERE reported_on <= $reporting_date
  GROUP BY account_number, currency, matures_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.account_number,
  s.currency,
  s.matures_on,
  t.value_on,
  t.term_month_count,
  t.is_auto_renewal,
  s.first_reported_on,
  s.last_reported_on
FROM spans AS s
INNER JOIN deposit_term_snapshot AS t
  ON t.account_number = s.account_number AND t.currency = s.currency AND t.matures_on = s.matures_on
  AND t.reported_on = s.last_reported_on
""",
)
