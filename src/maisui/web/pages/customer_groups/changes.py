"""Who joined a living group and who left it, month by month: the tab, and the sheets that say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict

from maisui.answers import Unit
from maisui.answers.group_history import Change, GroupMonth
from maisui.errors import QuestionError
from maisui.web.exports.sheets import Column, NotAtOnceError, Sheet
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.drawings import sizes_of
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice, every_row
from maisui.web.text import Text, choose

CHANGES = "changes"
ROWS = 50
ROWS_AT_ONCE = 200
KINDS: dict[Change, Text] = {"joined": Text("加入", "Joined"), "left": Text("离开", "Left")}
_LONGEST_NUMBER = 8


def changes_context(desk: GroupDesk, group: CustomerGroup, query: QueryDict) -> dict[str, Any]:
    """Return the group by month, and the page of those who joined or left that the address asks for."""
    months = desk.history(group)
    if group.members is not None or len(months) < 2:  # noqa: PLR2004 - a change needs a before and an after
        return {"change_months": ()}
    day, change = _asked(months, query)
    asked = query.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER else 1
    found, rows = desk.changes(group, day, change, number, ROWS)
    return {
        "change_months": months[::-1],
        "size_drawing": sizes_of(months),
        "change_day": day,
        "change": change,
        "change_kinds": [(code, name, code == change) for code, name in KINDS.items()],
        "changed": [(row, value_word(row.customer_kind)) for row in rows],
        "slice": Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count),
    }


def change_sheets(desk: GroupDesk, group: CustomerGroup, query: QueryDict) -> tuple[Sheet, ...]:
    """Return the group by month, and everybody who joined or left in the month of the address."""
    months = desk.history(group)
    day, change = _asked(months, query) if len(months) > 1 else (None, "joined")
    columns = (
        Column(choose("月末", "Month end"), width=14),
        Column(choose("客户数", "Customers"), Unit.COUNT),
        Column(choose("加入", "Joined"), Unit.COUNT),
        Column(choose("加入者金融资产日均", "Average assets of who joined"), Unit.YUAN),
        Column(choose("离开", "Left"), Unit.COUNT),
        Column(choose("离开者原金融资产日均", "Former average assets of who left"), Unit.YUAN),
    )
    lines = [(one.day, one.count, one.joined, one.joined_amount, one.left, one.left_amount) for one in months]
    by_month = Sheet(choose("按月", "By month"), group.name, columns, lines)
    if day is None:
        return (by_month,)
    found, first = desk.changes(group, day, change, 1, ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if found.total_count > most:
        raise NotAtOnceError(Text(f"一次最多导出 {most} 户；请收窄客户群", f"at most {most} customers at once: narrow the group"))
    rows = every_row(
        first, found.total_count, ROWS_AT_ONCE, lambda page: desk.changes(group, day, change, page, ROWS_AT_ONCE, is_export=True)[1]
    )
    listed = [
        (row.customer_name, row.customer_number, str(value_word(row.customer_kind)), row.home_organisation_name, row.asset_average_balance)
        for row in rows
    ]
    who = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("大类", "Kind"), width=10),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("金融资产日均", "Average assets"), Unit.YUAN),
    )
    return by_month, Sheet(str(KINDS[change]), f"{group.name} · {KINDS[change]} · {day}", who, listed)


def _asked(months: tuple[GroupMonth, ...], query: QueryDict) -> tuple[date, Change]:
    """Return the month and the change of the address; the last month and who joined by default.

    Raises:
        QuestionError: when either means nothing.
    """
    days = {one.day.isoformat(): one.day for one in months[1:]}
    day = days.get(query.get("month") or months[-1].day.isoformat())
    change = query.get("change") or "joined"
    if day is None or change not in KINDS:
        raise QuestionError("there is no such month or change", where="month", next_step="choose one from the table")
    return day, change
