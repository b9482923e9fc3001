"""How many customers hold and use each product group, and who came and went; lines and products are counted alike on their pages."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _customers(column: str, timing: Timing) -> Measure:
    """Return customers of product groups; whoever holds several stands in each."""
    return Measure(
        mart="product_customer_month",
        expression=f"CAST(sum({column}) AS BIGINT)",
        timing=timing,
        where="level_kind = 'group'",
        distinct_over=("product_group", "product_line"),
    )


_OWNER = "产品管理部 / Products"
_EACH_ZH = "按产品组拆分看每一组；持有多个产品组的客户在每组各计一次，合计为客户与产品组的对数；按月末与报告日计算"
_EACH_EN = "split it by product group: whoever holds several stands in each, the total counts pairs of customer and group; measured at month ends and on the reporting date"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="product_holder_count",
        name_zh="产品持有客户数",
        name_en="Product holders",
        meaning_zh=f"有该产品组未销账户、卡或持仓的客户，在归属机构计；{_EACH_ZH}。",
        meaning_en=f"Customers with an open account, card or holding of the product group, at their home outlet; {_EACH_EN}.",
        formula_zh="Σ 各产品组持有客户数",
        formula_en="Σ holders of product groups",
        unit=Unit.COUNT,
        numerator=_customers("holder_count", Timing.POINT),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="active_product_holder_count",
        name_zh="产品活跃客户数",
        name_en="Active product holders",
        meaning_zh=f"持有客户中在用的：活期与借记卡近三个月内有本人发起的交易，信用卡有透支，其余存贷款余额大于零，理财与代理为持有；{_EACH_ZH}。",
        meaning_en=f"Holders who use it: demand money and a debit card moved by the customer within three months, a credit card overdrawn, any other account with a balance, whatever is held of wealth and agency; {_EACH_EN}.",
        formula_zh="Σ 各产品组活跃客户数",
        formula_en="Σ active holders of product groups",
        unit=Unit.COUNT,
        numerator=_customers("active_holder_count", Timing.POINT),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="product_taken_up_count",
        name_zh="产品新增客户数",
        name_en="Customers who took a product up",
        meaning_zh="期间各月末持有、上月末未持有的客户，逐月相加；历史首月没有上月，不计。按产品组拆分看每一组。",
        meaning_en="Customers who held the product group at a month's end and not at the month end before, added up over months; the first month of the history has none before it. Split it by product group.",
        formula_zh="Σ 各月新增客户数",
        formula_en="Σ customers new to the group, month by month",
        unit=Unit.COUNT,
        numerator=_customers("taken_up_count", Timing.PERIOD),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="product_left_count",
        name_zh="产品流失客户数",
        name_en="Customers who left a product",
        meaning_zh="期间各月末不再持有、上月末持有的客户，逐月相加，在其上月末归属机构计。按产品组拆分看每一组；持有 = 上月末持有 ＋ 新增 − 流失（全行）。",
        meaning_en="Customers who held the product group at the month end before and no longer at the month's, added up over months, at their home outlet then. Split it by product group; holders = holders before + taken up − left, in the whole bank.",
        formula_zh="Σ 各月流失客户数",
        formula_en="Σ customers who left the group, month by month",
        unit=Unit.COUNT,
        numerator=_customers("left_count", Timing.PERIOD),
        owner=_OWNER,
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
