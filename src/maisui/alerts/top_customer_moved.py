"""Top customers: large depositors whose deposits rose or fell much since the last month end."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit
from maisui.steps.portable import div_half_up

TOP_CUSTOMER_MOVED = Rule(
    code="top_customer_moved",
    name_zh="大户存款升降",
    name_en="Top customers up and down",
    meaning_zh="上月末或报告日存款居归属机构前列（名次可调）的客户，存款较上月末变动达到阈值比率；下降五成为高，其他下降为中，上升为低。",
    meaning_en="Customers among the largest depositors of their home outlet at the last month end or now, whose deposits moved by the threshold's share since then; down by half is high, other falls medium, rises low.",
    subject=SubjectKind.CUSTOMER,
    thresholds=("top_customer_count", "top_customer_change"),
    facts=(
        Fact("before_amount", "上月末存款", "Deposits at the last month end"),
        Fact("after_amount", "报告日存款", "Deposits now"),
        Fact("measured_rate", "变动比率", "Change"),
        Fact("limit_rate", "阈值比率", "Threshold"),
        Fact("item_count", "在归属机构的名次", "Rank at home"),
        Fact("after_word", "方向", "Direction"),
    ),
    reads=("customer_month", "calendar_day", "alert_threshold"),
    query=f"""
WITH this_month AS (
  SELECT month_start FROM calendar_day WHERE business_date = $reporting_date
),
months AS (
  SELECT month_start, row_number() OVER (ORDER BY month_start DESC) AS place
  FROM (SELECT DISTINCT c.month_start FROM calendar_day AS c INNER JOIN this_month AS t ON c.month_start <= t.month_start) AS m
),
held AS (
  SELECT
    c.customer_number, m.month_start, m.place, c.home_organisation_code, c.deposit_balance,
    row_number() OVER (PARTITION BY m.place, c.home_organisation_code ORDER BY c.deposit_balance DESC, c.customer_number) AS rank
  FROM customer_month AS c
  INNER JOIN months AS m ON m.month_start = c.month_start
  WHERE m.place <= 2 AND c.customer_number <> 'none'
),
customers AS (
  SELECT
    customer_number,
    max(CASE WHEN place = 1 THEN month_start END) AS month_start,
    coalesce(max(CASE WHEN place = 1 THEN home_organisation_code END), max(home_organisation_code)) AS organisation_code,
    CAST(coalesce(max(CASE WHEN place = 2 THEN deposit_balance END), 0) AS DECIMAL(18,2)) AS before_amount,
    CAST(coalesce(max(CASE WHEN place = 1 THEN deposit_balance END), 0) AS DECIMAL(18,2)) AS after_amount,
    min(rank) AS rank
  FROM held
  GROUP BY customer_number
),
moved AS (
  SELECT
    customer_number, organisation_code, before_amount, after_amount, rank, after_amount - before_amount AS change_amount,
    {div_half_up("after_amount - before_amount", "before_amount", 4, denominator_scale=2)} AS change_rate
  FROM customers
  WHERE before_amount > 0
)
SELECT
  m.customer_number AS subject_key,
  t.month_start AS period_on,
  CASE WHEN m.change_rate <= CAST('-0.5' AS DECIMAL(18,4)) THEN 'high' WHEN m.change_amount < 0 THEN 'medium' ELSE 'low' END AS severity_code,
  m.organisation_code,
  m.customer_number,
  abs(m.change_amount) AS at_stake_amount,
  m.before_amount,
  m.after_amount,
  m.change_rate AS measured_rate,
  r.threshold_value AS limit_rate,
  m.rank AS item_count,
  CASE WHEN m.change_amount < 0 THEN 'fall' ELSE 'rise' END AS after_word
FROM moved AS m
CROSS JOIN this_month AS t
{limit("n", "top_customer_count", "m.organisation_code", "$reporting_date")}
{limit("r", "top_customer_change", "m.organisation_code", "$reporting_date")}
WHERE m.rank <= n.threshold_value AND abs(m.change_rate) >= r.threshold_value
""",
)
