"""The hours of a group as a viewer may see them: whoever may not see customers sees no square of few, and narrows nothing.

Narrowed squares could be taken from one another, so that channel and content are for whoever may see customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers import EVERYBODY, Selection, ViewLine, ViewTable
from maisui.answers.group_hours import HOUR_MONTHS, Hours, all_hours, customers_by_hour, group_hours
from maisui.errors import QuestionError
from maisui.web.groups.desk import GroupDesk, key_of

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

Place = tuple[str, str]
"""Weekday and hour."""


@dataclass(frozen=True, slots=True)
class ShownHours:
    """Hours of a group and of what it is held against, and the squares that are withheld from this viewer in both."""

    hours: Hours
    base: Hours
    withheld: frozenset[Place]


def hours_of(gateway: Gateway, desk: GroupDesk, selection: Selection, against: Selection | None, months: int) -> ShownHours:
    """Return the hours of a group beside another group, or everybody's accounts within the viewer's organisations.

    Raises:
        QuestionError: when hours are not kept over so many months, or so few are in a group, or beside it, that hours would tell of them.
    """
    if months not in HOUR_MONTHS:
        raise QuestionError(
            "hours are not kept over so many months", where="months", next_step=f"choose one of: {', '.join(map(str, HOUR_MONTHS))}"
        )
    places = desk.organisations()
    for one in (selection, against):
        if one is not None:
            desk.size(one)  # refused where it, or everybody else, is too few for this viewer
    hours = _group(gateway, places, selection, months)
    base = _everybody(gateway, places, months) if against is None else _group(gateway, places, against, months)
    if desk.sees_customers:
        return ShownHours(hours, base, frozenset())
    return ShownHours(hours, base, _withheld(gateway, desk, selection, EVERYBODY if against is None else against, months))


def _group(gateway: Gateway, places: tuple[str, ...] | None, selection: Selection, months: int) -> Hours:
    key = ("group_hours", places, key_of(selection), months)
    return gateway.shared(key, lambda reader: group_hours(reader, selection, places, months))


def _everybody(gateway: Gateway, places: tuple[str, ...] | None, months: int) -> Hours:
    return gateway.shared(("all_hours", places, months), lambda reader: all_hours(reader, places, months))


def _withheld(gateway: Gateway, desk: GroupDesk, selection: Selection, against: Selection, months: int) -> frozenset[Place]:
    """Return the squares of few customers in either group or beside it, with as many more as hide them in the sum of all squares."""
    withheld, places = desk.withheld(selection, against), desk.organisations()

    def counts(one: Selection) -> Mapping[Place, int]:
        key = ("customers_by_hour", places, key_of(one), months)
        return gateway.shared(key, lambda reader: customers_by_hour(reader, one, places, months))

    everybody, own, other, nothing = counts(EVERYBODY), counts(selection), counts(against), Decimal(0)
    squares = sorted(own.keys() | other.keys())
    lines = tuple(ViewLine(f"{day}:{hour}", own.get((day, hour), 0), nothing, other.get((day, hour), 0), nothing) for day, hour in squares)
    of_all = {f"{day}:{hour}": count for (day, hour), count in everybody.items()}
    left = {line.code for line in withheld.table(ViewTable("hours", "", lines), of_all).lines}
    return frozenset((day, hour) for day, hour in squares if f"{day}:{hour}" not in left)


def narrowed(hours: Hours, channel: str, content: str) -> Hours:
    """Return the hours of one channel and one content; empty is all of them."""
    return replace(hours, lines=tuple(one for one in hours.lines if channel in ("", one.channel) and content in ("", one.content)))
