"""What is said of segments, what customers are put together by, what they are told apart by in words, and what is read for it."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.models.model import Described, Feature, Shape

SEGMENTS = Described(
    code="segments",
    name_zh="客户分群",
    name_en="Customer segments",
    question_zh="个人客户按资产、期限、渠道、活跃与借贷的相似程度归入几个群",
    question_en="Personal customers put together by how alike their assets, terms, channels, movement and borrowing are",
    owner_zh="零售金融部",
    owner_en="Retail banking",
    tier="low",
    horizon=0,
    least_months=3,
    limits_zh="用于了解客户与安排服务，不据此拒绝服务或差别定价；只分个人客户；年龄、农户等只用来描述分群，不用来划分；分群只说明相似，不说明原因。",
    limits_en="For knowing customers and planning service: no refusal and no pricing by it. Persons only; age and farming describe a segment, they do not make it. Alike is not why.",
    personal_information_zh="使用 C2 类账户与交易信息的汇总值；不使用性别、民族、婚姻等字段。",
    personal_information_en="Uses aggregates of C2 account data; no sex, ethnicity or marital status.",
    instead_zh="现按客户等级分群",
    instead_en="customers go by their tier",
    features=(
        Feature("assets", "", "近三个月金融资产日均", "Average assets of three months", Shape.AMOUNT),
        Feature("term_share", "", "定期占存款", "Term deposits within deposits", Shape.SHARE),
        Feature("counter_share", "", "柜面占自己发起的交易", "Counter within own transactions", Shape.SHARE),
        Feature("mobile_share", "", "手机与网银占自己发起的交易", "Mobile and internet bank within own transactions", Shape.SHARE),
        Feature("transactions", "", "近三个月主动交易", "Own transactions in three months", Shape.COUNT),
        Feature("payroll_share", "", "代发占流入", "Payroll within inflow", Shape.SHARE),
        Feature("loan_share", "", "贷款占贷款与资产之和", "Loans within loans and assets", Shape.SHARE),
    ),
)  # fmt: skip
TABLES = ("account_month", "customer", "customer_channel_month", "customer_fact_month", "customer_merge", "parameter")
"""What is read of a version."""
EXCLUSIONS = (
    ("not_a_person", "对公客户", "Not a person"),
    ("left_already", "已无未销账户", "Holds no open account"),
)
"""Why a customer is in no segment."""
NAMED_BY = 3
"""So many differences make a name; a segment with fewer is not told apart."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing segments are told apart by: what to call a segment that has more of it, or less; `is_amount` is yuan."""

    code: str
    name_zh: str
    name_en: str
    more: tuple[str, str]
    less: tuple[str, str]
    shape: Shape


TRAITS = (
    Trait("age", "年龄", "Age", ("年长", "older"), ("年轻", "younger"), Shape.COUNT),
    Trait("assets", "近三个月金融资产日均（元）", "Average assets (CNY)", ("资产多", "more assets"), ("资产少", "fewer assets"), Shape.AMOUNT),
    Trait("term_share", "定期占存款", "Term share", ("定期为主", "term deposits"), ("活期为主", "demand deposits"), Shape.SHARE),
    Trait("counter_share", "柜面占交易", "Counter share", ("柜面", "counter"), ("少去柜面", "rarely at the counter"), Shape.SHARE),
    Trait("mobile_share", "手机与网银占交易", "Mobile share", ("手机银行", "mobile bank"), ("不用手机银行", "no mobile bank"), Shape.SHARE),
    Trait("transactions", "近三个月主动交易（笔）", "Own transactions in 3 months", ("交易活跃", "active"), ("很少交易", "rarely moves"), Shape.COUNT),
    Trait("payroll_share", "代发占流入", "Payroll share", ("代发工资", "payroll"), ("非代发", "no payroll"), Shape.SHARE),
    Trait("loan_share", "贷款占贷款与资产之和", "Loan share", ("有贷款", "borrower"), ("无贷款", "no loan"), Shape.SHARE),
    Trait("farmer", "农户占比", "Farmers", ("农户", "farmers"), ("非农户", "not farmers"), Shape.SHARE),
    Trait("held_months", "开户月数", "Months here", ("老客户", "long here"), ("新客户", "new here"), Shape.COUNT),
)  # fmt: skip
"""In reading order; the first ones stand first in a name."""
