"""A group's view or its customers as a workbook: what is on the screen, masked as there, every line."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from maisui.answers import EVERYBODY, VIEWS, Unit
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.audit.record import record
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Amount, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.page import MEMBERS, view_context
from maisui.web.pages.customer_groups.words import VIEW_NAMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


@needs(Permission.FIGURE_EXPORT)
@require_safe
def workbook_of_group(request: HttpRequest, number: int) -> HttpResponse:
    """Return all six views, or the customers, of a group as a workbook; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    desk = gateway.groups(request.user)  # type: ignore[arg-type]
    group = desk.one(number)
    if request.GET.get("view") == MEMBERS:
        gateway.require(Permission.CUSTOMER_EXPORT)
        sheet = _members(desk, group)
        if sheet is None:
            most = settings.HOME.web.customer_export_rows
            messages.warning(
                request, str(Text(f"一次最多导出 {most} 户；请收窄客户群", f"at most {most} customers at once: narrow the group"))
            )
            return redirect("customer_groups_one", number=number)
        sheets: tuple[Sheet, ...] = (sheet,)
    else:
        other = next((one for one in desk.visible() if str(one.pk) == request.GET.get("with")), None)
        sheets = tuple(_view(desk, gateway, group, other, code) for code in VIEWS)
        record(action="export", by=gateway.actor, object_type="group", object_id=str(group.pk), details={"views": len(sheets)})
    response = HttpResponse(workbook(sheets, stamp_of(gateway, None)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="maisui-group-{group.pk}.xlsx"'
    return response


def _members(desk: GroupDesk, group: CustomerGroup) -> Sheet | None:
    found, rows = desk.members(group, 1, ROWS_AT_ONCE, is_export=True)
    if found.total_count > settings.HOME.web.customer_export_rows:
        return None
    everybody = list(rows)
    for page in range(2, -(-found.total_count // ROWS_AT_ONCE) + 1):
        everybody += desk.members(group, page, ROWS_AT_ONCE, is_export=True)[1]
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("大类", "Kind"), width=10),
        Column(choose("等级", "Tier"), width=12),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("金融资产日均（元）", "Average assets (CNY)"), Unit.YUAN),
        Column(choose("贷款余额（元）", "Loans (CNY)"), Unit.YUAN),
        Column(choose("近十二个月贡献（元）", "Contribution of twelve months (CNY)"), Unit.YUAN),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            str(value_word(row.customer_kind)),
            str(value_word(row.tier_code)),
            row.home_organisation_name,
            row.asset_average_balance,
            row.loan_balance,
            row.year_contribution_amount,
        )
        for row in everybody
    ]
    return Sheet(choose("客户名单", "Customers"), f"{group.name} · {found.day}", columns, lines)


def _view(desk: GroupDesk, gateway: Gateway, group: CustomerGroup, other: CustomerGroup | None, code: str) -> Sheet:
    context = view_context(desk, gateway, code, desk.selection(group), desk.selection(other) if other else EVERYBODY)
    if context["tried"].error is not None:
        raise QuestionError(context["tried"].error.what, where="group", next_step=context["tried"].error.next_step)
    base = other.name if other else choose("全部客户", "Everybody")
    columns = (
        Column(choose("表", "Table"), width=36),
        Column(choose("项", "Line"), width=32),
        Column(choose("客户数", "Customers"), Unit.COUNT),
        Column(choose("金额", "Amount"), Unit.YUAN),
        Column(choose("占比", "Share"), Unit.SHARE),
        Column(f"{base} {choose('客户数', 'customers')}", Unit.COUNT),
        Column(f"{base} {choose('金额', 'amount')}", Unit.YUAN),
        Column(f"{base} {choose('占比', 'share')}", Unit.SHARE),
    )
    rows: list[tuple[object, ...]] = [
        (str(name), "", None, Amount(value, unit), None, None, Amount(other_value, unit), None)
        for name, unit, value, other_value in context["figures"]
    ]
    for table in context["tables"]:
        for one in table["lines"]:
            line = one["line"]
            rows.append(
                (
                    f"{table['name']} · {table['amount_name']}",
                    one["name"],
                    line.count,
                    Amount(line.amount, table["unit"]),
                    one["share"],
                    line.base_count,
                    Amount(line.base_amount, table["unit"]),
                    one["base"],
                )
            )
    name = str(VIEW_NAMES[code])
    return Sheet(name, f"{group.name} · {name} · {context['tried'].value.day}", columns, rows)  # type: ignore[arg-type]
