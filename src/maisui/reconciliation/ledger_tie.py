"""Whether sub-ledgers equal the ledger, to the cent, on every day on which both exist for that set of subjects."""

from maisui.reconciliation.subject_sets import SUBJECT_SETS
from maisui.steps.step import Step
from maisui.tables.ledger_tie import LEDGER_TIE

_TOGETHER = ", ".join(f"'{one.code}'" for one in SUBJECT_SETS if one.by == "organisation")

LEDGER_TIE_MART = Step(
    name="tie_ledger",
    writes=LEDGER_TIE,
    reads=("subledger_day", "ledger_day", "subject_control"),
    query=f"""
WITH both_days AS (
  SELECT DISTINCT business_date, control_code
  FROM subledger_day
  WHERE business_date IN (SELECT business_date FROM ledger_day)
),
placed AS (
  SELECT
    s.organisation_code, s.subject_code, s.currency, s.business_date, coalesce(c.control_code, s.control_code) AS control_code, s.balance
  FROM subledger_day AS s
  INNER JOIN both_days AS d ON d.business_date = s.business_date AND d.control_code = s.control_code
  LEFT JOIN subject_control AS c ON c.subject_code = s.subject_code AND c.business_date = s.business_date
),
subledger AS (
  SELECT
    p.organisation_code, CASE WHEN p.control_code IN ({_TOGETHER}) THEN '*' ELSE p.subject_code END AS subject_code,
    p.currency, p.business_date, p.control_code, CAST(sum(p.balance) AS DECIMAL(38,2)) AS subledger_balance
  FROM placed AS p
  INNER JOIN both_days AS d ON d.business_date = p.business_date AND d.control_code = p.control_code
  GROUP BY
    p.organisation_code, CASE WHEN p.control_code IN ({_TOGETHER}) THEN '*' ELSE p.subject_code END,
    p.currency, p.business_date, p.control_code
),
ledger AS (
  SELECT
    l.organisation_code, CASE WHEN c.control_code IN ({_TOGETHER}) THEN '*' ELSE l.subject_code END AS subject_code,
    l.currency, l.business_date, c.control_code,
    CAST(sum(CASE
      WHEN l.balance_side = 'credit' AND c.control_code = 'deposit' THEN l.balance
      WHEN l.balance_side <> 'credit' AND c.control_code <> 'deposit' THEN l.balance
      ELSE -l.balance
    END) AS DECIMAL(38,2)) AS ledger_balance
  FROM ledger_day AS l
  INNER JOIN subject_control AS c ON c.subject_code = l.subject_code AND c.business_date = l.business_date
  INNER JOIN both_days AS d ON d.business_date = l.business_date AND d.control_code = c.control_code
  GROUP BY
    l.organisation_code, CASE WHEN c.control_code IN ({_TOGETHER}) THEN '*' ELSE l.subject_code END,
    l.currency, l.business_date, c.control_code
),
reporting AS (
  SELECT DISTINCT organisation_code, business_date, control_code
  FROM subledger_day
),
compared AS (
  SELECT
    coalesce(s.organisation_code, l.organisation_code) AS organisation_code,
    coalesce(s.subject_code, l.subject_code) AS subject_code,
    coalesce(s.currency, l.currency) AS currency,
    coalesce(s.business_date, l.business_date) AS business_date,
    coalesce(s.control_code, l.control_code) AS control_code,
    s.subledger_balance, l.ledger_balance,
    CASE WHEN s.subject_code IS NULL THEN 'ledger' WHEN l.subject_code IS NULL THEN 'subledger' ELSE 'both' END AS found_in
  FROM subledger AS s
  FULL JOIN ledger AS l
    ON l.organisation_code = s.organisation_code AND l.subject_code = s.subject_code
    AND l.currency = s.currency AND l.business_date = s.business_date AND l.control_code = s.control_code
  WHERE s.subject_code IS NOT NULL OR l.ledger_balance <> 0
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.organisation_code,
  c.subject_code,
  c.currency,
  c.business_date,
  c.control_code,
  CASE WHEN c.found_in = 'ledger' AND r.organisation_code IS NULL THEN 'no_accounts' ELSE c.found_in END AS found_in,
  coalesce(c.subledger_balance, CAST(0 AS DECIMAL(38,2))) AS subledger_balance,
  coalesce(c.ledger_balance, CAST(0 AS DECIMAL(38,2))) AS ledger_balance,
  coalesce(c.subledger_balance, CAST(0 AS DECIMAL(38,2))) - coalesce(c.ledger_balance, CAST(0 AS DECIMAL(38,2)))
    AS difference_amount
FROM compared AS c
LEFT JOIN reporting AS r
  ON r.organisation_code = c.organisation_code AND r.business_date = c.business_date AND r.control_code = c.control_code
""",
)
