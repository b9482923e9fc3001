"""Tiers set by hand taken out: those of the address, masked as on the screen, with author, reason and last day."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.tiers.page import listed, rows_of
from maisui.web.pages.tiers.state import TierState
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the decisions of the address; for more than one may take at once, say so.

    Raises:
        NotAtOnceError: when there are more than customers may be taken at once.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.CUSTOMER_EXPORT)
    state, most = TierState.of(request.GET), settings.HOME.web.customer_export_rows
    found = listed(gateway, state, Permission.CUSTOMER_EXPORT)
    count = found.count()
    if count > most:
        said = Text(f"共 {count} 条，一次最多导出 {most} 条；请缩小范围", f"{count} of them, at most {most} at once: narrow the list")
        raise NotAtOnceError(said)
    title, today = choose("等级核定", "Tiers set by hand"), timezone.localdate()
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("原等级", "Tier before"), width=12),
        Column(choose("核定等级", "Tier set"), width=16),
        Column(choose("生效日", "From"), width=12),
        Column(choose("到期日", "Last day"), width=12),
        Column(choose("理由", "Reason"), width=48),
        Column(choose("提出人", "Proposed by"), width=14),
        Column(choose("提出日", "Proposed"), width=12),
        Column(choose("审批人", "Decided by"), width=14),
        Column(choose("审批意见", "Note"), width=24),
        Column(choose("状态", "State"), width=22),
    )
    lines = [
        (
            row["shown"].customer_name or "—",
            row["shown"].customer_number,
            str(row["home"]),
            str(row["before"]),
            str(row["tier"]),
            row["one"].valid_from,
            row["shown"].last_day,
            row["one"].reason,
            row["one"].proposed_by.name,
            timezone.localdate(row["one"].proposed_at),
            row["one"].decided_by.name if row["one"].decided_by else "",
            row["one"].decision_note,
            str(row["standing"]),
        )
        for row in rows_of(gateway, request.user, list(found))  # type: ignore[arg-type]
    ]
    return Export(
        "tiers",
        title,
        (Sheet(title, f"{title} · {today}", columns, lines),),
        organisation=state.organisation or None,
        object_id=state.organisation or "*",
        details={"rows": len(lines), "filters": state.query()},
        classification=SENSITIVE,
        name=f"tiers-{today}",
    )
