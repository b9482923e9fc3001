"""Classes: loans that became non-performing, and loans whose class fell without that."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window

_GRADE = "CASE {0} WHEN 'pass' THEN 1 WHEN 'special_mention' THEN 2 WHEN 'substandard' THEN 3 WHEN 'doubtful' THEN 4 WHEN 'loss' THEN 5 END"


def _query(condition: str, severity: str) -> str:
    """Return the changes of class within the window that meet `condition`; grades run from 1 (pass) to 5 (loss)."""
    return f"""
WITH states AS (
  SELECT
    loan_number, valid_from, organisation_code, balance, loan_class, loan_status, overdue_since,
    lag(loan_class) OVER (PARTITION BY loan_number ORDER BY valid_from) AS previous_class
  FROM loan_state
),
graded AS (
  SELECT
    loan_number, valid_from, organisation_code, balance, loan_class, previous_class, overdue_since,
    {_GRADE.format("previous_class")} AS previous_grade, {_GRADE.format("loan_class")} AS grade
  FROM states
  WHERE balance > 0 AND loan_status NOT IN ('written_off', 'transferred') AND previous_class <> loan_class
),
fallen AS (
  SELECT loan_number, valid_from, organisation_code, balance, loan_class, previous_class, overdue_since, grade
  FROM graded
  WHERE {condition}
)
SELECT
  f.loan_number AS subject_key,
  f.valid_from AS period_on,
  {severity} AS severity_code,
  f.organisation_code,
  l.customer_number,
  f.balance AS at_stake_amount,
  f.previous_class AS before_word,
  f.loan_class AS after_word,
  date_diff('day', f.overdue_since, f.valid_from) AS day_count
FROM fallen AS f
INNER JOIN loan AS l ON l.loan_number = f.loan_number
{limit("w", "window_days", "f.organisation_code", "$reporting_date")}
WHERE {within_window("f.valid_from")}
"""


_FACTS = (
    Fact("before_word", "原分类", "Class before"),
    Fact("after_word", "现分类", "Class now"),
    Fact("day_count", "当时逾期天数", "Days overdue then"),
)

NEWLY_BAD_LOAN = Rule(
    code="newly_bad_loan",
    name_zh="新增不良贷款",
    name_en="Newly non-performing loans",
    meaning_zh="借据由正常或关注类下调为次级、可疑或损失类。",
    meaning_en="A receipt went from pass or special mention to substandard, doubtful or loss.",
    subject=SubjectKind.LOAN,
    thresholds=("window_days",),
    facts=_FACTS,
    reads=("loan_state", "loan", "alert_threshold"),
    query=_query("grade >= 3 AND previous_grade < 3", "'high'"),
)

FALLING_LOAN_CLASS = Rule(
    code="falling_loan_class",
    name_zh="分类下调",
    name_en="Falling loan class",
    meaning_zh="借据的五级分类下调而未新入不良：正常转关注为中，不良之内继续下调为高。",
    meaning_en="The class of a receipt fell without turning non-performing: from pass to special mention is medium, further down among the non-performing is high.",
    subject=SubjectKind.LOAN,
    thresholds=("window_days",),
    facts=_FACTS,
    reads=("loan_state", "loan", "alert_threshold"),
    query=_query(
        "grade > previous_grade AND NOT (grade >= 3 AND previous_grade < 3)", "CASE WHEN f.grade >= 3 THEN 'high' ELSE 'medium' END"
    ),
)
