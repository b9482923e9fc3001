"""Whether loan receipts equal loan accounts, and how much of the ledger's loans the figures of loan quality see."""

from maisui.steps.step import Step
from maisui.tables.loan_tie import LOAN_TIE

LOAN_TIE_MART = Step(
    name="tie_loans",
    writes=LOAN_TIE,
    reads=("loan_snapshot", "subledger_day", "loan_class_day", "ledger_day", "subject_control"),
    query="""
WITH receipt_days AS (
  SELECT reported_on AS business_date, count(*) FILTER (WHERE account_number IS NOT NULL) AS with_account
  FROM loan_snapshot
  WHERE balance IS NOT NULL
  GROUP BY reported_on
),
account_days AS (
  SELECT DISTINCT s.business_date
  FROM subledger_day AS s
  INNER JOIN receipt_days AS r ON r.business_date = s.business_date AND r.with_account > 0
  WHERE s.control_code = 'loan'
),
ledger_lines AS (
  SELECT
    l.organisation_code, l.currency, l.business_date,
    CAST(sum(CASE WHEN l.balance_side = 'credit' THEN -l.balance ELSE l.balance END) AS DECIMAL(38,2)) AS ledger_balance
  FROM ledger_day AS l
  INNER JOIN subject_control AS c ON c.subject_code = l.subject_code AND c.business_date = l.business_date
  INNER JOIN receipt_days AS r ON r.business_date = l.business_date
  WHERE c.control_code IN ('loan', 'discount', 'advance', 'card') AND c.element_code <> 'off_balance'
  GROUP BY l.organisation_code, l.currency, l.business_date
),
ledger_days AS (
  SELECT DISTINCT business_date FROM ledger_lines
),
lines AS (
  SELECT
    s.organisation_code, s.currency, s.reported_on AS business_date, CAST(sum(s.balance) AS DECIMAL(38,2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38,2)) AS account_balance, CAST(0 AS DECIMAL(38,2)) AS counted_balance, CAST(0 AS DECIMAL(38,2)) AS ledger_balance
  FROM loan_snapshot AS s
  INNER JOIN account_days AS d ON d.business_date = s.reported_on
  WHERE s.account_number IS NOT NULL AND s.balance IS NOT NULL AND s.loan_status NOT IN ('written_off', 'transferred')
  GROUP BY s.organisation_code, s.currency, s.reported_on
  UNION ALL
  SELECT
    s.organisation_code, s.currency, s.business_date, CAST(0 AS DECIMAL(38,2)) AS receipt_balance,
    CAST(sum(s.balance) AS DECIMAL(38,2)) AS account_balance,
    CAST(0 AS DECIMAL(38,2)) AS counted_balance, CAST(0 AS DECIMAL(38,2)) AS ledger_balance
  FROM subledger_day AS s
  INNER JOIN account_days AS d ON d.business_date = s.business_date
  WHERE s.control_code = 'loan'
  GROUP BY s.organisation_code, s.currency, s.business_date
  UNION ALL
  SELECT
    c.organisation_code, c.currency, c.business_date, CAST(0 AS DECIMAL(38,2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38,2)) AS account_balance, CAST(sum(c.balance) AS DECIMAL(38,2)) AS counted_balance,
    CAST(0 AS DECIMAL(38,2)) AS ledger_balance
  FROM loan_class_day AS c
  INNER JOIN receipt_days AS r ON r.business_date = c.business_date
  WHERE c.loan_status NOT IN ('written_off', 'transferred') AND c.product_code <> '委托贷款'
  GROUP BY c.organisation_code, c.currency, c.business_date
  UNION ALL
  SELECT
    organisation_code, currency, business_date, CAST(0 AS DECIMAL(38,2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38,2)) AS account_balance, CAST(0 AS DECIMAL(38,2)) AS counted_balance, ledger_balance
  FROM ledger_lines
),
summed AS (
  SELECT
    organisation_code, currency, business_date,
    CAST(sum(receipt_balance) AS DECIMAL(38,2)) AS receipt_balance, CAST(sum(account_balance) AS DECIMAL(38,2)) AS account_balance,
    CAST(sum(counted_balance) AS DECIMAL(38,2)) AS counted_balance, CAST(sum(ledger_balance) AS DECIMAL(38,2)) AS ledger_balance
  FROM lines
  GROUP BY organisation_code, currency, business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.organisation_code,
  s.currency,
  s.business_date,
  CASE WHEN a.business_date IS NOT NULL THEN s.receipt_balance END AS receipt_balance,
  CASE WHEN a.business_date IS NOT NULL THEN s.account_balance END AS account_balance,
  CASE WHEN a.business_date IS NOT NULL THEN s.receipt_balance - s.account_balance END AS difference_amount,
  s.counted_balance,
  CASE WHEN g.business_date IS NOT NULL THEN s.ledger_balance END AS ledger_balance
FROM summed AS s
LEFT JOIN account_days AS a ON a.business_date = s.business_date
LEFT JOIN ledger_days AS g ON g.business_date = s.business_date
""",
)
