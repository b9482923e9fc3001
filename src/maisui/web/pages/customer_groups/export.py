"""A group's views or its customers taken out: what is on the screen, masked as there, every line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import EVERYBODY, VIEWS, GroupView, Unit
from maisui.answers.group_curves import CurveTable
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import INTERNAL, SENSITIVE, Amount, Cell, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.changes import CHANGES, change_sheets
from maisui.web.pages.customer_groups.curve_words import COURSE_NAMES, CURVE_NAMES
from maisui.web.pages.customer_groups.drawings import curve_rows
from maisui.web.pages.customer_groups.hours import CODE as HOURS
from maisui.web.pages.customer_groups.hours import HoursState, hours_sheets
from maisui.web.pages.customer_groups.page import MEMBERS, view_context
from maisui.web.pages.customer_groups.words import VIEW_NAMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import every_row
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest, number: int) -> Export:
    """Return all six views, the hours, or the customers, of a group; for more customers than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    desk = gateway.groups(request.user)  # type: ignore[arg-type]
    group = desk.one(number)
    view = request.GET.get("view")
    is_list = view in (MEMBERS, CHANGES)
    if view == CHANGES:
        sheets: tuple[Sheet, ...] = change_sheets(desk, group, request.GET)
    elif view == MEMBERS:
        sheets = (_members(desk, group),)
    elif view == HOURS:
        other = _other(desk, request)
        against = desk.selection(other) if other else None
        sheets = hours_sheets(gateway, desk, HoursState.of(request.GET), desk.selection(group), against, _base_name(other))
    else:
        other = _other(desk, request)
        sheets = _views(desk, gateway, group, other)
    return Export(
        "group",
        f"{choose('客户群', 'Customer group')} · {group.name}",
        sheets,
        name=f"group-{group.pk}",
        object_id=str(group.pk),
        details={"customers": len(sheets[-1].rows)} if is_list else {"views": len(sheets)},
        classification=SENSITIVE if is_list else INTERNAL,
    )


def _other(desk: GroupDesk, request: HttpRequest) -> CustomerGroup | None:
    return next((one for one in desk.visible() if str(one.pk) == request.GET.get("with")), None)


def _base_name(other: CustomerGroup | None) -> str:
    return other.name if other else choose("全部客户", "Everybody")


def _members(desk: GroupDesk, group: CustomerGroup) -> Sheet:
    found, rows = desk.members(group, 1, ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if found.total_count > most:
        raise NotAtOnceError(Text(f"一次最多导出 {most} 户；请收窄客户群", f"at most {most} customers at once: narrow the group"))
    everybody = every_row(rows, found.total_count, ROWS_AT_ONCE, lambda page: desk.members(group, page, ROWS_AT_ONCE, is_export=True)[1])
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("大类", "Kind"), width=10),
        Column(choose("等级", "Tier"), width=12),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("金融资产日均", "Average assets"), Unit.YUAN),
        Column(choose("贷款余额", "Loans"), Unit.YUAN),
        Column(choose("近十二个月贡献", "Contribution of twelve months"), Unit.YUAN),
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


def _views(desk: GroupDesk, gateway: Gateway, group: CustomerGroup, other: CustomerGroup | None) -> tuple[Sheet, ...]:
    """Return a sheet for each view, one for each family of curves, and one with all courses."""
    base = _base_name(other)
    views: list[Sheet] = []
    curves: list[Sheet] = []
    courses: list[Sequence[Cell]] = []
    for code in VIEWS:
        context = view_context(desk, gateway, code, desk.selection(group), desk.selection(other) if other else EVERYBODY)
        if context["tried"].error is not None:
            raise QuestionError(context["tried"].error.what, where="group", next_step=context["tried"].error.next_step)
        found: GroupView = context["tried"].value
        views.append(_view(context, group, base, code))
        curves += [_curves(table, f"{group.name} · {found.day}", base) for table in found.curves]
        name, unit = COURSE_NAMES[found.course_code]
        courses += [(str(name), point.day, _amount(point.value, unit), _amount(point.base, unit)) for point in found.course]
    columns = (
        Column(choose("指标", "Figure"), width=36),
        Column(choose("月末", "Month end"), width=14),
        Column(choose("本群", "The group"), Unit.YUAN),
        Column(base, Unit.YUAN),
    )
    return (*views, *curves, Sheet(choose("走势", "Over time"), group.name, columns, courses))


def _amount(value: Decimal | None, unit: Unit) -> Amount | None:
    return None if value is None else Amount(value, unit)


def _curves(table: CurveTable, title: str, base: str) -> Sheet:
    name, _ = CURVE_NAMES[table.code]
    ages = [choose(f"{age} 个月", f"{age} months") for age in table.ages]
    columns = [Column(choose("批次", "Cohort"), width=24)]
    for whose in (choose("本群", "The group"), base):
        columns += [Column(f"{whose} {choose('数量', 'number')}", Unit.COUNT), Column(f"{whose} {choose('放款金额', 'lent')}", Unit.YUAN)]
        columns += [Column(f"{whose} {age}", Unit.SHARE) for age in ages]
    return Sheet(str(name), f"{title} · {name}", tuple(columns), curve_rows(table))


def _view(context: dict[str, Any], group: CustomerGroup, base: str, code: str) -> Sheet:
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
        (str(name), "", None, _amount(value, unit), None, None, _amount(other_value, unit), None)
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
    for matrix in context["matrices"]:
        for opening, _, cells in matrix["rows"]:
            rows += [
                (str(matrix["name"]), f"{opening} → {closing}", None, None, share, None, None, base_share)
                for closing, (share, base_share) in zip(matrix["closings"], cells, strict=True)
            ]
    name = str(VIEW_NAMES[code])
    return Sheet(name, f"{group.name} · {name} · {context['tried'].value.day}", columns, rows)  # type: ignore[arg-type]
