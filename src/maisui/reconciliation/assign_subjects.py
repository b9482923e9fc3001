"""Which sub-ledger a ledger subject is held against: by the bank's own line, else by its accounts, else by the product's lines."""

from maisui.steps.step import Step
from maisui.tables.subject_control import SUBJECT_CONTROL

ASSIGN_SUBJECTS = Step(
    name="assign_subjects",
    writes=SUBJECT_CONTROL,
    reads=("ledger_day", "ledger_subject_snapshot", "subledger_day", "control_subject"),
    query="""
WITH classes AS (
  SELECT
    subject_code, business_class,
    row_number() OVER (PARTITION BY subject_code ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) AS recency
  FROM ledger_subject_snapshot
),
subjects AS (
  SELECT
    l.subject_code, l.business_date, min(l.subject_name) AS subject_name, min(l.business_subclass) AS business_subclass,
    min(CASE
      WHEN c.business_class LIKE '%共同%' THEN 'joint'
      WHEN c.business_class LIKE '%表外%' OR c.business_class LIKE '%或有%' THEN 'off_balance'
      WHEN c.business_class LIKE '%权益%' THEN 'equity'
      WHEN c.business_class LIKE '%损益%' OR c.business_class LIKE '%收入%' OR c.business_class LIKE '%支出%' THEN 'result'
      WHEN c.business_class LIKE '%资产%' THEN 'asset'
      WHEN c.business_class LIKE '%负债%' THEN 'liability'
      WHEN l.subject_code LIKE '1%' THEN 'asset'
      WHEN l.subject_code LIKE '2%' THEN 'liability'
      WHEN l.subject_code LIKE '3%' THEN 'joint'
      WHEN l.subject_code LIKE '4%' THEN 'equity'
      WHEN l.subject_code LIKE '5%' OR l.subject_code LIKE '6%' THEN 'result'
      ELSE 'unknown'
    END) AS element_code
  FROM ledger_day AS l
  LEFT JOIN classes AS c ON c.subject_code = l.subject_code AND c.recency = 1
  GROUP BY l.subject_code, l.business_date
),
lines AS (
  SELECT
    s.subject_code, s.business_date, r.control_code, r.is_own,
    row_number() OVER (PARTITION BY s.subject_code, s.business_date, r.is_own ORDER BY r.line_number) AS preference
  FROM subjects AS s
  INNER JOIN control_subject AS r
    ON s.business_date >= r.valid_from AND s.business_date < coalesce(r.valid_until, DATE '9999-12-31')
    AND (r.element_code IS NULL OR r.element_code = s.element_code)
    AND (
      (r.match_by = 'subclass' AND s.business_subclass = r.pattern)
      OR (r.match_by = 'code' AND starts_with(s.subject_code, r.pattern))
      OR (r.match_by = 'name' AND contains(s.subject_name, r.pattern))
    )
),
kinds AS (
  SELECT subject_code, control_code, count(*) AS day_count
  FROM subledger_day
  WHERE subject_code <> 'none' AND subject_code <> '*'
  GROUP BY subject_code, control_code
),
facts AS (
  SELECT
    subject_code, control_code,
    row_number() OVER (PARTITION BY subject_code ORDER BY day_count DESC, control_code) AS preference
  FROM kinds
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.subject_code,
  s.business_date,
  coalesce(o.control_code, f.control_code, d.control_code, 'none') AS control_code,
  CASE
    WHEN o.control_code IS NOT NULL THEN 'own'
    WHEN f.control_code IS NOT NULL THEN 'accounts'
    WHEN d.control_code IS NOT NULL THEN 'line'
    ELSE 'nothing'
  END AS decided_by,
  s.element_code
FROM subjects AS s
LEFT JOIN lines AS o
  ON o.subject_code = s.subject_code AND o.business_date = s.business_date AND o.is_own AND o.preference = 1
LEFT JOIN facts AS f ON f.subject_code = s.subject_code AND f.preference = 1
LEFT JOIN lines AS d
  ON d.subject_code = s.subject_code AND d.business_date = s.business_date AND NOT d.is_own AND d.preference = 1
""",
)
