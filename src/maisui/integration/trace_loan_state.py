"""Which balance, class and arrears a loan had between two reports."""

from maisui.steps.local_currency_sql import in_local_currency, rate_from, rate_until, rates_of_interval
from maisui.steps.step import Step
from maisui.tables.loan_state import LOAN_STATE

TRACE_LOAN_STATE = Step(
    name="trace_loan_state",
    writes=LOAN_STATE,
    reads=("loan_snapshot", "delivery", "local_rate"),
    query=f"""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM loan_snapshot)
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
),
held AS (
  SELECT
    s.loan_number, s.currency, s.reported_on AS valid_from, f.next_on AS valid_until, s.organisation_code, s.balance, s.loan_class,
    s.loan_status, s.overdue_since, s.is_agriculture, s.is_inclusive_small_micro
  FROM loan_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
  WHERE s.balance IS NOT NULL
)
SELECT
  $legal_entity_code AS legal_entity_code,
  h.loan_number,
  {rate_from("h", "r")} AS valid_from,
  {rate_until("h", "r")} AS valid_until,
  h.organisation_code,
  {in_local_currency("h.balance", "r")} AS balance,
  h.loan_class,
  h.loan_status,
  h.overdue_since,
  coalesce(h.is_agriculture, false) AS is_agriculture,
  coalesce(h.is_inclusive_small_micro, false) AS is_inclusive_small_micro
FROM held AS h
{rates_of_interval("h", "r")}
""",
)
