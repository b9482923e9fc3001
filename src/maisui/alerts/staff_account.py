"""Staff accounts: employees' own accounts with unusually large or frequent flows in a month."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan

STAFF_ACCOUNT = Rule(
    code="staff_account",
    name_zh="员工账户异常流水",
    name_en="Staff accounts",
    meaning_zh="本行员工（客户资料标明）存款账户当月流入与流出合计达到阈值，或笔数达到阈值；金额达阈值五倍为高，否则为中。工资等批量不计，一人一月一件，只给全行授权人看。",
    meaning_en="An employee, as the customer's record says, whose deposit accounts turned over at least the threshold in the month, or so many times; five times the amount is high, otherwise medium. Payroll and batches do not count; one case a person and month, shown only to who may see customers of the whole bank.",
    subject=SubjectKind.STAFF,
    thresholds=("staff_turnover", "staff_count"),
    facts=(
        Fact("before_amount", "当月流入", "Came in"),
        Fact("after_amount", "当月流出", "Went out"),
        Fact("item_count", "笔数", "Movements"),
        Fact("limit_amount", "金额阈值", "Threshold"),
    ),
    reads=("customer", "account", "account_transaction", "reversal", "calendar_day", "alert_threshold"),
    query=f"""
WITH month_days AS (
  SELECT month_start FROM calendar_day WHERE business_date = $reporting_date
),
flows AS (
  SELECT
    a.customer_number, d.month_start, count(*) AS item_count,
    CAST(sum(CASE WHEN t.balance_change > 0 THEN t.balance_change ELSE 0 END) AS DECIMAL(18,2)) AS came_amount,
    CAST(sum(CASE WHEN t.balance_change < 0 THEN -t.balance_change ELSE 0 END) AS DECIMAL(18,2)) AS went_amount
  FROM account_transaction AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  INNER JOIN customer AS c ON c.customer_number = a.customer_number AND c.is_employee
  INNER JOIN month_days AS d ON t.posted_on >= d.month_start
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.account_kind = 'deposit' AND t.currency = 'CNY' AND NOT t.is_bank_initiated AND coalesce(r.counts_as, 1) > 0
    AND coalesce(t.initiator_code, 'customer') = 'customer' AND t.posted_on <= $reporting_date
  GROUP BY a.customer_number, d.month_start
)
SELECT
  f.customer_number AS subject_key,
  f.month_start AS period_on,
  CASE WHEN f.came_amount + f.went_amount >= {yuan("m")} * 5 THEN 'high' ELSE 'medium' END AS severity_code,
  c.home_organisation_code AS organisation_code,
  f.customer_number,
  CAST(f.came_amount + f.went_amount AS DECIMAL(18,2)) AS at_stake_amount,
  f.came_amount AS before_amount,
  f.went_amount AS after_amount,
  f.item_count,
  {yuan("m")} AS limit_amount
FROM flows AS f
INNER JOIN customer AS c ON c.customer_number = f.customer_number
{limit("m", "staff_turnover", "c.home_organisation_code", "$reporting_date")}
{limit("n", "staff_count", "c.home_organisation_code", "$reporting_date")}
WHERE f.came_amount + f.went_amount >= {yuan("m")} OR f.item_count >= n.threshold_value
""",
)
