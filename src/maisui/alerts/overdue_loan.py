"""Arrears: loans newly overdue, and loans about to become non-performing."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window

_OVERDUE = """
WITH overdue AS (
  SELECT
    s.loan_number, s.organisation_code, s.balance, s.loan_class, s.overdue_since, l.customer_number,
    date_diff('day', s.overdue_since, $reporting_date) AS day_count
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  WHERE s.valid_from <= $reporting_date AND (s.valid_until IS NULL OR $reporting_date < s.valid_until)
    AND s.balance > 0 AND s.loan_status NOT IN ('written_off', 'transferred') AND s.overdue_since < $reporting_date
)
"""

_FACTS = (
    Fact("due_on", "逾期起始日", "Overdue since"),
    Fact("day_count", "逾期天数", "Days overdue"),
    Fact("before_word", "五级分类", "Class"),
)

NEWLY_OVERDUE_LOAN = Rule(
    code="newly_overdue_loan",
    name_zh="新增逾期贷款",
    name_en="Newly overdue loans",
    meaning_zh="借据在观察期内开始逾期且仍逾期；逾期超过七天（可调）为中，否则为低。",
    meaning_en="A receipt that fell into arrears within the window and still is; more than seven days, which a parameter changes, is medium, otherwise low.",
    subject=SubjectKind.LOAN,
    thresholds=("window_days", "near_days"),
    facts=_FACTS,
    reads=("loan_state", "loan", "alert_threshold"),
    query=f"""{_OVERDUE}
SELECT
  o.loan_number AS subject_key,
  o.overdue_since AS period_on,
  CASE WHEN o.day_count > n.threshold_value THEN 'medium' ELSE 'low' END AS severity_code,
  o.organisation_code,
  o.customer_number,
  o.balance AS at_stake_amount,
  o.overdue_since AS due_on,
  o.day_count,
  o.loan_class AS before_word
FROM overdue AS o
{limit("w", "window_days", "o.organisation_code", "$reporting_date")}
{limit("n", "near_days", "o.organisation_code", "$reporting_date")}
WHERE {within_window("o.overdue_since")}
""",
)

NEARLY_BAD_LOAN = Rule(
    code="nearly_bad_loan",
    name_zh="临近不良贷款",
    name_en="Loans about to become non-performing",
    meaning_zh="正常或关注类借据逾期超过六十天（可调）为高；关注类且已逾期、未超过的为中。",
    meaning_en="A receipt of pass or special mention that is more than sixty days overdue, which a parameter changes, is high; special mention overdue for less is medium.",
    subject=SubjectKind.LOAN,
    thresholds=("nearly_bad_days",),
    facts=_FACTS,
    reads=("loan_state", "loan", "alert_threshold"),
    query=f"""{_OVERDUE}
SELECT
  o.loan_number AS subject_key,
  o.overdue_since AS period_on,
  CASE WHEN o.day_count > n.threshold_value THEN 'high' ELSE 'medium' END AS severity_code,
  o.organisation_code,
  o.customer_number,
  o.balance AS at_stake_amount,
  o.overdue_since AS due_on,
  o.day_count,
  o.loan_class AS before_word
FROM overdue AS o
{limit("n", "nearly_bad_days", "o.organisation_code", "$reporting_date")}
WHERE o.loan_class IN ('pass', 'special_mention', 'unclassified')
  AND (o.day_count > n.threshold_value OR o.loan_class = 'special_mention')
""",
)
