"""Interest arrears: loans on which interest is owed beyond its day."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan

INTEREST_ARREARS = Rule(
    code="interest_arrears",
    name_zh="欠息",
    name_en="Interest arrears",
    meaning_zh="借据最近一次报送的欠息达到阈值；自最近一次无欠息报送之后首次出现欠息的报送日起算。超过九十天为高，超过三十天为中（天数可调）。",
    meaning_en="Interest overdue on a receipt reaches the threshold in its last report; counted from the first report with arrears after the last one without. More than ninety days is high, more than thirty medium; parameters change the days.",
    subject=SubjectKind.LOAN,
    thresholds=("soon_days", "ahead_days", "interest_arrears"),
    facts=(
        Fact("due_on", "首次出现欠息的报送日", "First reported in arrears"),
        Fact("day_count", "欠息天数", "Days in arrears"),
        Fact("before_amount", "贷款余额", "Loan balance"),
        Fact("before_word", "五级分类", "Class"),
    ),
    reads=("loan_snapshot", "alert_threshold"),
    query=f"""
WITH reports AS (
  SELECT
    loan_number, reported_on, customer_number, organisation_code, balance, loan_class, loan_status,
    coalesce(interest_overdue_amount, CAST(0 AS DECIMAL(18,2))) AS interest_amount
  FROM loan_snapshot
  WHERE reported_on <= $reporting_date
),
clean AS (
  SELECT loan_number, max(CASE WHEN interest_amount = 0 THEN reported_on END) AS clean_on, max(reported_on) AS last_on
  FROM reports
  GROUP BY loan_number
),
since AS (
  SELECT r.loan_number, min(r.reported_on) AS arrears_on
  FROM reports AS r
  INNER JOIN clean AS c ON c.loan_number = r.loan_number
  WHERE r.reported_on > coalesce(c.clean_on, DATE '0001-01-01')
  GROUP BY r.loan_number
),
owing AS (
  SELECT
    r.loan_number, s.arrears_on, r.customer_number, r.organisation_code, r.balance, r.loan_class, r.interest_amount,
    date_diff('day', s.arrears_on, $reporting_date) AS day_count
  FROM reports AS r
  INNER JOIN clean AS c ON c.loan_number = r.loan_number AND c.last_on = r.reported_on
  INNER JOIN since AS s ON s.loan_number = r.loan_number
  WHERE r.interest_amount > 0 AND r.loan_status NOT IN ('written_off', 'transferred', 'settled')
)
SELECT
  o.loan_number AS subject_key,
  o.arrears_on AS period_on,
  CASE WHEN o.day_count > h.threshold_value THEN 'high' WHEN o.day_count > s.threshold_value THEN 'medium' ELSE 'low' END AS severity_code,
  o.organisation_code,
  o.customer_number,
  o.interest_amount AS at_stake_amount,
  o.arrears_on AS due_on,
  o.day_count,
  o.balance AS before_amount,
  o.loan_class AS before_word
FROM owing AS o
{limit("s", "soon_days", "o.organisation_code", "$reporting_date")}
{limit("h", "ahead_days", "o.organisation_code", "$reporting_date")}
{limit("m", "interest_arrears", "o.organisation_code", "$reporting_date")}
WHERE o.interest_amount >= {yuan("m")}
""",
)
