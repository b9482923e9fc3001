"""The list of groups with their sizes, and one group: its rule in words, its six views, its customers, its history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import EVERYBODY, VIEWS, GroupView, Selection, Unit, ViewTable, conditions_of, rule_of
from maisui.errors import QuestionError
from maisui.web.access.permissions import ROLES, Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of, reference_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.groups import forget_group, freeze_group, share_group
from maisui.web.components.figures import Scale, column_scale
from maisui.web.customers.desk import require_visible
from maisui.web.follows.desk import followed
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.changes import CHANGES, changes_context
from maisui.web.pages.customer_groups.drawings import course_of, curves_of, matrix_of, months_of, sankey_of
from maisui.web.pages.customer_groups.hours import CODE as HOURS
from maisui.web.pages.customer_groups.hours import NAME as HOURS_NAME
from maisui.web.pages.customer_groups.hours import HoursState, hours_context
from maisui.web.pages.customer_groups.listed import names_said
from maisui.web.pages.customer_groups.templates_of_rules import TEMPLATES, builder_address
from maisui.web.pages.customer_groups.words import (
    AMOUNT_NAMES,
    FIGURE_NAMES,
    TABLE_NAMES,
    VIEW_NAMES,
    condition_words,
    excluding_ids,
    line_name,
    place_of,
    rule_words,
    shown_value,
)
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.known_contribution import knows_contribution
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.text import Text, choose

MEMBERS, WHY = "members", "why"
_LONGEST_CUSTOMER = 200
ROWS = 50
_NOT_MONEY = ("transaction_count",)
_MULTIPLE = ("channel", "hour", "spending", "product_group", "signal", "inflow", "outflow", "bank")
"""Tables in which a customer may stand in several lines."""
_SHARED = Text("已共享：同事打开时只见自己辖内的客户", "Shared: colleagues find the customers of their own organisations")
_NOT_SHARED = Text("未共享，只有本人可见；要共享请勾选“与同事共享”", "Not shared, only you see it: to share, tick “Share with colleagues”")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the groups the viewer may see, each with its size today."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "customer_groups/page.html", {"is_empty": True})
    desk = gateway.groups(request.user)  # type: ignore[arg-type]
    visible = desk.visible()
    names, called = _names(gateway), {str(group.pk): group.name for group in visible}
    context = {
        "rows": [
            {
                "group": group,
                "size": attempt(lambda group=group: desk.size(desk.selection(group))),
                "words": attempt(lambda group=group: _words(group, names, called)),
                "is_own": group.owner == request.user,
            }
            for group in visible
        ],
        "may_build": desk.sees_customers,
        "templates": [(name, builder_address(data, None)) for _, name, data in TEMPLATES],
        "unit": Unit.YUAN,
    }
    return render(request, "customer_groups/page.html", context)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one group: a view, its customers, or why one customer is in it or not."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    desk = gateway.groups(request.user)  # type: ignore[arg-type]
    group = desk.one(number)
    tab = request.GET.get("view") or VIEWS[0]
    if tab not in (*VIEWS, HOURS, MEMBERS, CHANGES, WHY):
        known = ", ".join((*VIEWS, HOURS, MEMBERS, CHANGES))
        raise QuestionError("there is no such view", where="view", next_step=f"choose one of: {known}")
    visible = desk.visible()
    other = next((one for one in visible if str(one.pk) == request.GET.get("with") and one.pk != number), None)
    names, called = _names(gateway), {str(one.pk): one.name for one in visible}
    selection = desk.selection(group)
    context: dict[str, Any] = {
        "group": group,
        "is_own": group.owner == request.user,
        "is_followed": followed(request.user).filter(group=group).exists(),  # type: ignore[arg-type]
        "words": _words(group, names, called),
        "has_rule": bool(conditions_of(rule_of(group.rule))),
        "size": attempt(lambda: desk.size(selection, desk.selection(other) if other else None)),
        "tab": tab,
        "tabs": [(VIEW_NAMES[code], code == tab, _query(code, other)) for code in VIEWS]
        + [(HOURS_NAME, tab == HOURS, _query(HOURS, other))]
        + (
            [
                (Text("客户名单", "Customers"), tab == MEMBERS, _query(MEMBERS, None)),
                (Text("成员变动", "Joined and left"), tab == CHANGES, _query(CHANGES, None)),
            ]
            if desk.sees_customers
            else []
        ),
        "other": other,
        "others": [(one.pk, one.name, other is not None and one.pk == other.pk) for one in visible if one.pk != number],
        "base_name": other.name if other else choose("全部客户", "Everybody"),
        "sees_customers": desk.sees_customers,
        "fewest": desk.fewest,
        "roles": [(role.code, role.name, role.code == group.shared_role) for role in ROLES if not role.is_administrator],
        "organisations": [
            (node.code, node.name, node.code == group.shared_organisation)
            for node in gateway.organisations(Permission.CUSTOMER_VIEW if desk.sees_customers else Permission.FIGURE_VIEW)
        ],
        "knows_contribution": knows_contribution(gateway),
        "states": group.states.select_related("changed_by")[:12],  # type: ignore[attr-defined]
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT if tab in (MEMBERS, CHANGES) else Permission.FIGURE_EXPORT),
        "may_propose": gateway.may(Permission.CUSTOMER_EXPORT),
        "query": request.GET.urlencode() if tab in (CHANGES, HOURS) else _query(tab, other),
        "unit": Unit.YUAN,
        "share_unit": Unit.SHARE,
    }
    if tab == MEMBERS:
        context |= _members(desk, group, request.GET.get("page", "")) | chosen_context(gateway)
    elif tab == CHANGES:
        context |= changes_context(desk, group, request.GET)
    elif tab == HOURS:
        state = HoursState.of(request.GET)
        against = desk.selection(other) if other else None
        context |= hours_context(gateway, desk, state, selection, against, other.pk if other else None)
        context["kept"] = state.pairs()
    elif tab == WHY:
        context |= _why(desk, gateway, group, request.GET.get("customer", ""), names, called)
    else:
        context |= view_context(desk, gateway, tab, selection, desk.selection(other) if other else EVERYBODY)
        context |= _drawn(context, str(context["base_name"]), _names(gateway))
    return render(request, "customer_groups/one.html", context)


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """Keep today's customers of a group."""
    return _done(request, number, lambda: freeze_group(request.gateway, request.user, number))  # type: ignore[attr-defined]


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Share a group, or share it no longer."""
    given = request.POST
    is_shared = given.get("shared") == "yes"
    return _done(
        request,
        number,
        lambda: share_group(
            request.gateway,  # type: ignore[attr-defined]
            request.user,  # type: ignore[arg-type]
            number,
            is_shared=is_shared,
            role=given.get("role", ""),
            organisation=given.get("organisation", ""),
        ),
        _SHARED if is_shared else _NOT_SHARED,
    )


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def ask_why(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to why the customer of a typed number is in the group or not; the number itself stands in no address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    customer = "".join(request.POST.get("customer_number", "").split())[:_LONGEST_CUSTOMER]
    address = reverse("customer_groups_one", args=[number])
    try:
        require_visible(gateway, customer)
    except NotVisibleError:
        messages.warning(request, str(Text("没有该客户，或不在您的范围内", "there is no such customer in your organisations")))
        return redirect(f"{address}?view={MEMBERS}")
    return redirect(f"{address}?{urlencode({'view': WHY, 'customer': reference_of(customer)})}")


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Forget one's own group."""
    forget_group(request.gateway, request.user, number)  # type: ignore[attr-defined]
    return redirect("customer_groups")


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def chosen(request: HttpRequest, number: int) -> HttpResponse:
    """Do something with the customers ticked, or with all of the group."""
    desk = request.gateway.groups(request.user)  # type: ignore[attr-defined]
    group = desk.one(number)
    back = f"{reverse('customer_groups_one', args=[number])}?view={MEMBERS}"
    return acted(
        request, ChosenFrom(f"group {number}", back, None, lambda permission, _: desk.numbers(desk.selection(group), permission), back)
    )


def view_context(desk: GroupDesk, gateway: Gateway, code: str, selection: Selection, against: Selection) -> dict[str, Any]:
    """Return one view as the page and the workbook show it."""
    tried = attempt(lambda: desk.view(code, selection, against))
    if tried.value is None:
        return {"tried": tried}
    found, names = tried.value, _names(gateway)
    return {
        "tried": tried,
        "tables": _tables(found, names),
        "matrices": [matrix_of(table, names) for table in found.tables if table.lines and table.is_transition],
        "figures": [(FIGURE_NAMES[one.code][0], FIGURE_NAMES[one.code][1], one.value, one.base) for one in found.figures],
        "months": found.months,
        "month_names": (
            (Text("流入", "Inflow"), Text("流出", "Outflow"))
            if code == "flow"
            else (Text("金融资产日均", "Average assets"), Text("贷款余额", "Loans"))
        ),
        "month_heading": Text("今日成员近十二个月的资金流", "Flows of today's customers over twelve months")
        if code == "flow"
        else Text("今日成员近十二个月的变化", "Today's customers over twelve months"),
        "month_count_name": Text("有往来的客户", "With flows") if code == "flow" else Text("有未销账户的客户", "With an open account"),
    }


def _drawn(context: dict[str, Any], base_name: str, names: dict[str, str]) -> dict[str, Any]:
    """Return the drawings of a view that was found."""
    found: GroupView | None = context["tried"].value
    if found is None:
        return {}
    return {
        "course": course_of(found, base_name),
        "curves": [curves_of(table, base_name) for table in found.curves],
        "month_drawing": months_of(found.months, context["month_names"]) if len(found.months) > 1 else None,
        "sankey": sankey_of(found.tables, names) if found.code == "flow" else None,
    }


def _tables(view: GroupView, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the tables of a view; all that show the same amount, such as assets, do so at one scale."""
    tables = [table for table in view.tables if table.lines and not table.is_transition]
    amounts: dict[str, list[Decimal]] = {}
    for table in tables:
        amounts.setdefault(table.amount_code, []).extend(Decimal(line.amount) for line in table.lines)
    scales = {code: column_scale(known, Unit.COUNT if code in _NOT_MONEY else Unit.YUAN) for code, known in amounts.items()}
    return [_table(view, table, names, scales[table.amount_code]) for table in tables]


def _table(view: GroupView, table: ViewTable, names: dict[str, str], scale: Scale) -> dict[str, Any]:
    """Return a table with the share of each line in group and base, by amount or by customers."""
    amounts, bases = sum(line.amount for line in table.lines), sum(line.base_amount for line in table.lines)
    lines: list[dict[str, Any]] = []
    for line in sorted(table.lines, key=lambda line: place_of(line.code)):
        if table.shares_amount:
            share, base = _share(line.amount, amounts), _share(line.base_amount, bases)
        else:
            share, base = _share(line.count, view.count), _share(line.base_count, view.base_count)
        name = line_name(table.code, line.code, names)
        lines.append({"line": line, "name": name, "share": share, "base": base, "width": _percent(share), "base_width": _percent(base)})
    is_money = table.amount_code not in _NOT_MONEY
    return {
        "code": table.code,
        "name": TABLE_NAMES[table.code],
        "amount_name": AMOUNT_NAMES[table.amount_code],
        "unit": Unit.YUAN if is_money else Unit.COUNT,
        "scale": scale,
        "lines": lines,
        "is_multiple": table.code in _MULTIPLE,
        "by_amount": table.shares_amount,
    }


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None


def _percent(share: Decimal | None) -> int:
    return 0 if share is None else max(0, min(100, round(share * 100)))


def _members(desk: GroupDesk, group: CustomerGroup, page: str) -> dict[str, Any]:
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1  # noqa: PLR2004 - no list is that long
    found, rows = desk.members(group, number, ROWS)
    return {
        "members": [(row, value_word(row.customer_kind), value_word(row.tier_code)) for row in rows],
        "slice": Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count),
    }


def _why(
    desk: GroupDesk, gateway: Gateway, group: CustomerGroup, reference: str, names: dict[str, str], called: dict[str, str]
) -> dict[str, Any]:
    found = desk.why(group, customer_of(reference))
    places = namer(gateway, "organisation")
    excluding = excluding_ids(rule_of(group.rule))
    return {
        "why": found,
        "reference": reference,
        "findings": [
            {
                "said": condition_words(one.condition, names, called),
                "holds": one.holds,
                "excludes": one.condition.id in excluding,
                "value": shown_value(one.condition, one.value, lambda code: str(places(code))),
            }
            for one in found.findings
        ],
    }


def _words(group: CustomerGroup, names: dict[str, str], called: dict[str, str]) -> str:
    """Return whom a group means: its rule in words, or that its customers were chosen one by one."""
    rule = rule_of(group.rule)
    if group.frozen_on and not conditions_of(rule):
        return choose("名单逐户选定，不随条件变化", "customers chosen one by one, no rule")
    return rule_words(rule, names, called)


def _names(gateway: Gateway) -> dict[str, str]:
    return names_said(gateway)


def _query(tab: str, other: CustomerGroup | None) -> str:
    return urlencode([("view", tab), *([("with", other.pk)] if other else [])])


def _done(request: HttpRequest, number: int, act: Any, said: Text | None = None) -> HttpResponse:
    try:
        act()
        if said:
            messages.success(request, str(said))
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect("customer_groups_one", number=number)
