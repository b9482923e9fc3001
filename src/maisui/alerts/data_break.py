"""Data breaks: sub-ledgers that do not tie, balances that jump, ledgers that contradict themselves, keys without an owner."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, within_window

DATA_BREAK = Rule(
    code="data_break",
    name_zh="数据与勾稽不符",
    name_en="Data and tie-out breaks",
    meaning_zh="观察期内总分不符、总账自身不符、滚动余额与报送余额不符，或交付数据里有找不到主表的键；金额不符为高，键无主表为中。按检查、机构、日期合为一件。",
    meaning_en="Within the window a sub-ledger did not tie with the ledger, the ledger contradicted itself, a rolled balance did not meet the reported one, or delivered rows name keys that nobody delivered; differences of money are high, keys medium. One case a check, organisation and day.",
    subject=SubjectKind.DATA,
    thresholds=("window_days",),
    facts=(
        Fact("before_word", "检查", "Check"),
        Fact("item_count", "不符处数", "Places"),
    ),
    reads=("ledger_tie", "ledger_break", "balance_break", "account", "orphan_key", "alert_threshold"),
    query=f"""
WITH places AS (
  SELECT 'ledger_tie' AS before_word, organisation_code, business_date, abs(difference_amount) AS difference_amount
  FROM ledger_tie
  WHERE difference_amount <> 0
  UNION ALL
  SELECT 'ledger_break' AS before_word, organisation_code, business_date, abs(difference_amount) AS difference_amount
  FROM ledger_break
  UNION ALL
  SELECT
    'balance_break' AS before_word, a.organisation_code, b.reported_on AS business_date,
    CAST(abs(b.difference_amount) AS DECIMAL(38,2)) AS difference_amount
  FROM balance_break AS b
  INNER JOIN account AS a ON a.account_number = b.account_number AND a.currency = b.currency
  UNION ALL
  SELECT
    'orphan_key' AS before_word, organisation_code, last_seen_on AS business_date, CAST(NULL AS DECIMAL(38,2)) AS difference_amount
  FROM orphan_key
),
days AS (
  SELECT
    before_word, organisation_code, business_date, count(*) AS item_count,
    CAST(sum(difference_amount) AS DECIMAL(18,2)) AS difference_amount
  FROM places
  GROUP BY before_word, organisation_code, business_date
)
SELECT
  concat(d.before_word, '@', d.organisation_code) AS subject_key,
  d.business_date AS period_on,
  CASE WHEN d.before_word = 'orphan_key' THEN 'medium' ELSE 'high' END AS severity_code,
  d.organisation_code,
  d.difference_amount AS at_stake_amount,
  d.before_word,
  d.item_count
FROM days AS d
{limit("w", "window_days", "d.organisation_code", "$reporting_date")}
WHERE {within_window("d.business_date")}
""",
)
