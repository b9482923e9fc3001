"""Every statement line on every day, so that averages of the ledger have the same days as those of accounts."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.ledger_line_day import LEDGER_LINE_DAY


def _mean(column: str) -> str:
    return div_half_up(f"b.{column} + coalesce(n.{column}, CAST(0 AS DECIMAL(38,2)))", "CAST(2 AS BIGINT)")


def _summed(column: str) -> str:
    return f"""CAST(sum(
      CASE WHEN s.statement_code IN ('asset', 'joint') THEN 1 ELSE -1 END
      * CASE l.balance_side WHEN 'credit' THEN -l.{column} ELSE l.{column} END
    ) AS DECIMAL(38,2)) AS {column}"""


def _of_day(column: str) -> str:
    return f"CASE WHEN c.business_date = b.from_day OR b.next_day IS NULL THEN b.{column} ELSE {_mean(column)} END AS {column}"


LEDGER_LINE_DAY_MART = Step(
    name="fill_ledger_line_day",
    writes=LEDGER_LINE_DAY,
    reads=("ledger_day", "ledger_subject_line", "calendar_day"),
    query=f"""
WITH lines AS (
  SELECT
    l.organisation_code, s.statement_code, s.line_code, l.currency, l.business_date,
    {_summed("balance")},
    {_summed("local_balance")}
  FROM ledger_day AS l
  INNER JOIN ledger_subject_line AS s ON s.subject_code = l.subject_code
  GROUP BY l.organisation_code, s.statement_code, s.line_code, l.currency, l.business_date
),
keys AS (
  SELECT DISTINCT organisation_code, statement_code, line_code, currency FROM lines
),
days AS (
  SELECT business_date AS from_day, lead(business_date) OVER (ORDER BY business_date) AS next_day
  FROM (SELECT DISTINCT business_date FROM ledger_day) AS d
),
ends AS (
  SELECT
    k.organisation_code, k.statement_code, k.line_code, k.currency, d.from_day, d.next_day,
    coalesce(l.balance, CAST(0 AS DECIMAL(38,2))) AS balance, coalesce(l.local_balance, CAST(0 AS DECIMAL(38,2))) AS local_balance
  FROM keys AS k
  CROSS JOIN days AS d
  LEFT JOIN lines AS l
    ON l.organisation_code = k.organisation_code AND l.statement_code = k.statement_code AND l.line_code = k.line_code
    AND l.currency = k.currency AND l.business_date = d.from_day
)
SELECT
  $legal_entity_code AS legal_entity_code,
  b.organisation_code,
  b.statement_code,
  b.line_code,
  b.currency,
  c.business_date,
  {_of_day("balance")},
  {_of_day("local_balance")},
  c.business_date > b.from_day AND b.next_day IS NOT NULL AS is_estimated
FROM ends AS b
LEFT JOIN ends AS n
  ON n.organisation_code = b.organisation_code AND n.statement_code = b.statement_code AND n.line_code = b.line_code
  AND n.currency = b.currency AND n.from_day = b.next_day
INNER JOIN calendar_day AS c ON c.business_date >= b.from_day AND (b.next_day IS NULL OR c.business_date < b.next_day)
""",
)
