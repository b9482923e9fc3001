"""Maturing loans: receipts that are still owed and fall due in the next weeks."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan

MATURING_LOAN = Rule(
    code="maturing_loan",
    name_zh="贷款到期",
    name_en="Maturing loans",
    meaning_zh="余额达到阈值的贷款借据将在九十天内到期（天数可调）；七天内为高，三十天内为中。",
    meaning_en="Loan receipts of at least the threshold that fall due within ninety days, which parameters change; within seven days is high, within thirty medium.",
    subject=SubjectKind.LOAN,
    thresholds=("near_days", "soon_days", "ahead_days", "maturing_loan"),
    facts=(
        Fact("due_on", "到期日", "Falls due"),
        Fact("day_count", "距到期天数", "Days left"),
        Fact("before_word", "五级分类", "Class"),
    ),
    reads=("loan", "loan_state", "alert_threshold"),
    query=f"""
WITH owed AS (
  SELECT loan_number, balance, loan_class
  FROM loan_state
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR $reporting_date < valid_until)
    AND balance > 0 AND loan_status NOT IN ('written_off', 'transferred')
)
SELECT
  l.loan_number AS subject_key,
  l.matures_on AS period_on,
  CASE
    WHEN date_diff('day', $reporting_date, l.matures_on) <= n.threshold_value THEN 'high'
    WHEN date_diff('day', $reporting_date, l.matures_on) <= s.threshold_value THEN 'medium'
    ELSE 'low'
  END AS severity_code,
  l.organisation_code,
  l.customer_number,
  o.balance AS at_stake_amount,
  l.matures_on AS due_on,
  date_diff('day', $reporting_date, l.matures_on) AS day_count,
  o.loan_class AS before_word
FROM owed AS o
INNER JOIN loan AS l ON l.loan_number = o.loan_number
{limit("n", "near_days", "l.organisation_code", "$reporting_date")}
{limit("s", "soon_days", "l.organisation_code", "$reporting_date")}
{limit("h", "ahead_days", "l.organisation_code", "$reporting_date")}
{limit("m", "maturing_loan", "l.organisation_code", "$reporting_date")}
WHERE l.matures_on > $reporting_date AND date_diff('day', $reporting_date, l.matures_on) <= h.threshold_value AND o.balance >= {yuan("m")}
""",
)
