"""Churn of persons: who keeps money here today and will have taken it away, fallen silent or closed within three months.

The outcome is that of the label `silently_leaving` and of a closed relation, seen three months later: average assets of the
three months at or below the share of the three before, or no own transaction for the days of a dormant account with only
small change left, or no open account. Thresholds are the dated parameters of the labels.
"""

from maisui.labels.label import share_of
from maisui.models.model import MOVES, Early, Feature, Model, RuleLine, Shape
from maisui.models.refusal import WORDS

_LIMITS = ("label_judged_balance", "label_leaving_share", "label_dormant_days", "label_dormant_balance")


def _double(amount: str) -> str:
    return f"CAST({amount} AS DOUBLE)"


def _ratio(above: str, below: str) -> str:
    return f"{_double(above)} / nullif({_double(below)}, 0)"


_KEPT = "n.recent_asset_balance"
_MOVEMENT = (
    "资金与交易的变动是流失的前一步，取观察日当日已知的数据，与结果期不重叠",
    "money and transactions move before a customer leaves and are known on the day itself; the outcome is seen after it",
)
_HOLDINGS = (
    "持有的规模与种类，取观察日当日已知的数据；资产少、产品单一的客户本就更易流失",
    "how much and what is held, known on the day itself; who keeps little here, in one product, leaves more easily",
)

_FEATURES = (
    Feature("assets", f"ln(1 + greatest({_double(_KEPT)}, 0))", "近三个月金融资产日均", "Average assets of three months", Shape.AMOUNT, why_strong=_HOLDINGS),
    Feature("assets_to_before", _ratio(_KEPT, "n.earlier_asset_balance"), "近三个月资产为再前三个月的", "Assets of three months against the three before", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("month_to_quarter", _ratio("n.asset_average_balance", _KEPT), "当月资产为近三个月平均的", "Assets of the month against three months' mean", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("assets_to_peak", _ratio(_KEPT, "s.peak"), "近三个月资产为近一年最高月的", "Assets against the best month of a year", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("trough_to_peak", _ratio("s.trough", "s.peak"), "近一年最低月资产为最高月的", "Lowest month of a year against the best", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("deposit_share", _ratio("n.deposit_average_balance", "n.asset_average_balance"), "存款占金融资产", "Deposits within assets", Shape.SHARE, why_strong=_HOLDINGS),
    Feature("inflow_to_assets", _ratio("n.inflow_amount", _KEPT), "近三个月流入为资产的", "Inflow of three months against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("outflow_to_assets", _ratio("n.outflow_amount", _KEPT), "近三个月流出为资产的", "Outflow of three months against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("net_outflow_to_assets", _ratio("n.outflow_amount - n.inflow_amount", _KEPT), "近三个月净流出为资产的", "Net outflow of three months against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("own_elsewhere_to_assets", _ratio("n.own_elsewhere_amount", _KEPT), "近三个月净转往本人他行账户为资产的", "Net transfers to own accounts elsewhere against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("payroll_to_assets", _ratio("n.payroll_amount", _KEPT), "近三个月代发入账为资产的", "Payroll of three months against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("transactions", _double("n.transaction_count"), "近三个月主动交易", "Own transactions in three months", Shape.COUNT, why_strong=_MOVEMENT),
    Feature("idle_days", _double("n.idle_day_count"), "距最近一次主动交易", "Since the last own transaction", Shape.DAYS, why_strong=_MOVEMENT),
    Feature("held_months", _double("n.held_month_count"), "开户时长", "Months since the first account", Shape.MONTHS),
    Feature("product_groups", _double("n.product_group_count"), "持有产品组", "Product groups held", Shape.COUNT, why_strong=_HOLDINGS),
    Feature("maturing_to_assets", _ratio("n.maturing_deposit_amount", _KEPT), "30 天内到期且不转存的定期为资产的", "Term deposits due within 30 days against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("has_loan", "CASE WHEN n.loan_balance > 0 THEN 1.0 ELSE 0.0 END", "有贷款", "Borrows here", Shape.FLAG),
    Feature("complaints", _double("n.complaint_count"), "近三个月投诉", "Complaints in three months", Shape.COUNT),
    Feature("earlier_inflow_to_assets", _ratio("b.inflow_amount", _KEPT), "再前三个月流入为资产的", "Inflow of the three months before against assets", Shape.SHARE, why_strong=_MOVEMENT),
    Feature("earlier_transactions", _double("b.transaction_count"), "再前三个月主动交易", "Own transactions in the three months before", Shape.COUNT, why_strong=_MOVEMENT),
)  # fmt: skip

_HALF = share_of("n.earlier_asset_balance", "CAST(0.5 AS DECIMAL(12,6))")
_RULES = (
    RuleLine("assets_halved", f"n.recent_asset_balance < {_HALF}", 1,
             "近三个月资产较再前三个月下降逾一半", "assets of three months fell by more than half"),
    RuleLine("no_own_transaction", "n.idle_day_count >= 90 AND w.has_moved", 1, "90 天没有主动交易", "no own transaction for 90 days"),
)  # fmt: skip
"""Why the rule picks somebody; both are as grave. Of a bank from which no transaction came nobody is called idle (`w`)."""

_KNOWN = f"""
limits AS (
  SELECT {", ".join(f"max(CASE WHEN parameter_code = '{code}' THEN number_value END) AS {code}" for code in _LIMITS)}
  FROM parameter
  WHERE valid_from <= {{day}} AND (valid_until IS NULL OR valid_until > {{day}})
)"""
_SEEN = "CAST(year(f.business_date) * 12 + month(f.business_date) AS BIGINT)"

CHURN = Model(
    code="churn",
    name_zh="个人客户流失预警",
    name_en="Churn of personal customers",
    question_zh="三个月内流失的概率：近三个月金融资产日均降至规定比例以下，或长期不动且只剩零头，或全部销户",
    question_en="Probability of leaving within three months: average assets fall to the set share, or only small change is left and nothing moves, or every account is closed",
    owner_zh="零售金融部",
    owner_en="Retail banking",
    tier="medium",
    horizon=3,
    history=12,
    features=_FEATURES,
    population=f"""
WITH {_KNOWN},
known AS (
  SELECT f.*, {_SEEN} AS month_number
  FROM customer_fact_month AS f
  WHERE f.business_date <= {{day}} AND {_SEEN} > {{month}} - 12
),
{MOVES},
spread AS (
  SELECT customer_number, max(asset_average_balance) AS peak, min(asset_average_balance) AS trough
  FROM known
  GROUP BY customer_number
)
SELECT
  n.customer_number, n.organisation_code, n.customer_kind,
  CAST(n.recent_asset_balance AS DECIMAL(18,2)) AS value_at_risk,
  CASE
    WHEN n.customer_kind <> 'personal' THEN 'not_a_person'
    WHEN NOT n.is_holder THEN 'left_already'
    WHEN n.earlier_asset_balance IS NULL THEN 'history_too_short'
    WHEN n.recent_asset_balance < l.label_judged_balance THEN 'too_small'
    WHEN n.recent_asset_balance <= {share_of("n.earlier_asset_balance", "l.label_leaving_share")} THEN 'leaving_already'
  END AS why_not,
  CASE WHEN {" OR ".join(line.sql for line in _RULES)} THEN 1 ELSE 0 END AS is_flagged,
  concat_ws(',', {", ".join(f"CASE WHEN {line.sql} THEN '{line.code}' END" for line in _RULES)}) AS rule_codes,
  {", ".join(f"{one.sql} AS {one.code}" for one in _FEATURES)}
FROM known AS n
CROSS JOIN limits AS l
CROSS JOIN moves AS w
INNER JOIN spread AS s ON s.customer_number = n.customer_number
LEFT JOIN known AS b ON b.customer_number = n.customer_number AND b.month_number = {{month}} - 3
WHERE n.business_date = {{day}}
ORDER BY n.customer_number""",
    outcome=f"""
WITH {_KNOWN}
SELECT
  n.customer_number,
  CASE
    WHEN NOT f.is_holder THEN 1
    WHEN f.recent_asset_balance <= {share_of("n.recent_asset_balance", "l.label_leaving_share")} THEN 1
    WHEN f.idle_day_count >= l.label_dormant_days AND f.asset_average_balance < l.label_dormant_balance THEN 1
    ELSE 0
  END AS happened
FROM customer_fact_month AS n
CROSS JOIN limits AS l
INNER JOIN customer_fact_month AS f ON f.customer_number = n.customer_number AND f.business_date = {{seen}}
WHERE n.business_date = {{day}}
ORDER BY n.customer_number""",
    rule_zh="，或 ".join(line.name_zh for line in _RULES),
    rule_en=", or ".join(line.name_en for line in _RULES),
    exclusions=(
        ("not_a_person", "对公客户", "Not a person"),
        ("left_already", "已无未销账户", "Holds no open account"),
        ("history_too_short", "历史不足六个月", "Less than six months of history"),
        ("too_small", "资产低于判定金额", "Assets below the judged balance"),
        ("leaving_already", "已属静默流失", "Leaving silently already"),
        WORDS,
    ),
    limits_zh="只用于安排挽留联系，不得据此自动拒绝服务或差别定价；不评对公客户；不使用年龄、性别、民族、婚姻等字段；合并的客户号以保留号计。",
    limits_en="For planning contacts only: no refusal and no pricing by it; says nothing of companies; uses no age, sex, ethnicity or marital status; merged numbers count under the surviving one.",
    personal_information_zh="使用 C2 类账户与交易信息的汇总值，用途为客户维护；客户撤回个性化授权即不评分、不列入名单（个人信息保护法第 24 条），人工决定每次联系。",
    personal_information_en="Uses aggregates of C2 account data for care of customers; who withdraws the consent to personalisation is neither scored nor listed (PIPL 24), and a person decides on each contact.",
    least_months=15,
    parameters=_LIMITS,
    rules=_RULES,
    early=Early(
        6,
        "规则也要比较前后两个季度，{month} 月末起才能判断，此前不列名单",
        "the rule compares two quarters as well and judges from the end of {month}; until then nobody is listed",
    ),
)  # fmt: skip
