"""The worklist as a workbook: what is on the screen, masked as there, within what may be taken out at once."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.state import State
from maisui.web.pages.churn.words import RUNGS, chance, sentence
from maisui.web.pages.overview.words import namer
from maisui.web.pages.page import needs
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


@needs(Permission.CUSTOMER_EXPORT)
@require_safe
def workbook_of_list(request: HttpRequest) -> HttpResponse:
    """Return the list of the address as a workbook, the highest expected losses first, as many as one may take at once."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, most = replace(State.of(request.GET), page=1), settings.HOME.web.customer_export_rows
    first = gateway.scores.listed(state.question(size=min(most, ROWS_AT_ONCE)), is_export=True)
    if first is None:
        messages.warning(request, str(Text("本版本尚未评分", "this version is not scored yet")))
        return redirect(f"{reverse('churn')}?{state.query()}")
    rows = list(first.rows)
    while len(rows) < min(most, first.found.total_count):
        page = len(rows) // ROWS_AT_ONCE + 1
        more = gateway.scores.listed(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True)
        rows += more.rows if more else ()
    rows, found, names = rows[:most], first.found, namer(gateway, "manager")
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("客户经理", "Manager"), width=24),
        Column(choose("流失概率", "Chance of leaving"), width=12),
        Column(choose("风险资产（元）", "Value at risk (CNY)"), Unit.YUAN),
        Column(choose("预计流失（元）", "Expected loss (CNY)"), Unit.YUAN),
        Column(choose("理由", "Reasons"), width=64),
    )
    lines = [
        (
            one.customer.customer_name,
            one.customer.customer_number,
            one.customer.home_organisation_name,
            "、".join(str(names(number)) for number in one.customer.managers),
            chance(one.customer.probability),
            one.customer.value_at_risk,
            one.customer.expected_loss,
            choose("；", "; ").join(sentence(reason) for reason in one.customer.reasons),
        )
        for one in rows
    ]
    shown = choose("流失预警", "Churn")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day} · {len(rows)} / {found.total_count}"
    response = HttpResponse(
        workbook((Sheet(shown, title, columns, lines, None),), stamp_of(gateway, state.organisation)), content_type=CONTENT_TYPE
    )
    response["Content-Disposition"] = f'attachment; filename="maisui-churn-{found.day}.xlsx"'
    return response
