"""What is said of the model of the next product, what is known of a customer for it, and what tables it reads."""

from __future__ import annotations

from maisui.models.churn import CHURN
from maisui.models.model import Described, Early, Feature, Shape
from maisui.parameters import load_product_levels

BEST = 3
"""So many products are offered to a customer, and so many count when it is judged whether he took up one of them."""
HELD = ("holds_", "held_", "has_loan")
"""How codes of what a customer holds or held before begin: what like customers are told apart by while no model speaks."""
_KNOWN = (
    "assets", "deposit_share", "inflow_to_assets", "outflow_to_assets", "payroll_to_assets", "own_elsewhere_to_assets",
    "transactions", "idle_days", "held_months", "maturing_to_assets", "has_loan",
)  # fmt: skip

NEXT_PRODUCT = Described(
    code="next_product",
    name_zh="下一步适合的产品",
    name_en="Next best product",
    question_zh="三个月内开办某一尚未持有的产品组的概率",
    question_en="Probability of taking up, within three months, a product group that is not held",
    owner_zh="零售金融部",
    owner_en="Retail banking",
    tier="medium",
    horizon=3,
    least_months=12,
    limits_zh="只用于安排介绍与营销，不得据此拒绝服务或差别定价；不推荐已持有、不在售、不适当或不赚钱的产品；风险等级高于客户已接受水平的产品不推荐，销售前仍须当面完成风险测评；不使用性别、民族、婚姻等字段，年龄只用于适当性。",
    limits_en="For planning offers only: no refusal and no pricing by it. Nothing held, not on sale, unsuitable or without margin is offered, nor what is riskier than he has accepted before; his risk is assessed in person before a sale. Uses no sex, ethnicity or marital status, and age for suitability only.",
    personal_information_zh="使用 C2 类账户与交易信息的汇总值；撤回个性化推荐授权的客户不学习、不评分（个人信息保护法第 24 条）；未同意营销的客户不进名单，只在其主动咨询时介绍。",
    personal_information_en="Uses aggregates of C2 account data; who withdrew consent to personalisation is neither learnt from nor scored (PIPL 24); who has not consented to marketing is on no list, and is told only when he asks.",
    instead_zh="现按同类客户的开办率推荐",
    instead_en="what customers of his kind and tier take up is offered",
    features=tuple(one for one in CHURN.features if one.code in _KNOWN),
    has_base_rates=True,
    early=Early(
        9,
        "现按同类客户的持有率推荐，{month} 月末起可按开办率",
        "what customers of his kind and tier hold is offered, what they take up from the end of {month}",
    ),
)  # fmt: skip
TABLES = (
    "account", "account_contribution_month", "agency_sale", "asset_holding", "card", "consent", "contribution_month", "customer",
    "customer_fact_month", "customer_merge", "parameter", "product", "product_customer_month", "wealth_sale",
)  # fmt: skip
"""What is read of a version."""
EXCLUSIONS = (
    ("left_already", "已无未销账户", "Holds no open account"),
    ("blacklisted", "在黑名单上", "On the blacklist"),
    ("refused_automated", "撤回个性化推荐授权", "Withdrew consent to personalisation"),
    ("nothing_suitable", "没有适合且有收益的产品", "Nothing suitable that pays"),
)
"""Why nothing is offered to a customer."""


def group_names() -> dict[str, tuple[str, str]]:
    """Return the names of product groups in both languages; a group that only the bank knows has none here."""
    return {one.code: (one.name_zh, one.name_en) for one in load_product_levels().levels if one.kind == "group"}


def features_for(groups: tuple[str, ...]) -> tuple[Feature, ...]:
    """Return what is known of a customer: money and movement as for churn, whether he is a firm, and what he holds or held before."""
    names = group_names()
    firm = Feature("is_firm", "CASE WHEN n.customer_kind = 'corporate' THEN 1.0 ELSE 0.0 END", "对公客户", "A firm", Shape.FLAG)
    held = tuple(
        Feature(
            f"{code}_{group}",
            f"h.{code}_{group}",
            f"{zh}{names.get(group, (group, group))[0]}",
            f"{en} {names.get(group, (group, group))[1].lower()}",
            Shape.FLAG,
        )
        for code, zh, en in (("holds", "持有", "Holds"), ("held", "曾持有", "Held"))
        for group in groups
    )
    return (*NEXT_PRODUCT.features, firm, *held)
