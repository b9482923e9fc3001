"""The table of strategies taken out: what is in force, with take-up and result; nobody is named."""

from __future__ import annotations

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.strategies.page import strategy_row
from maisui.web.pages.strategies.state import StrategyState
from maisui.web.strategies import desk
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the strategies of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    organisation = StrategyState.of(request.GET).organisation or None
    standing = standing_of(gateway, organisation, None, where="strategies")
    title = choose("服务策略", "Service strategies")
    columns = (
        Column(choose("适用客户", "For whom"), width=24),
        Column(choose("做什么", "What to do"), width=48),
        Column(choose("产品", "Product"), width=24),
        Column(choose("渠道", "How"), width=12),
        Column(choose("联系间隔（天）", "Every (days)"), Unit.COUNT),
        Column(choose("负责人", "By whom"), width=14),
        Column(choose("客户数", "Customers"), Unit.COUNT),
        Column(choose("已联系", "Contacted"), Unit.COUNT),
        Column(choose("联系率", "Take-up"), Unit.SHARE),
        Column(choose("可比户数", "Measured"), Unit.COUNT),
        Column(choose("资产日均变化", "Change of assets"), Unit.YUAN),
    )
    lines = [
        (
            choose("、", ", ").join(str(word) for word in row["whom"]),
            str(one.strategy.action),
            str(one.strategy.product),
            str(row["channel"]),
            one.strategy.frequency_days,
            str(row["owner"]),
            one.customer_count,
            one.contacted_count,
            one.take_up,
            one.measured_count,
            one.change,
        )
        for one in desk.results(gateway, organisation)
        for row in (strategy_row(one.strategy),)
    ]
    return Export(
        "strategies",
        title,
        (Sheet(title, f"{title} · {standing.place} · {standing.day}", columns, lines),),
        about=standing.about(),
        organisation=standing.organisation,
        object_id=standing.organisation or "*",
        details=standing.details(len(lines)),
        name=f"strategies-{standing.file_name}",
    )
