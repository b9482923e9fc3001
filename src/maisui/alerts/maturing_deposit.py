"""Maturing deposits: term deposits that fall due in the next weeks."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan

MATURING_DEPOSIT = Rule(
    code="maturing_deposit",
    name_zh="定期存款到期",
    name_en="Maturing deposits",
    meaning_zh="余额达到阈值的定期存款将在九十天内到期（天数可调）；七天内为高，三十天内为中。约定自动转存的降一级。",
    meaning_en="Term deposits of at least the threshold that fall due within ninety days, which parameters change; within seven days is high, within thirty medium. One that renews by itself is a grade lower.",
    subject=SubjectKind.ACCOUNT,
    thresholds=("near_days", "soon_days", "ahead_days", "maturing_deposit"),
    facts=(
        Fact("due_on", "到期日", "Falls due"),
        Fact("day_count", "距到期天数", "Days left"),
        Fact("after_word", "到期约定", "Agreed for then"),
    ),
    reads=("deposit_term_snapshot", "account", "account_balance", "alert_threshold"),
    query=f"""
WITH terms AS (
  SELECT account_number, currency, matures_on, coalesce(is_auto_renewal, false) AS is_auto_renewal
  FROM deposit_term_snapshot
  WHERE reported_on <= $reporting_date
  QUALIFY row_number() OVER (
    PARTITION BY account_number, currency ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
  ) = 1
),
due AS (
  SELECT
    t.account_number, t.matures_on, t.is_auto_renewal, a.customer_number, a.organisation_code, b.balance,
    date_diff('day', $reporting_date, t.matures_on) AS day_count, n.threshold_value AS near_days, s.threshold_value AS soon_days
  FROM terms AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b ON b.account_number = t.account_number AND b.currency = t.currency AND b.valid_until IS NULL
  {limit("n", "near_days", "a.organisation_code", "$reporting_date")}
  {limit("s", "soon_days", "a.organisation_code", "$reporting_date")}
  {limit("h", "ahead_days", "a.organisation_code", "$reporting_date")}
  {limit("m", "maturing_deposit", "a.organisation_code", "$reporting_date")}
  WHERE t.currency = 'CNY' AND b.balance >= {yuan("m")} AND (a.closed_on IS NULL OR a.closed_on > $reporting_date)
    AND t.matures_on > $reporting_date AND date_diff('day', $reporting_date, t.matures_on) <= h.threshold_value
)
SELECT
  account_number AS subject_key,
  matures_on AS period_on,
  CASE
    WHEN day_count <= near_days THEN CASE WHEN is_auto_renewal THEN 'medium' ELSE 'high' END
    WHEN day_count <= soon_days AND NOT is_auto_renewal THEN 'medium'
    ELSE 'low'
  END AS severity_code,
  organisation_code,
  customer_number,
  balance AS at_stake_amount,
  matures_on AS due_on,
  day_count,
  CASE WHEN is_auto_renewal THEN 'renews' ELSE 'ends' END AS after_word
FROM due
""",
)
