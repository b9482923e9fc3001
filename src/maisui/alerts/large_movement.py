"""Large movements: a deposit account from which, or to which, its owner moved much in one go."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window, yuan

LARGE_MOVEMENT = Rule(
    code="large_movement",
    name_zh="大额变动",
    name_en="Large movements",
    meaning_zh="人民币存款账户当日有单笔达到阈值的客户交易（不含银行发起与被冲补抹的）；一户一日一件。达阈值五倍为高，两倍为中。",
    meaning_en="A CNY deposit account with a movement of its customer that reached the threshold (not the bank's own, not reversed); one case an account and day. Five times the threshold is high, twice is medium.",
    subject=SubjectKind.ACCOUNT,
    thresholds=("window_days", "large_personal_movement", "large_corporate_movement"),
    facts=(
        Fact("item_count", "达到阈值的笔数", "Movements that reached it"),
        Fact("before_amount", "前一日余额", "Balance the day before"),
        Fact("after_amount", "当日余额", "Balance at the day's end"),
        Fact("limit_amount", "阈值", "Threshold"),
        Fact("after_word", "方向", "Direction"),
    ),
    reads=("account_transaction", "reversal", "account", "account_balance", "alert_threshold"),
    query=f"""
WITH moved AS (
  SELECT
    t.account_number, t.currency, t.posted_on, t.amount, t.balance_change, a.customer_number, a.organisation_code,
    CASE WHEN a.customer_kind = 'corporate' THEN {yuan("c")} ELSE {yuan("p")} END AS limit_amount
  FROM account_transaction AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  {limit("w", "window_days", "a.organisation_code", "$reporting_date")}
  {limit("p", "large_personal_movement", "a.organisation_code", "t.posted_on")}
  {limit("c", "large_corporate_movement", "a.organisation_code", "t.posted_on")}
  WHERE t.account_kind = 'deposit' AND t.currency = 'CNY' AND NOT t.is_bank_initiated AND coalesce(r.counts_as, 1) > 0
    AND {within_window("t.posted_on")}
),
days AS (
  SELECT
    account_number, currency, posted_on, customer_number, organisation_code, limit_amount, max(amount) AS largest_amount,
    count(*) AS item_count, max(CASE WHEN balance_change > 0 THEN 1 ELSE 0 END) AS came, max(CASE WHEN balance_change < 0 THEN 1 ELSE 0 END) AS went
  FROM moved
  WHERE amount >= limit_amount
  GROUP BY account_number, currency, posted_on, customer_number, organisation_code, limit_amount
)
SELECT
  d.account_number AS subject_key,
  d.posted_on AS period_on,
  CASE
    WHEN d.largest_amount >= d.limit_amount * 5 THEN 'high' WHEN d.largest_amount >= d.limit_amount * 2 THEN 'medium' ELSE 'low'
  END AS severity_code,
  d.organisation_code,
  d.customer_number,
  d.largest_amount AS at_stake_amount,
  d.item_count,
  b.balance AS before_amount,
  e.balance AS after_amount,
  d.limit_amount,
  CASE WHEN d.came = 1 AND d.went = 1 THEN 'both' WHEN d.came = 1 THEN 'in' ELSE 'out' END AS after_word
FROM days AS d
LEFT JOIN account_balance AS b
  ON b.account_number = d.account_number AND b.currency = d.currency
  AND b.valid_from < d.posted_on AND (b.valid_until IS NULL OR d.posted_on <= b.valid_until)
LEFT JOIN account_balance AS e
  ON e.account_number = d.account_number AND e.currency = d.currency
  AND e.valid_from <= d.posted_on AND (e.valid_until IS NULL OR d.posted_on < e.valid_until)
""",
)
