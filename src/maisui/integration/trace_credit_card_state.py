"""Which overdraft, class and arrears a credit card account had between two reports."""

from maisui.steps.step import Step
from maisui.tables.credit_card_state import CREDIT_CARD_STATE

TRACE_CREDIT_CARD_STATE = Step(
    name="trace_credit_card_state",
    writes=CREDIT_CARD_STATE,
    reads=("credit_card_account_snapshot", "customer", "delivery"),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM credit_card_account_snapshot)
),
feed_days AS (
  SELECT
    source_code, feed_code, business_date,
    lead(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date) AS next_on
  FROM (
    SELECT DISTINCT d.source_code, d.feed_code, d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.account_number,
  s.currency,
  s.customer_number,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  s.organisation_code,
  s.reported_on AS valid_from,
  f.next_on AS valid_until,
  s.limit_amount,
  s.overdraft_balance,
  s.overdue_amount,
  s.overdue_since,
  s.loan_class
FROM credit_card_account_snapshot AS s
INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
INNER JOIN feed_days AS f
  ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
LEFT JOIN customer AS c ON c.customer_number = s.customer_number
""",
)
