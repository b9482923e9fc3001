"""Black list: customers on the bank's black list, or firms with warning signals, who bank with us all the same."""

from maisui.alerts.rule import Fact, Rule, SubjectKind

BLACK_LIST = Rule(
    code="black_list",
    name_zh="黑名单与预警客户",
    name_en="Black list and warnings",
    meaning_zh="客户资料标明在黑名单上、或对公客户报有风险预警信号，且报告日仍有存款或贷款；黑名单且有贷款为高，其他为中。一月一件。",
    meaning_en="Customers whose record puts them on the black list, or firms reported with warning signals, who hold deposits or loans now; black-listed with loans is high, otherwise medium. Once a month.",
    subject=SubjectKind.CUSTOMER,
    thresholds=(),
    facts=(
        Fact("before_word", "名单", "List"),
        Fact("due_on", "上黑名单日期", "Black-listed on"),
        Fact("before_amount", "存款", "Deposits"),
        Fact("after_amount", "贷款", "Loans"),
    ),
    reads=("customer", "customer_month", "calendar_day"),
    query="""
SELECT
  c.customer_number AS subject_key,
  d.month_start AS period_on,
  CASE WHEN coalesce(c.is_blacklisted, false) AND m.loan_balance > 0 THEN 'high' ELSE 'medium' END AS severity_code,
  c.home_organisation_code AS organisation_code,
  c.customer_number,
  CAST(m.deposit_balance + m.loan_balance AS DECIMAL(18,2)) AS at_stake_amount,
  CASE WHEN coalesce(c.is_blacklisted, false) THEN 'black_list' ELSE 'warning' END AS before_word,
  c.blacklisted_on AS due_on,
  CAST(m.deposit_balance AS DECIMAL(18,2)) AS before_amount,
  CAST(m.loan_balance AS DECIMAL(18,2)) AS after_amount
FROM customer AS c
INNER JOIN calendar_day AS d ON d.business_date = $reporting_date
INNER JOIN customer_month AS m ON m.customer_number = c.customer_number AND m.month_start = d.month_start
WHERE (coalesce(c.is_blacklisted, false) OR coalesce(c.warning_signal, '') <> '') AND (m.deposit_balance > 0 OR m.loan_balance > 0)
""",
)
