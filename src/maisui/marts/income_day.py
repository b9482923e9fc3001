"""What each result subject added to profit, ledger day by ledger day."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.income_day import INCOME_DAY

INCOME_DAY_MART = Step(
    name="fill_income_day",
    writes=INCOME_DAY,
    reads=("ledger_day", "ledger_subject_line", "local_rate"),
    query=f"""
WITH first_day AS (
  SELECT min(business_date) AS day FROM ledger_day
),
results AS (
  SELECT
    l.organisation_code, l.subject_code, s.line_code, l.currency, l.business_date,
    CASE l.balance_side WHEN 'credit' THEN l.balance ELSE -l.balance END AS profit_balance,
    l.credit_amount - l.debit_amount AS turnover,
    CASE l.balance_side WHEN 'credit' THEN l.credit_amount ELSE -l.debit_amount END AS posted_amount
  FROM ledger_day AS l
  INNER JOIN ledger_subject_line AS s ON s.subject_code = l.subject_code AND s.statement_code = 'income'
),
followed AS (
  SELECT
    organisation_code, subject_code, line_code, currency, business_date, profit_balance, turnover, posted_amount,
    lag(profit_balance) OVER (PARTITION BY organisation_code, subject_code, currency ORDER BY business_date) AS balance_before,
    lag(business_date) OVER (PARTITION BY organisation_code, subject_code, currency ORDER BY business_date) AS day_before
  FROM results
),
added AS (
  SELECT
    r.organisation_code, r.subject_code, r.line_code, r.currency, r.business_date,
    CASE
      WHEN r.business_date = f.day AND month(r.business_date) > 1 THEN r.turnover
      WHEN r.day_before IS NULL OR year(r.day_before) <> year(r.business_date) THEN r.profit_balance
      WHEN month(r.business_date) = 12 AND day(r.business_date) = 31 AND r.profit_balance = 0 THEN r.posted_amount
      ELSE r.profit_balance - r.balance_before
    END AS profit_amount
  FROM followed AS r, first_day AS f
)
SELECT
  $legal_entity_code AS legal_entity_code,
  a.organisation_code,
  a.subject_code,
  a.line_code,
  a.currency,
  a.business_date,
  a.profit_amount,
  {in_local_currency("a.profit_amount", "x")} AS local_profit_amount
FROM added AS a
{rate_of_day("a", "a.business_date", "x")}
""",
)
