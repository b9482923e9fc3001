"""Unusual customers: whose money in, money out or deposits of a month leave his own past far behind.

Everybody is held against himself: the middle of up to 24 earlier months, and the middle distance from it, widened to a tenth of
what is usual so that the steadiest of incomes does not make a little into much. Payroll, loans paid out and repaid, and transfers
between his own accounts explain themselves and are left out; what he spends of a loan in its month and the next is too. What
he did before, in any month or half as much in the same season of the year before, is not unusual: harvest comes every year.
Only whoever moved enough in the months in question is held against his past: a bank has few of them.
"""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window, yuan
from maisui.steps.portable import div_half_up

DAYS_BACK = 745
"""What is usual is the middle of the 24 months before at most."""
SEASON_FROM, SEASON_TO = 330, 400
"""Days back to the first days of the same month of the year before, the one before it and the one after it."""
_SPREAD_PARTS = "1.4826"
"""The spread in parts of the middle distance, where distances are spread normally."""


def _known(name: str, condition: str) -> str:
    """Return the tables of what came in, went out and was held by each person in each month: of the rows that meet a condition."""
    return f"""{name}_rows AS (
  SELECT
    f.customer_number, f.month_start, CAST(NULL AS VARCHAR) AS organisation_code, CAST(0 AS BIGINT) AS held_count,
    CASE WHEN f.flow_code IN ('payroll', 'loan') THEN CAST(0 AS DECIMAL(38,2)) ELSE f.inflow_amount END AS inflow,
    CASE WHEN f.flow_code = 'loan' THEN CAST(0 AS DECIMAL(38,2)) ELSE f.outflow_amount END AS outflow,
    CASE WHEN f.flow_code = 'loan' THEN f.inflow_amount ELSE CAST(0 AS DECIMAL(38,2)) END AS lent,
    CAST(0 AS DECIMAL(38,2)) AS balance
  FROM customer_flow_month AS f
  UNION ALL
  SELECT
    m.customer_number, m.month_start, m.home_organisation_code AS organisation_code, CAST(1 AS BIGINT) AS held_count,
    CAST(0 AS DECIMAL(38,2)) AS inflow, CAST(0 AS DECIMAL(38,2)) AS outflow, CAST(0 AS DECIMAL(38,2)) AS lent,
    CAST(m.deposit_balance AS DECIMAL(38,2)) AS balance
  FROM customer_month AS m
),
{name}_sums AS (
  SELECT
    coalesce(c.person_customer_number, r.customer_number) AS customer_number, r.month_start,
    max(r.organisation_code) AS organisation_code, max(r.held_count) AS held_count, CAST(sum(r.inflow) AS DECIMAL(38,2)) AS inflow,
    CAST(sum(r.outflow) AS DECIMAL(38,2)) AS outflow, CAST(sum(r.lent) AS DECIMAL(38,2)) AS lent,
    CAST(sum(r.balance) AS DECIMAL(38,2)) AS balance
  FROM {name}_rows AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
  WHERE r.customer_number <> 'none' AND {condition}
  GROUP BY coalesce(c.person_customer_number, r.customer_number), r.month_start
),
{name}_beside AS (
  SELECT
    s.customer_number, s.month_start, s.organisation_code, s.held_count, s.inflow, s.outflow, s.lent, s.balance, m.last_on, m.month_before,
    lag(s.month_start) OVER (PARTITION BY s.customer_number ORDER BY s.month_start) AS row_before,
    lag(s.held_count) OVER (PARTITION BY s.customer_number ORDER BY s.month_start) AS held_before,
    lag(s.lent) OVER (PARTITION BY s.customer_number ORDER BY s.month_start) AS lent_before,
    lag(s.balance) OVER (PARTITION BY s.customer_number ORDER BY s.month_start) AS balance_before
  FROM {name}_sums AS s
  INNER JOIN months AS m ON m.month_start = s.month_start
),
{name}_known AS (
  SELECT
    customer_number, month_start, organisation_code, last_on,
    CAST(inflow AS DECIMAL(18,2)) AS inflow,
    CAST(greatest(0, outflow - lent - CASE WHEN row_before = month_before THEN lent_before ELSE 0 END) AS DECIMAL(18,2)) AS outflow,
    CAST(balance AS DECIMAL(18,2)) AS balance,
    CAST(CASE WHEN row_before = month_before AND held_before = 1 THEN balance_before END AS DECIMAL(18,2)) AS balance_before
  FROM {name}_beside
  WHERE held_count = 1
),
{name}_points AS (
  SELECT
    k.customer_number, k.month_start, k.last_on, k.organisation_code, i.item,
    CASE i.item WHEN 'inflow' THEN k.inflow WHEN 'outflow' THEN k.outflow ELSE k.balance END AS amount,
    CASE i.item WHEN 'inflow' THEN k.inflow WHEN 'outflow' THEN k.outflow ELSE k.balance - k.balance_before END AS moved
  FROM {name}_known AS k
  CROSS JOIN (SELECT 'inflow' AS item UNION ALL SELECT 'outflow' AS item UNION ALL SELECT 'balance' AS item) AS i
)"""


UNUSUAL_CUSTOMER = Rule(
    code="unusual_customer",
    name_zh="客户异于自身历史",
    name_en="Customers unlike their own past",
    meaning_zh="客户当月流入、流出或存款余额超出其自身惯常范围（近 24 个月的中位数，加减离散程度的阈值倍数），且超过其历史最高（低）与去年同期的一倍半，超出金额达到阈值；代发、贷款收放、本人账户互转不计。自身历史不足规定月数的客户不判断；一户一月一件，每个归属机构每月只列超出最多的若干户。超出达阈值五倍为高，两倍为中。",
    meaning_en="Money in, money out or deposits of a month leave the customer's own usual range (median of up to 24 months, more or less the threshold's multiple of the spread), and all of his past and one and a half of last year's season, by at least the threshold's amount; payroll, loans and transfers between own accounts do not count. Whoever has a shorter history of his own than asked is not judged; one case a customer and month, for each home outlet those furthest beyond. Five times the amount is high, twice is medium.",
    subject=SubjectKind.CUSTOMER,
    thresholds=("window_days", "unusual_months", "unusual_multiple", "unusual_amount", "unusual_budget"),
    facts=(
        Fact("before_word", "项目", "What"),
        Fact("after_word", "方向", "Direction"),
        Fact("after_amount", "当月金额", "This month"),
        Fact("before_amount", "自身惯常（中位数）", "Usual for him (median)"),
        Fact("limit_amount", "惯常范围的边界", "Edge of his usual range"),
        Fact("measured_rate", "偏离程度（自身离散程度为 100%）", "Distance (his own spread is 100 %)"),
        Fact("item_count", "比较的历史月数", "Months compared with"),
    ),
    reads=("customer_flow_month", "customer_month", "customer", "calendar_day", "alert_threshold"),
    query=f"""
WITH months AS (
  SELECT
    month_start, max(business_date) AS last_on,
    lag(month_start) OVER (ORDER BY month_start) AS month_before
  FROM calendar_day
  WHERE business_date <= $reporting_date
  GROUP BY month_start
),
recent AS (
  SELECT m.month_start, m.month_before
  FROM months AS m
  CROSS JOIN (SELECT max(threshold_value) AS days FROM alert_threshold WHERE threshold_code = 'window_days') AS w
  WHERE date_diff('day', m.last_on, $reporting_date) < w.days
),
looked_at AS (
  SELECT month_start FROM recent
  UNION
  SELECT month_before AS month_start FROM recent WHERE month_before IS NOT NULL
),
{_known("recent", "r.month_start IN (SELECT l.month_start FROM looked_at AS l)")},
asked AS (
  SELECT
    p.customer_number, p.month_start, p.organisation_code, p.item, p.amount, p.moved,
    {yuan("a")} AS least_amount, n.threshold_value AS least_months, k.threshold_value AS multiple, g.threshold_value AS budget
  FROM recent_points AS p
  {limit("w", "window_days", "p.organisation_code", "$reporting_date")}
  {limit("a", "unusual_amount", "p.organisation_code", "p.last_on")}
  {limit("n", "unusual_months", "p.organisation_code", "p.last_on")}
  {limit("k", "unusual_multiple", "p.organisation_code", "p.last_on")}
  {limit("g", "unusual_budget", "p.organisation_code", "p.last_on")}
  WHERE {within_window("p.last_on")} AND abs(p.moved) >= {yuan("a")}
),
{_known("own", "coalesce(c.person_customer_number, r.customer_number) IN (SELECT a.customer_number FROM asked AS a)")},
past AS (
  SELECT
    a.customer_number, a.month_start, a.organisation_code, a.item, a.amount, a.moved, a.least_amount, a.multiple, a.budget,
    count(*) AS month_count, percentile_disc(0.5) WITHIN GROUP (ORDER BY b.amount) AS usual, max(b.amount) AS highest, min(b.amount) AS lowest,
    max(CASE WHEN date_diff('day', b.month_start, a.month_start) BETWEEN {SEASON_FROM} AND {SEASON_TO} THEN b.amount END) AS season_high,
    min(CASE WHEN date_diff('day', b.month_start, a.month_start) BETWEEN {SEASON_FROM} AND {SEASON_TO} THEN b.amount END) AS season_low
  FROM asked AS a
  INNER JOIN own_points AS b
    ON b.customer_number = a.customer_number AND b.item = a.item AND b.month_start < a.month_start
    AND date_diff('day', b.month_start, a.month_start) <= {DAYS_BACK}
  GROUP BY
    a.customer_number, a.month_start, a.organisation_code, a.item, a.amount, a.moved, a.least_amount, a.least_months, a.multiple, a.budget
  HAVING count(*) >= a.least_months
),
distances AS (
  SELECT a.customer_number, a.month_start, a.item, percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(b.amount - a.usual)) AS distance
  FROM past AS a
  INNER JOIN own_points AS b
    ON b.customer_number = a.customer_number AND b.item = a.item AND b.month_start < a.month_start
    AND date_diff('day', b.month_start, a.month_start) <= {DAYS_BACK}
  GROUP BY a.customer_number, a.month_start, a.item
),
spread AS (
  SELECT
    p.customer_number, p.month_start, p.organisation_code, p.item, p.amount, p.moved, p.least_amount, p.multiple, p.budget, p.month_count,
    p.usual, p.highest, p.lowest, p.season_high, p.season_low,
    CAST(greatest(
      CAST(d.distance * CAST('{_SPREAD_PARTS}' AS DECIMAL(6,4)) AS DECIMAL(18,2)),
      CAST(abs(p.usual) * CAST('0.1' AS DECIMAL(2,1)) AS DECIMAL(18,2))
    ) AS DECIMAL(18,2)) AS spread
  FROM past AS p
  INNER JOIN distances AS d ON d.customer_number = p.customer_number AND d.month_start = p.month_start AND d.item = p.item
),
edges AS (
  SELECT
    customer_number, month_start, organisation_code, item, amount, moved, least_amount, budget, month_count, usual, spread,
    greatest(
      CAST(usual + CAST(spread * multiple AS DECIMAL(18,2)) AS DECIMAL(18,2)), highest,
      CAST(coalesce(season_high, 0) * CAST('1.5' AS DECIMAL(2,1)) AS DECIMAL(18,2))
    ) AS upper_edge,
    least(
      CAST(usual - CAST(spread * multiple AS DECIMAL(18,2)) AS DECIMAL(18,2)), lowest,
      CAST(coalesce(season_low, lowest) * CAST('0.6667' AS DECIMAL(5,4)) AS DECIMAL(18,2))
    ) AS lower_edge
  FROM spread
),
beyond AS (
  SELECT
    customer_number, month_start, organisation_code, item, amount, least_amount, budget, month_count, usual, spread,
    CASE WHEN moved > 0 THEN upper_edge ELSE lower_edge END AS edge,
    CAST(CASE WHEN moved > 0 THEN amount - upper_edge ELSE lower_edge - amount END AS DECIMAL(18,2)) AS excess,
    CASE WHEN moved > 0 THEN 'rise' ELSE 'fall' END AS direction
  FROM edges
),
cases AS (
  SELECT
    customer_number, month_start, organisation_code, item, amount, least_amount, budget, month_count, usual, spread, edge, excess, direction
  FROM beyond
  WHERE excess >= least_amount
  QUALIFY row_number() OVER (PARTITION BY customer_number, month_start ORDER BY excess DESC, item) = 1
),
ranked AS (
  SELECT
    customer_number, month_start, organisation_code, item, amount, least_amount, budget, month_count, usual, spread, edge, excess, direction,
    row_number() OVER (PARTITION BY organisation_code, month_start ORDER BY excess DESC, customer_number) AS place
  FROM cases
)
SELECT
  r.customer_number AS subject_key,
  r.month_start AS period_on,
  CASE WHEN r.excess >= r.least_amount * 5 THEN 'high' WHEN r.excess >= r.least_amount * 2 THEN 'medium' ELSE 'low' END AS severity_code,
  r.organisation_code,
  r.customer_number,
  r.excess AS at_stake_amount,
  r.usual AS before_amount,
  r.amount AS after_amount,
  r.edge AS limit_amount,
  {div_half_up("abs(r.amount - r.usual)", "r.spread", 4, denominator_scale=2)} AS measured_rate,
  r.month_count AS item_count,
  r.item AS before_word,
  r.direction AS after_word
FROM ranked AS r
WHERE r.place <= r.budget
""",
)
