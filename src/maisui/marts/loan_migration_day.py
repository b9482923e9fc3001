"""What became of the loans of last year end by each month end, class by class."""

from maisui.steps.step import Step
from maisui.tables.loan_migration_day import LOAN_MIGRATION_DAY

LOAN_MIGRATION_DAY_MART = Step(
    name="fill_loan_migration_day",
    writes=LOAN_MIGRATION_DAY,
    reads=("calendar_day", "loan", "loan_organisation_period", "loan_state"),
    query="""
WITH days AS (
  SELECT business_date, make_date(CAST(year(business_date) - 1 AS INTEGER), 12, 31) AS opening_on
  FROM (SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start) AS ends
),
opening AS (
  SELECT s.loan_number, o.opening_on, s.loan_class AS opening_class, s.balance AS opening_balance
  FROM (SELECT DISTINCT opening_on FROM days) AS o
  INNER JOIN loan_state AS s ON s.valid_from <= o.opening_on AND (s.valid_until IS NULL OR s.valid_until > o.opening_on)
  WHERE s.balance > 0 AND s.loan_status NOT IN ('written_off', 'transferred')
),
closing AS (
  SELECT t.business_date, t.opening_on, s.loan_number, s.loan_class, s.loan_status, s.balance
  FROM days AS t
  INNER JOIN loan_state AS s ON s.valid_from <= t.business_date AND (s.valid_until IS NULL OR s.valid_until > t.business_date)
),
moved AS (
  SELECT
    o.loan_number, t.business_date, o.opening_class, o.opening_balance,
    CASE
      WHEN c.loan_status IN ('written_off', 'transferred') THEN c.loan_status
      WHEN c.loan_number IS NULL OR c.balance = 0 THEN coalesce(nullif(l.loan_status, 'current'), 'settled')
      ELSE c.loan_class
    END AS closing_word,
    CASE
      WHEN c.loan_number IS NULL OR c.loan_status IN ('written_off', 'transferred') THEN CAST(0 AS DECIMAL(18,2))
      ELSE least(o.opening_balance, c.balance)
    END AS remaining_balance
  FROM opening AS o
  INNER JOIN days AS t ON t.opening_on = o.opening_on
  INNER JOIN loan AS l ON l.loan_number = o.loan_number
  LEFT JOIN closing AS c ON c.loan_number = o.loan_number AND c.business_date = t.business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(p.organisation_code, l.organisation_code) AS organisation_code,
  l.product_code,
  l.customer_kind,
  l.currency,
  m.opening_class,
  CASE
    WHEN m.closing_word IN ('written_off', 'transferred', 'pass', 'special_mention', 'substandard', 'doubtful', 'loss', 'unclassified')
      THEN m.closing_word
    ELSE 'settled'
  END AS closing_class,
  m.business_date,
  CAST(sum(m.opening_balance) AS DECIMAL(38,2)) AS opening_balance,
  CAST(sum(m.remaining_balance) AS DECIMAL(38,2)) AS remaining_balance,
  count(*) AS loan_count
FROM moved AS m
INNER JOIN loan AS l ON l.loan_number = m.loan_number
LEFT JOIN loan_organisation_period AS p
  ON p.loan_number = m.loan_number
  AND m.business_date >= p.valid_from AND (p.valid_until IS NULL OR m.business_date < p.valid_until)
WHERE l.product_code <> '委托贷款'
GROUP BY
  coalesce(p.organisation_code, l.organisation_code), l.product_code, l.customer_kind, l.currency, m.opening_class,
  CASE
    WHEN m.closing_word IN ('written_off', 'transferred', 'pass', 'special_mention', 'substandard', 'doubtful', 'loss', 'unclassified')
      THEN m.closing_word
    ELSE 'settled'
  END,
  m.business_date
""",
)
