"""Which part of the ledger stands on accounts: every subject of the whole entity, with what nobody holds against it."""

from maisui.steps.step import Step
from maisui.tables.subject_coverage import SUBJECT_COVERAGE

COVER_SUBJECTS = Step(
    name="cover_subjects",
    writes=SUBJECT_COVERAGE,
    reads=("ledger_day", "subject_control", "subledger_day", "ledger_tie"),
    query="""
WITH both_days AS (
  SELECT DISTINCT business_date, control_code
  FROM subledger_day
),
ties AS (
  SELECT
    business_date, subject_code, currency,
    CAST(sum(subledger_balance) AS DECIMAL(38,2)) AS subledger_balance,
    CAST(sum(difference_amount) AS DECIMAL(38,2)) AS difference_amount,
    count(*) FILTER (WHERE difference_amount <> 0) AS differing_count
  FROM ledger_tie
  GROUP BY business_date, subject_code, currency
),
subjects AS (
  SELECT
    business_date, subject_code, currency, min(subject_name) AS subject_name,
    CAST(sum(balance) AS DECIMAL(38,2)) AS ledger_balance
  FROM ledger_day
  GROUP BY business_date, subject_code, currency
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.business_date,
  s.subject_code,
  s.currency,
  s.subject_name,
  c.element_code,
  c.control_code,
  d.control_code IS NOT NULL AS is_covered,
  s.ledger_balance,
  t.subledger_balance,
  t.difference_amount,
  coalesce(t.differing_count, 0) AS differing_count
FROM subjects AS s
INNER JOIN subject_control AS c ON c.subject_code = s.subject_code AND c.business_date = s.business_date
LEFT JOIN both_days AS d ON d.business_date = s.business_date AND d.control_code = c.control_code
LEFT JOIN ties AS t
  ON t.business_date = s.business_date AND t.subject_code = s.subject_code AND t.currency = s.currency
""",
    covers="""
SELECT subject_code, business_date FROM subject_control
""",
)
