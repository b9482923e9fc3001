"""Whether sub-ledgers equal the ledger, to the cent, on every day on which both exist for that kind of account."""

from maisui.steps.step import Step
from maisui.tables.ledger_tie import LEDGER_TIE

LEDGER_TIE_MART = Step(
    name="tie_ledger",
    writes=LEDGER_TIE,
    reads=("account_snapshot", "ledger_day"),
    query="""
WITH both_days AS (
  SELECT DISTINCT reported_on AS business_date, account_kind
  FROM account_snapshot
  WHERE balance IS NOT NULL AND reported_on IN (SELECT business_date FROM ledger_day)
),
subledger AS (
  SELECT
    s.organisation_code, coalesce(s.subject_code, 'none') AS subject_code, s.currency, s.reported_on AS business_date,
    min(s.account_kind) AS account_kind, CAST(sum(s.balance) AS DECIMAL(38,2)) AS subledger_balance
  FROM account_snapshot AS s
  INNER JOIN both_days AS d ON d.business_date = s.reported_on AND d.account_kind = s.account_kind
  WHERE s.balance IS NOT NULL
  GROUP BY s.organisation_code, coalesce(s.subject_code, 'none'), s.currency, s.reported_on
),
ledger AS (
  SELECT
    l.organisation_code, l.subject_code, l.currency, l.business_date, l.business_subclass, l.balance AS ledger_balance,
    d.account_kind IS NOT NULL AS has_subledger
  FROM ledger_day AS l
  LEFT JOIN both_days AS d ON d.business_date = l.business_date AND d.account_kind = l.business_subclass
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(s.organisation_code, l.organisation_code) AS organisation_code,
  coalesce(s.subject_code, l.subject_code) AS subject_code,
  coalesce(s.currency, l.currency) AS currency,
  coalesce(s.business_date, l.business_date) AS business_date,
  coalesce(s.account_kind, l.business_subclass) AS account_kind,
  coalesce(s.subledger_balance, CAST(0 AS DECIMAL(38,2))) AS subledger_balance,
  coalesce(l.ledger_balance, CAST(0 AS DECIMAL(18,2))) AS ledger_balance,
  coalesce(s.subledger_balance, CAST(0 AS DECIMAL(38,2))) - coalesce(l.ledger_balance, CAST(0 AS DECIMAL(18,2)))
    AS difference_amount
FROM subledger AS s
FULL JOIN ledger AS l
  ON l.organisation_code = s.organisation_code AND l.subject_code = s.subject_code
  AND l.currency = s.currency AND l.business_date = s.business_date
WHERE s.subject_code IS NOT NULL OR (l.has_subledger AND l.ledger_balance <> 0)
""",
)
