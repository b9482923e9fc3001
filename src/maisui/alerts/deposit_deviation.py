"""Deposit deviation: deposits at a month end well above the month's average, as if dressed for the day."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit
from maisui.steps.portable import div_half_up

DEPOSIT_DEVIATION = Rule(
    code="deposit_deviation",
    name_zh="存款偏离度",
    name_en="Deposit deviation",
    meaning_zh="最近一个完整月份，机构月末存款比当月日均高出的比率超过阈值：超过两倍为高，否则为中。含下级机构。",
    meaning_en="In the last whole month deposits at its end exceed the month's average by more than the threshold: more than twice is high, otherwise medium. Organisations below are included.",
    subject=SubjectKind.ORGANISATION,
    thresholds=("deposit_deviation",),
    facts=(
        Fact("before_amount", "当月日均存款", "Average of the month"),
        Fact("after_amount", "月末存款", "Deposits at the month end"),
        Fact("measured_rate", "偏离度", "Deviation"),
        Fact("limit_rate", "阈值", "Threshold"),
    ),
    reads=("product_day", "organisation_closure", "organisation", "calendar_day", "alert_threshold"),
    query=f"""
WITH last_month AS (
  SELECT max(month_end) AS month_end FROM calendar_day WHERE month_end <= $reporting_date
),
days AS (
  SELECT c.business_date, c.month_end FROM calendar_day AS c INNER JOIN last_month AS m ON m.month_end = c.month_end
),
daily AS (
  SELECT o.ancestor_code AS organisation_code, p.business_date, d.month_end, CAST(sum(p.balance) AS DECIMAL(38,2)) AS balance
  FROM product_day AS p
  INNER JOIN days AS d ON d.business_date = p.business_date
  INNER JOIN organisation_closure AS o ON o.organisation_code = p.organisation_code
  WHERE p.account_kind = 'deposit' AND p.currency = 'CNY'
  GROUP BY o.ancestor_code, p.business_date, d.month_end
),
sums AS (
  SELECT
    organisation_code, month_end, CAST(sum(balance) AS DECIMAL(38,2)) AS balance_days, count(*) AS day_count,
    CAST(sum(CASE WHEN business_date = month_end THEN balance ELSE 0 END) AS DECIMAL(18,2)) AS end_balance
  FROM daily
  GROUP BY organisation_code, month_end
),
averages AS (
  SELECT organisation_code, month_end, end_balance, {div_half_up("balance_days", "day_count")} AS average_balance
  FROM sums
),
measured AS (
  SELECT
    organisation_code, month_end, end_balance, average_balance,
    {div_half_up("end_balance - average_balance", "average_balance", 4, denominator_scale=2)} AS deviation_rate
  FROM averages
  WHERE average_balance > 0
)
SELECT
  m.organisation_code AS subject_key,
  m.month_end AS period_on,
  CASE WHEN m.deviation_rate > CAST(t.threshold_value * 2 AS DECIMAL(12,6)) THEN 'high' ELSE 'medium' END AS severity_code,
  m.organisation_code,
  m.end_balance - m.average_balance AS at_stake_amount,
  m.average_balance AS before_amount,
  m.end_balance AS after_amount,
  m.deviation_rate AS measured_rate,
  t.threshold_value AS limit_rate
FROM measured AS m
INNER JOIN organisation AS o ON o.organisation_code = m.organisation_code AND o.is_open
{limit("t", "deposit_deviation", "m.organisation_code", "m.month_end")}
WHERE m.deviation_rate > t.threshold_value
""",
)
