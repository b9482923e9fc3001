"""The page of segments taken out: the segments with their traits, how they moved, and what was tried."""

from __future__ import annotations

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.known_contribution import knows_contribution
from maisui.web.pages.segments.words import name_of, trait_lines
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the segments of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    organisation = request.GET.get("org") or None
    found = gateway.segments.view(organisation)
    if found is None:
        raise NotAtOnceError(Text("本版本尚未分群", "nobody is put into segments of this version yet"))
    shown = choose("客户分群", "Segments")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day}"
    columns = (
        Column(choose("群", "Segment"), width=32),
        Column(choose("户", "Customers"), Unit.COUNT),
        Column(choose("资产日均（元）", "Average assets (CNY)"), Unit.YUAN),
        Column(choose("贷款余额（元）", "Loans (CNY)"), Unit.YUAN),
        Column(choose("近十二个月贡献（元）", "Contribution of twelve months (CNY)"), Unit.YUAN),
    )
    is_known = knows_contribution(gateway)
    lines = [
        (name_of(one), one.customer_count, one.asset_amount, one.loan_amount, one.contribution_amount if is_known else None)
        for one in (*found.segments, found.everybody)
    ]
    traits = Sheet(
        choose("画像", "Portrait"),
        title,
        (
            Column(choose("特征", "Trait"), width=32),
            Column(choose("全部", "All"), width=16),
            *(Column(name_of(one), width=24) for one in found.segments),
        ),
        [(str(line["name"]), line["all"], *(cell["value"] for cell in line["cells"])) for line in trait_lines(found)],
    )
    return Export(
        "segments",
        shown,
        (Sheet(shown, f"{title} · {choose(found.standing.said_zh, found.standing.said_en)}", columns, lines), traits),
        organisation=organisation,
        name=f"segments-{found.day}",
        object_id=organisation or "*",
        details={"segments": len(found.segments)},
    )
