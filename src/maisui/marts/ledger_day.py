"""What the ledger says on each accounting day: only subjects of which the ledger of that day carries no part."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.ledger_day import LEDGER_DAY

LEDGER_DAY_MART = Step(
    name="fill_ledger_day",
    writes=LEDGER_DAY,
    reads=("ledger_snapshot", "ledger_subject_snapshot", "local_rate"),
    query=f"""
WITH subjects AS (
  SELECT
    subject_code, subject_name, balance_side, business_subclass,
    row_number() OVER (PARTITION BY subject_code ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) AS recency
  FROM ledger_subject_snapshot
),
parents AS (
  SELECT DISTINCT c.parent_code, g.reported_on
  FROM ledger_snapshot AS g
  INNER JOIN ledger_subject_snapshot AS c ON c.subject_code = g.subject_code
  WHERE c.parent_code IS NOT NULL AND c.parent_code <> c.subject_code
),
leaves AS (
  SELECT
    g.organisation_code, g.subject_code, g.currency, g.reported_on AS business_date, s.subject_name,
    coalesce(s.balance_side, 'both') AS balance_side,
    coalesce(s.business_subclass, 'unmapped') AS business_subclass,
    CASE coalesce(s.balance_side, 'both')
      WHEN 'credit' THEN g.closing_credit_balance - g.closing_debit_balance
      ELSE g.closing_debit_balance - g.closing_credit_balance
    END AS balance,
    g.debit_amount, g.credit_amount
  FROM ledger_snapshot AS g
  LEFT JOIN subjects AS s ON s.subject_code = g.subject_code AND s.recency = 1
  LEFT JOIN parents AS p ON p.parent_code = g.subject_code AND p.reported_on = g.reported_on
  WHERE p.parent_code IS NULL AND g.reported_on <= $reporting_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  l.organisation_code,
  l.subject_code,
  l.currency,
  l.business_date,
  l.subject_name,
  l.balance_side,
  l.business_subclass,
  l.balance,
  {in_local_currency("l.balance", "r")} AS local_balance,
  l.debit_amount,
  l.credit_amount
FROM leaves AS l
{rate_of_day("l", "l.business_date", "r")}
""",
)
