"""The list of tasks for outlets taken out: those of the address, with what was measured when they were written."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from maisui.answers import Unit
from maisui.web.exports.sheets import Amount, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import tasks_in_sight
from maisui.web.pages.outlet_tasks.page import narrowed, row_of, wanted_of
from maisui.web.pages.outlet_tasks.words import MEASURED
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the tasks of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require_figures_export(None)
    wanted, today = wanted_of(request), timezone.localdate()
    title = choose("机构任务", "Tasks for outlets")
    columns = (
        Column(choose("做什么", "What to do"), width=40),
        Column(choose("机构", "Outlet"), width=30),
        Column(choose("另一机构", "Other outlet"), width=30),
        Column(choose("来自", "From"), width=14),
        Column(choose("布置日", "Written"), width=12),
        Column(choose("期限", "By"), width=12),
        Column(choose("状态", "State"), width=10),
        Column(choose("当时所量", "What was measured"), width=28),
        Column(choose("当时数", "Figure then"), width=16),
        Column(choose("当时金额", "Yuan then"), Unit.YUAN),
        Column(choose("结果", "Result"), width=60),
    )
    rows = [
        (
            row["told"].what,
            row["outlet"],
            row["other"],
            str(row["source"]),
            timezone.localdate(task.written_at),
            task.due_on,
            str(row["state"]),
            str(MEASURED[task.source][0]),
            Amount(row["told"].figure, MEASURED[task.source][1]),
            row["told"].amount,
            task.outcome,
        )
        for task, row in ((task, row_of(gateway, task)) for task in narrowed(tasks_in_sight(gateway), wanted))
    ]
    return Export(
        "outlet_tasks",
        title,
        (Sheet(title, f"{title} · {today}", columns, rows),),
        object_id=wanted,
        details={"rows": len(rows), "filters": wanted},
        name=f"outlet-tasks-{today}",
    )
