"""Customers of closed outlets whose deposits leave after the move to the successor."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan
from maisui.steps.portable import div_half_up

CLOSED_OUTLET_CUSTOMER = Rule(
    code="closed_outlet_customer",
    name_zh="撤并网点客户流失",
    name_en="Customers of closed outlets",
    meaning_zh="账户由撤并网点移交的客户，撤并后规定天数内存款比撤并前一月末下降达到阈值比率与金额；降八成为高，否则为中。一月一件。",
    meaning_en="Customers whose accounts came from a closed outlet and whose deposits, within the stated days of its closing, fell by the threshold's share and amount against the month end before; down by four fifths is high, otherwise medium. Once a month.",
    subject=SubjectKind.CUSTOMER,
    thresholds=("closed_outlet_days", "closed_outlet_fall", "closed_outlet_amount"),
    facts=(
        Fact("before_word", "撤并网点", "Closed outlet"),
        Fact("due_on", "撤并日", "Closed on"),
        Fact("before_amount", "撤并前存款", "Deposits before"),
        Fact("after_amount", "报告日存款", "Deposits now"),
        Fact("measured_rate", "变动比率", "Change"),
        Fact("limit_rate", "阈值比率", "Threshold"),
    ),
    reads=("organisation_succession", "account_organisation_period", "account", "customer_month", "calendar_day", "alert_threshold"),
    query=f"""
WITH this_month AS (
  SELECT month_start FROM calendar_day WHERE business_date = $reporting_date
),
closed AS (
  SELECT s.organisation_code, s.current_successor_code, s.closed_on, max(c.month_start) AS month_start
  FROM organisation_succession AS s
  INNER JOIN calendar_day AS c ON c.month_end < s.closed_on
  WHERE s.closed_on <= $reporting_date
  GROUP BY s.organisation_code, s.current_successor_code, s.closed_on
),
moved AS (
  SELECT DISTINCT a.customer_number, p.previous_organisation_code AS organisation_code
  FROM account_organisation_period AS p
  INNER JOIN account AS a ON a.account_number = p.account_number AND a.currency = p.currency
  WHERE p.previous_organisation_code IS NOT NULL AND a.account_kind = 'deposit' AND a.customer_number <> 'none'
),
held AS (
  SELECT
    m.customer_number, c.organisation_code, c.current_successor_code, c.closed_on, t.month_start,
    CAST(b.deposit_balance AS DECIMAL(18,2)) AS before_amount, CAST(coalesce(n.deposit_balance, 0) AS DECIMAL(18,2)) AS after_amount
  FROM moved AS m
  INNER JOIN closed AS c ON c.organisation_code = m.organisation_code
  CROSS JOIN this_month AS t
  INNER JOIN customer_month AS b ON b.customer_number = m.customer_number AND b.month_start = c.month_start
  LEFT JOIN customer_month AS n ON n.customer_number = m.customer_number AND n.month_start = t.month_start
  WHERE b.deposit_balance > 0
),
measured AS (
  SELECT
    customer_number, organisation_code, current_successor_code, closed_on, month_start, before_amount, after_amount,
    {div_half_up("after_amount - before_amount", "before_amount", 4, denominator_scale=2)} AS change_rate
  FROM held
)
SELECT
  concat(m.customer_number, '@', m.organisation_code) AS subject_key,
  m.month_start AS period_on,
  CASE WHEN m.change_rate <= CAST('-0.8' AS DECIMAL(18,4)) THEN 'high' ELSE 'medium' END AS severity_code,
  m.current_successor_code AS organisation_code,
  m.customer_number,
  m.before_amount - m.after_amount AS at_stake_amount,
  m.organisation_code AS before_word,
  m.closed_on AS due_on,
  m.before_amount,
  m.after_amount,
  m.change_rate AS measured_rate,
  f.threshold_value AS limit_rate
FROM measured AS m
{limit("d", "closed_outlet_days", "m.current_successor_code", "$reporting_date")}
{limit("f", "closed_outlet_fall", "m.current_successor_code", "$reporting_date")}
{limit("a", "closed_outlet_amount", "m.current_successor_code", "$reporting_date")}
WHERE date_diff('day', m.closed_on, $reporting_date) <= d.threshold_value
  AND m.change_rate <= -f.threshold_value AND m.before_amount - m.after_amount >= {yuan("a")}
""",
)
