"""Credit early warning: which borrower who pays today will not have paid within twelve months.

Judged are borrowers who perform on the day: no bad loan and no arrears beyond `credit_warning.performing_overdue_days`. It happened
when at one of the twelve month ends after it arrears are beyond `credit_warning.default_overdue_days` or a loan is classed substandard
or worse. Everything is read as it stood on the day: what is delivered later, also of guarantees and merges, reaches no feature.
"""

from maisui.models.credit_rules import LIMITS, RULES
from maisui.models.model import MOVES, Feature, Method, Model, Shape
from maisui.models.refusal import WORDS


def _double(amount: str) -> str:
    return f"CAST({amount} AS DOUBLE)"


def _ratio(above: str, below: str) -> str:
    return f"{_double(above)} / nullif({_double(below)}, 0)"


def _holds(name: str) -> str:
    return f"{name}.valid_from <= {{day}} AND ({name}.valid_until IS NULL OR {name}.valid_until > {{day}})"


_ARREARS = (
    "拖欠是违约的前一步，取观察日当日已知的数据，与结果期不重叠",
    "arrears come before default and are known on the day itself; the outcome is seen after it",
)
_NEIGHBOURS = ("担保对方或集团成员的现状，观察日当日已知", "what is known of guarantee partners and group members on the day itself")

_FEATURES = (
    Feature("overdue_days", _double("n.overdue_day_count"), "当前最长拖欠", "Longest arrears now", Shape.DAYS, sign=1, why_strong=_ARREARS),
    Feature("arrears_to_loan", _ratio("coalesce(t.arrears_amount, 0)", "n.loan_balance"), "欠本欠息为贷款的", "Arrears against loans", Shape.SHARE, sign=1, why_strong=_ARREARS),
    Feature("worst_overdue_days", _double("y.worst_overdue_days"), "近一年最长拖欠", "Longest arrears within a year", Shape.DAYS, sign=1, why_strong=_ARREARS),
    Feature("arrears_months", _double("y.arrears_months"), "近一年月末有拖欠的月数", "Month ends in arrears within a year", Shape.COUNT, sign=1, why_strong=_ARREARS),
    Feature("special_mention", "CASE WHEN t.is_special_mention THEN 1.0 ELSE 0.0 END", "有关注类贷款", "Has a loan classed special mention", Shape.FLAG, sign=1, why_strong=_ARREARS),
    Feature("inflow_to_earlier", _ratio("n.inflow_amount", "b.inflow_amount"), "近三个月流入为再前三个月的", "Inflow of three months against the three before", Shape.SHARE, sign=-1),
    Feature("inflow_to_loan", _ratio("n.inflow_amount", "n.loan_balance"), "近三个月流入为贷款的", "Inflow of three months against loans", Shape.SHARE, sign=-1),
    Feature("transactions", _double("n.transaction_count"), "近三个月主动交易", "Own transactions in three months", Shape.COUNT, sign=-1),
    Feature("idle_days", _double("n.idle_day_count"), "距最近一次主动交易", "Since the last own transaction", Shape.DAYS, sign=1),
    Feature("cushion", _ratio("n.recent_asset_balance", "n.loan_balance"), "近三个月金融资产为贷款的", "Assets of three months against loans", Shape.SHARE, sign=-1),
    Feature("assets_to_before", _ratio("n.recent_asset_balance", "n.earlier_asset_balance"), "近三个月资产为再前三个月的", "Assets of three months against the three before", Shape.SHARE, sign=-1),
    Feature("month_end_dressing", _ratio("d.month_end_amount", "d.average_amount"), "月末存款为当月日均的", "Deposits at the month's end against the month's average", Shape.SHARE, sign=1),
    Feature("has_payroll", "CASE WHEN n.payroll_amount > 0 THEN 1.0 ELSE 0.0 END", "近三个月有代发入账", "Is paid wages here", Shape.FLAG, sign=-1),
    Feature("utilisation", _ratio("t.drawn_amount", "t.contract_amount"), "贷款余额为合同金额的", "Loans against the contracts' amounts", Shape.SHARE, sign=1),
    Feature("loans", _double("t.loans"), "未结清借据", "Loans outstanding", Shape.COUNT, sign=1),
    Feature("months_to_due", "CAST(date_diff('day', {day}, t.next_due_on) AS DOUBLE) / 30.4", "距最近到期", "Until the next loan falls due", Shape.MONTHS, sign=-1),
    Feature("unsecured_share", _ratio("t.unsecured_amount", "t.drawn_amount"), "无抵质押贷款占", "Share of loans without collateral", Shape.SHARE, sign=1),
    Feature("tenure", _double("n.held_month_count"), "开户时长", "Months since the first account", Shape.MONTHS, sign=-1),
    Feature("product_groups", _double("n.product_group_count"), "持有产品组", "Product groups held", Shape.COUNT, sign=-1),
    Feature("guaranteed_to_loan", _ratio("coalesce(g.given_amount, 0)", "n.loan_balance"), "为他人担保为自身贷款的", "Guarantees given against own loans", Shape.SHARE, sign=1),
    Feature("is_mutual", "CASE WHEN u.customer_number IS NOT NULL THEN 1.0 ELSE 0.0 END", "与他人互保", "Guarantees each other with somebody", Shape.FLAG, sign=1),
    Feature("troubled_neighbours", _double("coalesce(x.troubled, 0)"), "已逾期或不良的担保对方", "Guarantee partners overdue or bad", Shape.COUNT, sign=1, why_strong=_NEIGHBOURS),
    Feature("troubled_group", _double("coalesce(z.troubled, 0)"), "已逾期或不良的集团成员", "Group members overdue or bad", Shape.COUNT, sign=1, why_strong=_NEIGHBOURS),
)  # fmt: skip

_LIMITS = f"""
limits AS (
  SELECT {", ".join(f"max(CASE WHEN parameter_code = 'credit_warning.{code}' THEN number_value END) AS {code}" for code in LIMITS)}
  FROM parameter
  WHERE valid_from <= {{day}} AND (valid_until IS NULL OR valid_until > {{day}})
)"""
_SEEN = "CAST(year(f.business_date) * 12 + month(f.business_date) AS BIGINT)"
_LAST = "reported_on <= {day} AND reported_on > CAST({day} - INTERVAL 31 DAY AS DATE)"

CREDIT = Model(
    code="credit",
    name_zh="信贷风险预警",
    name_en="Credit early warning",
    question_zh="当前正常的借款人十二个月内违约的概率：拖欠超过规定天数，或有贷款降为次级及以下",
    question_en="Probability that a borrower who performs today fails within twelve months: arrears beyond the set days, or a loan classed substandard or worse",
    owner_zh="风险管理部",
    owner_en="Risk management",
    tier="high",
    horizon=12,
    history=12,
    features=_FEATURES,
    population=f"""
WITH {_LIMITS},
known AS (
  SELECT f.*, {_SEEN} AS month_number
  FROM customer_fact_month AS f
  WHERE f.business_date <= {{day}} AND {_SEEN} > {{month}} - 12
),
{MOVES},
years AS (
  SELECT
    customer_number, max(overdue_day_count) AS worst_overdue_days, sum(CASE WHEN overdue_day_count > 0 THEN 1 ELSE 0 END) AS arrears_months
  FROM known
  GROUP BY customer_number
),
persons AS (SELECT customer_number, surviving_number FROM customer_merge WHERE {_holds("customer_merge")}),
contracts AS (
  SELECT contract_number, contract_amount, guarantee_type
  FROM loan_contract_snapshot
  WHERE {_LAST}
  QUALIFY row_number() OVER (PARTITION BY contract_number ORDER BY reported_on DESC) = 1
),
receipts AS (
  SELECT s.*
  FROM loan_snapshot AS s
  WHERE {_LAST}
  QUALIFY row_number() OVER (PARTITION BY s.loan_number ORDER BY s.reported_on DESC) = 1
),
drawn AS (
  SELECT
    coalesce(p.surviving_number, s.customer_number) AS customer_number, coalesce(s.contract_number, s.loan_number) AS contract_number,
    count(*) AS loans, sum(s.balance) AS drawn_amount,
    sum(coalesce(s.principal_overdue_amount, 0) + coalesce(s.interest_overdue_amount, 0)) AS arrears_amount,
    bool_or(s.loan_class = 'special_mention') AS is_special_mention, min(s.matures_on) AS next_due_on,
    sum(CASE WHEN date_diff('day', {{day}}, s.matures_on) <= l.due_days THEN s.balance ELSE 0 END) AS due_amount
  FROM receipts AS s
  CROSS JOIN limits AS l
  LEFT JOIN persons AS p ON p.customer_number = s.customer_number
  WHERE s.balance > 0 AND s.loan_status NOT IN ('settled', 'written_off', 'transferred')
  GROUP BY coalesce(p.surviving_number, s.customer_number), coalesce(s.contract_number, s.loan_number)
),
lent AS (
  SELECT
    d.customer_number, sum(d.loans) AS loans, sum(d.drawn_amount) AS drawn_amount, sum(d.arrears_amount) AS arrears_amount,
    bool_or(d.is_special_mention) AS is_special_mention, min(d.next_due_on) AS next_due_on, sum(d.due_amount) AS due_amount,
    sum(greatest(c.contract_amount, d.drawn_amount)) AS contract_amount,
    sum(CASE WHEN c.guarantee_type LIKE '%抵押%' OR c.guarantee_type LIKE '%质押%' THEN 0 ELSE d.drawn_amount END) AS unsecured_amount
  FROM drawn AS d
  LEFT JOIN contracts AS c ON c.contract_number = d.contract_number
  GROUP BY d.customer_number
),
deposits AS (
  SELECT
    coalesce(p.surviving_number, m.customer_number) AS customer_number,
    sum(m.deposit_balance) AS month_end_amount, sum(m.deposit_average_daily_balance) AS average_amount
  FROM customer_month AS m
  LEFT JOIN persons AS p ON p.customer_number = m.customer_number
  WHERE m.month_start = CAST(date_trunc('month', {{day}}) AS DATE)
  GROUP BY coalesce(p.surviving_number, m.customer_number)
),
links AS (
  SELECT
    coalesce(p.surviving_number, k.guarantor_number) AS guarantor, coalesce(q.surviving_number, k.borrower_number) AS borrower,
    sum(coalesce(k.guarantee_amount, 0)) AS amount
  FROM guarantee_link AS k
  LEFT JOIN persons AS p ON p.customer_number = k.guarantor_number
  LEFT JOIN persons AS q ON q.customer_number = k.borrower_number
  WHERE k.guarantor_number IS NOT NULL AND k.borrower_number IS NOT NULL AND NOT k.is_self AND {_holds("k")}
  GROUP BY coalesce(p.surviving_number, k.guarantor_number), coalesce(q.surviving_number, k.borrower_number)
),
troubled AS (
  SELECT f.customer_number
  FROM known AS f
  CROSS JOIN limits AS l
  WHERE f.month_number = {{month}} AND (f.overdue_day_count > l.performing_overdue_days OR f.loan_class_rank >= 3)
),
neighbours AS (
  SELECT t.customer_number, count(*) AS troubled
  FROM (SELECT guarantor AS customer_number, borrower AS other FROM links UNION SELECT borrower, guarantor FROM links) AS t
  INNER JOIN troubled AS x ON x.customer_number = t.other
  GROUP BY t.customer_number
),
given AS (SELECT guarantor AS customer_number, sum(amount) AS given_amount FROM links GROUP BY guarantor),
mutual AS (
  SELECT DISTINCT a.guarantor AS customer_number
  FROM links AS a
  INNER JOIN links AS b ON b.guarantor = a.borrower AND b.borrower = a.guarantor
),
members AS (
  SELECT DISTINCT m.group_number, coalesce(p.surviving_number, m.customer_number) AS customer_number
  FROM customer_group_member AS m
  LEFT JOIN persons AS p ON p.customer_number = m.customer_number
  WHERE {_holds("m")}
),
groups AS (
  SELECT m.customer_number, count(DISTINCT o.customer_number) AS troubled
  FROM members AS m
  INNER JOIN members AS o ON o.group_number = m.group_number AND o.customer_number <> m.customer_number
  INNER JOIN troubled AS x ON x.customer_number = o.customer_number
  GROUP BY m.customer_number
),
judged AS (
  SELECT
    n.customer_number, n.organisation_code, n.customer_kind,
    CAST(n.loan_balance AS DECIMAL(18,2)) AS value_at_risk,
    CASE
      WHEN n.loan_balance <= 0 THEN 'no_loan'
      WHEN n.loan_class_rank >= 3 THEN 'bad_already'
      WHEN n.overdue_day_count > l.performing_overdue_days THEN 'overdue_already'
    END AS why_not,
    concat_ws(',', {", ".join(f"CASE WHEN {line.sql} THEN '{line.code}' END" for line in RULES)}) AS rule_codes,
    {", ".join(f"{one.sql} AS {one.code}" for one in _FEATURES)}
  FROM known AS n
  CROSS JOIN limits AS l
  CROSS JOIN moves AS w
  INNER JOIN years AS y ON y.customer_number = n.customer_number
  LEFT JOIN known AS b ON b.customer_number = n.customer_number AND b.month_number = {{month}} - 3
  LEFT JOIN known AS e ON e.customer_number = n.customer_number AND e.month_number = {{month}} - 6
  LEFT JOIN lent AS t ON t.customer_number = n.customer_number
  LEFT JOIN deposits AS d ON d.customer_number = n.customer_number
  LEFT JOIN given AS g ON g.customer_number = n.customer_number
  LEFT JOIN mutual AS u ON u.customer_number = n.customer_number
  LEFT JOIN neighbours AS x ON x.customer_number = n.customer_number
  LEFT JOIN groups AS z ON z.customer_number = n.customer_number
  WHERE n.business_date = {{day}}
)
SELECT j.*, CASE WHEN j.rule_codes <> '' THEN 1 ELSE 0 END AS is_flagged
FROM judged AS j
ORDER BY j.customer_number""",
    outcome=f"""
WITH {_LIMITS}
SELECT
  n.customer_number,
  max(CASE WHEN f.overdue_day_count > l.default_overdue_days OR f.loan_class_rank >= 3 THEN 1 ELSE 0 END) AS happened
FROM customer_fact_month AS n
CROSS JOIN limits AS l
INNER JOIN customer_fact_month AS f
  ON f.customer_number = n.customer_number AND f.business_date > {{day}} AND f.business_date <= {{seen}}
WHERE n.business_date = {{day}}
GROUP BY n.customer_number
ORDER BY n.customer_number""",
    rule_zh="专家规则：" + "；".join(line.name_zh for line in RULES),
    rule_en="expert rules: " + "; ".join(line.name_en for line in RULES),
    exclusions=(
        ("no_loan", "无贷款余额", "Owes nothing"),
        ("bad_already", "已有不良贷款", "Has a bad loan already"),
        ("overdue_already", "逾期已超出正常范围", "Overdue beyond what performs"),
        WORDS,
    ),
    limits_zh="只用于安排贷后检查，不得据此自动停贷、压降额度或差别定价，须由人工核实后决定；不使用性别、年龄、民族、婚姻等字段；合并的客户号以保留号计。",
    limits_en="For planning checks after lending only: no credit is stopped, cut or priced by it without a person's decision; uses no sex, age, ethnicity or marital status; merged numbers count under the surviving one.",
    personal_information_zh="使用 C2 类信贷、账户与担保信息的汇总值，用途为贷后管理；不作自动化决定（个人信息保护法第 24 条）；拒绝自动化决策的客户不给概率，只按公开的规则由人工查看；人工核实后可更正、可说明理由。",
    personal_information_en="Uses aggregates of C2 data on credit, accounts and guarantees for care of loans; decides nothing by itself (PIPL 24); who refuses automated decisions has no probability, people look at him by the plain rules only; a person who checks may overrule it with a reason.",
    least_months=30,
    method=Method.SCORECARD,
    rules=RULES,
    keeps_refused=True,
    tables=("customer_fact_month", "parameter", "customer_merge", "loan_snapshot", "loan_contract_snapshot", "customer_month",
            "guarantee_link", "customer_group_member"),
    parameters=tuple(f"credit_warning.{code}" for code in LIMITS),
    arrears="overdue_days",
)  # fmt: skip
"""Borrowers who will not pay: a scorecard, with trees as its challenger and rules where neither may speak."""
