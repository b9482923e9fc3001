"""The list of needs taken out: those of the address, masked as on the screen, with every word that was written."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.needs import desk
from maisui.web.pages.needs.page import rows_of
from maisui.web.pages.needs.state import NeedState
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the needs of the address; for more than one may take at once, say so.

    Raises:
        NotAtOnceError: when there are more than customers may be taken at once.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.CUSTOMER_EXPORT)
    state, most = NeedState.of(request.GET), settings.HOME.web.customer_export_rows
    found = state.narrowed(desk.in_sight(gateway, state.organisation or None, Permission.CUSTOMER_EXPORT), request.user)  # type: ignore[arg-type]
    count = found.count()
    if count > most:
        said = Text(f"共 {count} 件，一次最多导出 {most} 件；请缩小范围", f"{count} of them, at most {most} at once: narrow the list")
        raise NotAtOnceError(said)
    title, today = choose("需求与投诉", "Needs and complaints"), timezone.localdate()
    columns = (
        Column(choose("编号", "No."), width=8),
        Column(choose("类别", "Kind"), width=10),
        Column(choose("来源渠道", "How it came"), width=12),
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("内容", "What it is"), width=60),
        Column(choose("涉及金额", "At stake"), Unit.YUAN),
        Column(choose("登记日", "Recorded"), width=12),
        Column(choose("答复期限", "Answer by"), width=12),
        Column(choose("答复日", "Answered"), width=12),
        Column(choose("状态", "State"), width=12),
        Column(choose("处理人", "Owner"), width=12),
        Column(choose("结果", "Outcome"), width=16),
    )
    lines = [
        (
            str(row["need"].pk),
            str(row["kind"]),
            str(row["way"]),
            row["shown"].customer_name or "—",
            row["shown"].customer_number,
            row["shown"].organisation_name,
            row["need"].words,
            row["need"].at_stake_amount,
            timezone.localdate(row["need"].recorded_at),
            row["need"].due_on,
            timezone.localdate(row["need"].answered_at) if row["need"].answered_at else None,
            str(row["state"]),
            row["need"].owner.name if row["need"].owner else "",
            str(row["outcome"] or ""),
        )
        for row in rows_of(gateway, found, state.query())
    ]
    return Export(
        "needs",
        title,
        (Sheet(title, f"{title} · {today}", columns, lines),),
        organisation=state.organisation or None,
        object_id=state.organisation or "*",
        details={"rows": len(lines), "filters": state.query()},
        classification=SENSITIVE,
        name=f"needs-{today}",
    )
