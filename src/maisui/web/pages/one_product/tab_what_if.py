"""The tab of what if: another rate, other fees, or giving the product up: yuan a year with formula and interval, or why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers import Unit
from maisui.answers.figure import divide
from maisui.answers.product_response import PricedMonth, Refused, Response, WhatIf, fee_response, fee_what_if, rate_response, rate_what_if
from maisui.answers.product_signals import net_of_stopping
from maisui.web.components.figures import digits
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.one_product.shared import shared_holders
from maisui.web.pages.one_product.state import ProductState
from maisui.web.pages.one_product.words import NO_SUCH
from maisui.web.pages.overview.figures import months_before
from maisui.web.text import Text

_TWO_YEARS, _YEAR = 24, 12
_RATE_TITLE, _FEE_TITLE = Text("利率变动", "Another rate"), Text("收费变动", "Other fees")
_EXIT_TITLE = Text("停办该产品", "Giving it up")
_SHORT = Text("历史不足十二个月，按已有各月折为一年", "less than twelve months of history: those there are, brought to a year")


def what_if_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return what another rate, other fees and giving the product up would do in a year."""
    if desk.place.line not in ("deposit", "loan"):
        return [missing("rate", _RATE_TITLE, NO_SUCH["accounts"])]
    months = months_before(day, gateway.month_ends(), _TWO_YEARS)
    found = desk.priced_months(months)
    if not found or found[-1][0] != day:
        return [missing("rate", _RATE_TITLE, NO_SUCH["contribution"])]
    return [_rate(gateway, desk, state, day), _fee(gateway, desk, state, day), _exit(gateway, desk, state, day)]


def _rate(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Block:
    months = months_before(day, gateway.month_ends(), _TWO_YEARS)
    rates = {one.day: one.rate for one in desk.turnover(months[0].replace(day=1), day)}
    priced = [PricedMonth(rates.get(month), divide(held, Decimal(month.day), 2)) for month, held, _, _ in desk.priced_months(months)]
    settings = gateway.products.settings(day)
    is_deposit = desk.place.line == "deposit"
    response = rate_response(priced, desk.place.group, settings, is_deposit=is_deposit)
    if isinstance(response, Refused):
        return missing("rate", _RATE_TITLE, _refused(response, "product_rate_response", desk.place.group))
    _, margin, _ = _last_year(desk, months)
    what = rate_what_if(priced[-1].volume, margin, state.points, response, is_deposit=is_deposit)
    sign = "−" if is_deposit else "+"
    return _block(
        "rate",
        Text(f"利率变动 {digits(state.points, 2)} 个百分点", f"rate by {digits(state.points, 2)} percentage points"),
        what,
        (Heading(Text("日均余额", "Average balance"), Unit.YUAN), Heading(Text("年利差收入", "Margin a year"), Unit.YUAN)),
        response,
        Text(
            f"新余额＝余额 ×（1＋反应 × 百分点）；新利差＝（利差率 {sign} 百分点）× 新余额；"
            "利差率＝近十二个月利差 ÷ 现有日均；未扣税、成本与预期损失",
            f"new balance = balance × (1 + response × points); new margin = (margin rate {sign} points) × new balance; margin rate: margin "
            "of twelve months over today's average; before tax, cost and loss",
        ),
    )


def _fee(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Block:
    months = months_before(day, gateway.month_ends(), _TWO_YEARS)
    uses = {one.key: one.count for one in desk.movements(months[0].replace(day=1), day, "business_date")}
    paid = desk.priced_months(months)
    _, _, fees = _last_year(desk, months)
    if not fees:
        return missing("fee", _FEE_TITLE, Text("该产品近十二个月没有手续费收入。", "This product charged no fees in twelve months."))
    priced = [_each(fee, uses.get(str(month), 0)) for month, _, _, fee in paid]
    response = fee_response(priced, desk.place.group, gateway.products.settings(day))
    if isinstance(response, Refused):
        return missing("fee", _FEE_TITLE, _refused(response, "product_fee_response", desk.place.group))
    used = Decimal(sum(uses.get(str(month), 0) for month in months[-_YEAR:]))
    what = fee_what_if(used, fees, state.fee, response)
    return _block(
        "fee",
        Text(f"收费变动 {digits(state.fee, 1)}%", f"fees by {digits(state.fee, 1)}%"),
        what,
        (Heading(Text("年交易笔数", "Transactions a year"), Unit.COUNT), Heading(Text("年手续费", "Fees a year"), Unit.YUAN)),
        response,
        Text(
            "新笔数＝笔数 ×（1＋反应 × 变动 ÷ 10%）；新手续费＝每笔收费 ×（1＋变动）× 新笔数",
            "new transactions = transactions × (1 + response × change ÷ 10%); new fees = fee of each × (1 + change) × new transactions",
        ),
    )


def _each(fees: Decimal, uses: int) -> PricedMonth:
    return PricedMonth(divide(fees, Decimal(uses), 8) if uses > 0 and fees > 0 else None, Decimal(max(uses, 0)))


def _exit(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Block:
    group = desk.place.group
    if group is None:
        return missing("exit", _EXIT_TITLE, Text("整条产品线不能停办；请选产品组。", "A whole line is not given up: choose a group."))
    if desk.place.level != "group":
        return missing(
            "exit", _EXIT_TITLE, Text("客户按产品组统计；请选上面的产品组。", "Customers are counted by group: choose the one above.")
        )
    months = months_before(day, gateway.month_ends(), _YEAR)
    contributed = sum(desk.monthly_contribution(months).values(), Decimal(0))
    if len(months) < _YEAR:
        contributed = divide(contributed * _YEAR, Decimal(len(months)), 2)
    holders = gateway.products.courses(state.organisation, [day], state.view).at(desk.place.path, day).holder_count
    shared, others = shared_holders(gateway, state, day, group)
    lost, at_worst = -contributed, net_of_stopping(contributed, others)
    return Block(
        "exit",
        _EXIT_TITLE,
        Text("项目", "Line"),
        (Heading(Text("客户", "Customers"), Unit.COUNT), Heading(Text("每年贡献变动", "Contribution a year"), Unit.YUAN)),
        (
            Line(Text("该产品的贡献", "The product's own contribution"), (holders, lost)),
            Line(Text("持有其他产品的客户全部离开时再失去", "If all who hold others left as well"), (shared, at_worst - lost)),
        ),
        Line(Text("最坏", "At worst"), (holders, at_worst)),
        notes=(
            *(() if len(months) == _YEAR else (_SHORT,)),
            Text(
                "近十二个月贡献，停办后不再有（亏损则为节省）；其他产品＝两者皆有客户 × 该组每户年贡献，"
                "合计为亏损时最坏是客户留下，不加；实际在两行之间，没有依据给出比例",
                "contribution of twelve months, gone afterwards (a loss is spared); others: holders of both times what one holder brings; "
                "where they lose money in all, the worst is that their holders stay, and nothing is added; what happens lies between "
                "the two, and nothing tells where",
            ),
        ),
        metric="customer_contribution",
        is_wide=True,
    )


def _last_year(desk: OneProductDesk, months: tuple[date, ...]) -> tuple[Decimal, Decimal, Decimal]:
    """Return balance-days, margin and fees of the last twelve of `months`, brought to a year where fewer have contribution."""
    found = desk.priced_months(months)[-_YEAR:]
    held, margin, fees = (sum(part, Decimal(0)) for part in zip(*(one[1:] for one in found), strict=True))
    if len(found) == _YEAR:
        return held, margin, fees
    return held, divide(margin * _YEAR, Decimal(len(found)), 2), divide(fees * _YEAR, Decimal(len(found)), 2)


def _refused(response: Refused, family: str, group: str | None) -> Text:
    code = f"{family}.{group}" if group else family
    if response.against is not None:
        said, low, high = (f"{digits(end * 100, 2)}%" for end in (response.against.value, response.against.low, response.against.high))
        return Text(
            f"不作推算：{response.change_count} 次历史变动给出的反应为 {said}（{low} 至 {high}），方向不合常理，"
            f"变动的是别的（结构、季节），不是价格所致；也没有经双人批准的参数 {code}。",
            f"Nothing is said: {response.change_count} past changes give a response of {said} ({low} to {high}), which no price has; "
            f"something else moved (mix, season). No parameter {code} is approved by two people.",
        )
    return Text(
        f"不作推算：近二十四个月可用的变动只有 {response.change_count} 次，少于 {response.fewest} 次（参数 product_fewest_changes），"
        f"也没有经双人批准的参数 {code}。",
        f"Nothing is said: only {response.change_count} usable changes in twenty-four months, fewer than {response.fewest} "
        f"(product_fewest_changes), and no parameter {code} approved by two people.",
    )


def _block(code: str, asked: Text, what: WhatIf, measured: tuple[Heading, Heading], response: Response, formula: Text) -> Block:
    """Return what is now and what would be, line by line: each column is one quantity and so has one unit."""
    percent = f"{digits(response.share.value * 100, 2)}%"
    low, high = (f"{digits(end * 100, 2)}%" for end in (response.share.low, response.share.high))
    source = Text(
        f"反应 {percent}（{low} 至 {high}），由本产品 {response.change_count} 次历史变动估计；历史价格为逐月平均，含期限等结构的变化",
        f"response {percent} ({low} to {high}), estimated from {response.change_count} past changes of this product; past prices are "
        "monthly averages and move with terms and other mixes as well",
    )
    if response.is_stated:
        source = Text(
            f"反应 {percent}，取自经批准的参数，没有区间", f"response {percent}, stated by an approved parameter, without an interval"
        )
    volume, margin = what.balance_after, what.margin_after
    return Block(
        code,
        asked,
        Text("项目", "Line"),
        measured,
        (
            Line(Text("现在", "Now"), (what.balance, what.margin)),
            Line(Text("变动后", "After"), (volume.value, margin.value)),
            Line(Text("变动后（区间下限）", "After, low"), (volume.low, margin.low)),
            Line(Text("变动后（区间上限）", "After, high"), (volume.high, margin.high)),
            Line(Text("变动", "Change"), (volume.value - what.balance, margin.value - what.margin)),
        ),
        notes=(source, formula),
    )
