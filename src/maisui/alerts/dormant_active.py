"""Dormant accounts that move again: a large movement after a long silence of the owner."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window, yuan

DORMANT_ACTIVE = Rule(
    code="dormant_active",
    name_zh="沉睡账户转活跃",
    name_en="Dormant account turned active",
    meaning_zh="存款账户在观察期内发生达到阈值的客户交易，而此前客户超过规定天数没有任何动户（结息、批量不算）；达阈值五倍为高，否则为中。",
    meaning_en="A deposit account moved by its customer, by at least the threshold, after he had not moved it for more than the stated days (interest and batches do not count); five times the threshold is high, otherwise medium.",
    subject=SubjectKind.ACCOUNT,
    thresholds=("window_days", "dormant_days", "dormant_movement"),
    facts=(
        Fact("due_on", "上次动户日", "Last moved before"),
        Fact("day_count", "沉睡天数", "Days of silence"),
        Fact("item_count", "当日笔数", "Movements of the day"),
        Fact("limit_amount", "金额阈值", "Threshold"),
    ),
    reads=("account_transaction", "reversal", "account", "account_snapshot", "alert_threshold"),
    query=f"""
WITH covered AS (
  SELECT coalesce(min(posted_on), DATE '9999-12-31') AS first_on FROM account_transaction WHERE account_kind = 'deposit'
),
told AS (
  SELECT s.account_number, s.currency, max(s.last_active_on) AS told_on
  FROM account_snapshot AS s
  INNER JOIN covered AS c ON s.last_active_on < c.first_on
  WHERE s.account_kind = 'deposit' AND s.last_active_on <= s.reported_on AND s.reported_on <= $reporting_date
  GROUP BY s.account_number, s.currency
),
least AS (
  SELECT
    max(CASE WHEN threshold_code = 'window_days' THEN threshold_value END) AS window_days,
    CAST(min(CASE WHEN threshold_code = 'dormant_movement' THEN threshold_value END) * 10000 AS DECIMAL(18,2)) AS movement
  FROM alert_threshold
),
possible AS (
  SELECT DISTINCT t.account_number, t.currency
  FROM account_transaction AS t
  CROSS JOIN least AS l
  WHERE t.account_kind = 'deposit' AND t.amount >= l.movement AND t.posted_on <= $reporting_date
    AND date_diff('day', t.posted_on, $reporting_date) < l.window_days
),
moved AS (
  SELECT
    t.account_number, t.currency, t.posted_on, max(t.amount) AS largest_amount, count(*) AS item_count
  FROM account_transaction AS t
  INNER JOIN possible AS p ON p.account_number = t.account_number AND p.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.account_kind = 'deposit' AND t.currency = 'CNY' AND NOT t.is_bank_initiated AND coalesce(r.counts_as, 1) > 0
    AND t.posted_on <= $reporting_date
  GROUP BY t.account_number, t.currency, t.posted_on
),
silences AS (
  SELECT
    account_number, currency, posted_on, largest_amount, item_count,
    lag(posted_on) OVER (PARTITION BY account_number, currency ORDER BY posted_on) AS moved_before_on
  FROM moved
),
woken AS (
  SELECT
    s.account_number, s.posted_on, s.largest_amount, s.item_count, a.customer_number, a.organisation_code,
    coalesce(s.moved_before_on, o.told_on, a.opened_on) AS last_on
  FROM silences AS s
  INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency AND a.product_group = 'demand_deposit'
  LEFT JOIN told AS o ON o.account_number = s.account_number AND o.currency = s.currency
)
SELECT
  v.account_number AS subject_key,
  v.posted_on AS period_on,
  CASE WHEN v.largest_amount >= {yuan("m")} * 5 THEN 'high' ELSE 'medium' END AS severity_code,
  v.organisation_code,
  v.customer_number,
  v.largest_amount AS at_stake_amount,
  v.last_on AS due_on,
  date_diff('day', v.last_on, v.posted_on) AS day_count,
  v.item_count,
  {yuan("m")} AS limit_amount
FROM woken AS v
{limit("w", "window_days", "v.organisation_code", "$reporting_date")}
{limit("d", "dormant_days", "v.organisation_code", "v.posted_on")}
{limit("m", "dormant_movement", "v.organisation_code", "v.posted_on")}
WHERE {within_window("v.posted_on")} AND v.largest_amount >= {yuan("m")} AND date_diff('day', v.last_on, v.posted_on) > d.threshold_value
""",
)
