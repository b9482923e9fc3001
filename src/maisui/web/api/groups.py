"""The routes of customer groups: those the token's owner keeps or that are shared with him, as figures only.

A token never carries the right to see customers, so there is no list of them, and lines of few customers are withheld.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import translation
from ninja import Router, Schema
from ninja.params.functions import Path, Query

from maisui.answers import EVERYBODY, VIEWS, GroupSize, GroupView, data_of, rule_of
from maisui.answers.group_curves import Curve, CurveTable
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.hours import hours_of
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.words import rule_words
from maisui.web.staff.models import StaffUser

router = Router()
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the group.")]
Against = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Another group; everybody by default.")]


class GroupLine(Schema):
    """One group: its rule in words and as data, and its size; sizes are null where the group is too small for the token's owner."""

    number: int
    name: str
    purpose: str
    owner: str
    frozen_on: date | None
    rule_zh: str
    rule_en: str
    rule: dict[str, Any]
    date: date | None
    customer_count: int | None
    asset_average_balance: str | None
    loan_balance: str | None
    year_contribution_amount: str | None


class MembersLine(Schema):
    """How many customers of a group are at home at one outlet, and their assets on average; nobody is named."""

    organisation: str
    organisation_name: str
    customer_count: int
    asset_average_balance: str
    date: date


@router.get("/groups", response={200: list[GroupLine], **PROBLEMS}, summary="Customer groups")
def groups_of_customers(request: HttpRequest) -> list[GroupLine]:
    """Return the groups of the token's owner and those shared with him, by name, each with its size within his organisations."""
    gateway, desk = gateway_of(request), _desk(request)
    gateway.require(Permission.FIGURE_VIEW)
    return [_line(gateway, desk, group) for group in desk.visible()]


@router.get("/groups/{number}", response={200: GroupLine, **PROBLEMS}, summary="One customer group")
def one_group_of_customers(request: HttpRequest, number: Number) -> GroupLine:
    """Return one group with its size within the owner's organisations."""
    gateway, desk = gateway_of(request), _desk(request)
    gateway.require(Permission.FIGURE_VIEW)
    return _line(gateway, desk, desk.one(number))


@router.get("/groups/{number}/views/{view}", response={200: dict[str, Any], **PROBLEMS}, summary="One of the six views of a group")
def view_of_a_group(request: HttpRequest, number: Number, view: str, against: Against = None) -> dict[str, Any]:
    """Return composition, value, behaviour, churn, risk or flow of a group beside another group or everybody."""
    gateway, desk = gateway_of(request), _desk(request)
    gateway.require(Permission.FIGURE_VIEW)
    if view not in VIEWS:
        raise QuestionError("there is no such view", where="view", next_step=f"choose one of: {', '.join(VIEWS)}")
    other = desk.selection(desk.one(against)) if against is not None else EVERYBODY
    return _view_json(desk.view(view, desk.selection(desk.one(number)), other))


@router.get("/groups/{number}/members", response={200: list[MembersLine], **PROBLEMS}, summary="Members of a group by outlet")
def members_of_a_group(request: HttpRequest, number: Number) -> list[MembersLine]:
    """Return how many customers of a group each outlet has, and their assets, within the owner's organisations; few are left out."""
    gateway, desk = gateway_of(request), _desk(request)
    gateway.require(Permission.FIGURE_VIEW)
    found = desk.view("composition", desk.selection(desk.one(number)))
    names = {node.code: node.name for node in gateway.organisations(Permission.FIGURE_VIEW)}
    lines = next(table.lines for table in found.tables if table.code == "organisation")
    return [
        MembersLine(
            organisation=line.code, organisation_name=names.get(line.code, line.code), customer_count=line.count,
            asset_average_balance=f"{line.amount:f}", date=found.day,
        )
        for line in lines
        if line.count
    ]  # fmt: skip


@router.get("/groups/{number}/hours", response={200: dict[str, Any], **PROBLEMS}, summary="When a group's customers come")
def hours_of_a_group(
    request: HttpRequest,
    number: Number,
    against: Against = None,
    months: Annotated[int, Query(description="Over how many months: 1, 3 or 12.")] = 3,
) -> dict[str, Any]:
    """Return transactions of a group by weekday and hour beside another group or everybody; squares of few are left out."""
    gateway, desk = gateway_of(request), _desk(request)
    gateway.require(Permission.FIGURE_VIEW)
    other = desk.selection(desk.one(against)) if against is not None else None
    shown = hours_of(gateway, desk, desk.selection(desk.one(number)), other, months)
    sides: dict[tuple[str, str], dict[str, Any]] = {}
    for side, hours in (("", shown.hours), ("base_", shown.base)):
        for line in hours.lines:
            if (place := (line.weekday, line.hour)) not in shown.withheld:
                square = sides.setdefault(place, {f"{name}{what}": 0 for name in ("", "base_") for what in ("count", "amount")})
                square[f"{side}count"] += line.count
                square[f"{side}amount"] += line.amount
    return {
        "first_day": shown.hours.first_day.isoformat(),
        "date": shown.hours.day.isoformat(),
        "squares": [
            {
                "weekday": int(weekday),
                "hour": hour,
                "transaction_count": square["count"],
                "transaction_amount": f"{square['amount']:.2f}",
                "base_transaction_count": square["base_count"],
                "base_transaction_amount": f"{square['base_amount']:.2f}",
            }
            for (weekday, hour), square in sorted(sides.items())
        ],
    }


def _desk(request: HttpRequest) -> GroupDesk:
    gateway = gateway_of(request)
    return gateway.groups(StaffUser.objects.get(username=gateway.actor.username))


def _line(gateway: Gateway, desk: GroupDesk, group: CustomerGroup) -> GroupLine:
    rule = rule_of(group.rule)
    names = {node.code: node.name for node in gateway.organisations(Permission.FIGURE_VIEW)}
    called = {str(one.pk): one.name for one in desk.visible()}
    words: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words[language] = rule_words(rule, names, called)
    size = _size(desk, group)
    return GroupLine(
        number=group.pk,
        name=group.name,
        purpose=group.purpose,
        owner=group.owner.name,
        frozen_on=group.frozen_on,
        rule_zh=words["zh-hans"],
        rule_en=words["en"],
        rule=data_of(rule),
        date=size.day if size else None,
        customer_count=size.customer_count if size else None,
        asset_average_balance=_text(size.asset_average_balance) if size else None,
        loan_balance=_text(size.loan_balance) if size else None,
        year_contribution_amount=_text(size.year_contribution_amount) if size else None,
    )


def _size(desk: GroupDesk, group: CustomerGroup) -> GroupSize | None:
    try:
        return desk.size(desk.selection(group))
    except QuestionError:
        return None


def _view_json(found: GroupView) -> dict[str, Any]:
    return {
        "view": found.code,
        "date": found.day.isoformat(),
        "customer_count": found.count,
        "base_customer_count": found.base_count,
        "figures": [{"code": one.code, "value": _text(one.value), "base_value": _text(one.base)} for one in found.figures],
        "tables": [
            {
                "code": table.code,
                "amount": table.amount_code,
                "is_whole": table.is_whole,
                "lines": [
                    {
                        "code": line.code,
                        "customer_count": line.count,
                        "amount": _text(line.amount),
                        "base_customer_count": line.base_count,
                        "base_amount": _text(line.base_amount),
                    }
                    for line in table.lines
                ],
            }
            for table in found.tables
        ],
        "course": {
            "code": found.course_code,
            "points": [
                {"date": point.day.isoformat(), "value": _text(point.value), "base_value": _text(point.base)} for point in found.course
            ],
        },
        "curves": [_curves_json(table) for table in found.curves],
    }


def _curves_json(table: CurveTable) -> dict[str, Any]:
    def cohort(one: Curve) -> dict[str, Any]:
        return {
            "cohort": one.code,
            "count": one.count,
            "shares": [_text(share) for share in one.shares],
            "base_count": one.base_count,
            "base_shares": [_text(share) for share in one.base_shares],
        }

    return {"code": table.code, "ages": list(table.ages), "cohorts": [cohort(one) for one in (table.whole, *table.cohorts)]}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
