"""The hours of a group on its page: a square for each weekday and hour, by channel and content, beside everybody or another group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from maisui.answers import Metric, Selection, Unit
from maisui.answers.group_hours import HOUR_MONTHS, HourLine, Hours
from maisui.errors import QuestionError
from maisui.web.components.figures import Scale, column_scale, largest_of, scale_of
from maisui.web.exports.sheets import Cell, Column, Sheet
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.groups.hours import Place, ShownHours, hours_of, narrowed
from maisui.web.pages.channels.figures import Cross, HeatCell, level
from maisui.web.pages.channels.tables import NIL
from maisui.web.pages.channels.words import HOURS, channel_word, content_word
from maisui.web.pages.overview.figures import attempt, metrics_by_code
from maisui.web.pages.overview.words import WEEKDAY_WORDS
from maisui.web.text import Text, choose

CODE = "hours"
NAME = Text("时段", "Hours")
AMOUNT = "amount"
_USUAL_MONTHS = 3
_MOST_NAMED = 5
_MONTH_NAMES: dict[int, Text] = {months: Text(f"近 {months} 个月", f"{months} months") for months in HOUR_MONTHS} | {
    1: Text("数据日所在月", "This month")
}


@dataclass(frozen=True, slots=True)
class HoursState:
    """What the address says of the hours: over how many months, of which channel and content, by count or by amount."""

    months: int = _USUAL_MONTHS
    channel: str = ""
    content: str = ""
    measure: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        months, measure = query.get("months") or str(_USUAL_MONTHS), query.get("measure", "")
        if months not in {str(one) for one in HOUR_MONTHS}:
            raise QuestionError("hours are not kept over so many months", where="months", next_step=f"choose one of: {HOUR_MONTHS}")
        if measure not in ("", AMOUNT):
            raise QuestionError("hours are not measured so", where="measure", next_step=f"choose {AMOUNT}, or leave it out")
        return cls(int(months), query.get("channel", ""), query.get("content", ""), measure)

    def query(self, other: int | None, **changes: Any) -> str:
        """Return the query string of the page with this state and `changes`, held against the group numbered `other`."""
        against = [("with", str(other))] if other is not None else []
        return urlencode([("view", CODE), *against, *replace(self, **changes).pairs()])

    def pairs(self) -> list[tuple[str, str]]:
        """Return what an address or a form keeps of the state; defaults are left out."""
        plain, own = HoursState(), ((name, getattr(self, name)) for name in ("months", "channel", "content", "measure"))
        return [(name, str(value)) for name, value in own if value != getattr(plain, name)]


@dataclass(frozen=True, slots=True)
class HoursHeat:
    """The squares of one side: a row a weekday, its sum (None where squares are withheld), all in all, untimed, and the busiest.

    A cell of None is withheld.
    """

    rows: tuple[tuple[Text, tuple[HeatCell | None, ...], Decimal | None], ...]
    total: Decimal
    untimed: Decimal
    peak: tuple[Text, str, Decimal] | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A square whose share of the group's transactions is far from its share of the others'."""

    weekday: Text
    hour: str
    share: Decimal
    base_share: Decimal


def hours_context(
    gateway: Gateway, desk: GroupDesk, state: HoursState, selection: Selection, against: Selection | None, other: int | None
) -> dict[str, Any]:
    """Return the hours as the page shows them."""
    tried = attempt(lambda: asked(gateway, desk, state, selection, against))
    if tried.value is None:
        return {"tried": tried}
    shown = tried.value
    metric, scale = _measured(gateway, state, shown)
    every = hours_of(gateway, desk, selection, against, state.months)
    filters = _filters(state, other, (*every.hours.lines, *every.base.lines)) if desk.sees_customers else []
    return {
        "tried": tried,
        "first_day": shown.hours.first_day,
        "day": shown.hours.day,
        "hours": HOURS,
        "metric": metric,
        "scale": scale,
        "base_scale": _scale(_values(shown.base, state).values(), metric),
        "month_choices": [(_MONTH_NAMES[one], one == state.months, state.query(other, months=one)) for one in HOUR_MONTHS],
        "measures": [
            (Text("笔数", "Count"), state.measure != AMOUNT, state.query(other, measure="")),
            (Text("金额", "Amount"), state.measure == AMOUNT, state.query(other, measure=AMOUNT)),
        ],
        "filters": filters,
        "heats": (heat_of(shown.hours, state, shown.withheld), heat_of(shown.base, state, shown.withheld)),
        "apart": apart(shown, state),
        "cross": attempt(lambda: cross_of(shown.hours, metric)) if desk.sees_customers and not state.measure else None,
        "withholds": bool(shown.withheld),
    }


def asked(gateway: Gateway, desk: GroupDesk, state: HoursState, selection: Selection, against: Selection | None) -> ShownHours:
    """Return the hours of the state, narrowed by its channel and content.

    Raises:
        QuestionError: when a group is too small for this viewer, or he narrows hours without seeing customers.
    """
    found = hours_of(gateway, desk, selection, against, state.months)
    if not (state.channel or state.content):
        return found
    if not desk.sees_customers:
        raise QuestionError("hours are narrowed by whoever may see customers", where="channel", next_step="leave channel and content out")
    return replace(
        found, hours=narrowed(found.hours, state.channel, state.content), base=narrowed(found.base, state.channel, state.content)
    )


def heat_of(hours: Hours, state: HoursState, withheld: frozenset[Place]) -> HoursHeat:
    """Return the squares of one side, shaded by fifths of its largest that is shown."""
    values = _values(hours, state)
    timed = {place: value for place, value in values.items() if place[1] in HOURS and place not in withheld}
    most = max(timed.values(), default=NIL)
    peak = max(timed, key=lambda place: (timed[place], place), default=None)
    rows = tuple(
        (
            name,
            tuple(
                None if (day, hour) in withheld else HeatCell(timed.get((day, hour)), level(timed.get((day, hour)), most), hour)
                for hour in HOURS
            ),
            None if any(day == place[0] for place in withheld) else sum((value for (when, _), value in values.items() if when == day), NIL),
        )
        for day, name in WEEKDAY_WORDS.items()
    )
    untimed = sum((value for place, value in values.items() if place[1] not in HOURS and place not in withheld), NIL)
    return HoursHeat(rows, sum(values.values(), NIL), untimed, (WEEKDAY_WORDS[peak[0]], peak[1], timed[peak]) if peak and most else None)


def apart(shown: ShownHours, state: HoursState) -> tuple[tuple[Apart, ...], tuple[Apart, ...]]:
    """Return the squares in which the group comes more, and less, than what it is held against: at most five each, farthest first."""
    own, base = _shares(shown.hours, state), _shares(shown.base, state)
    places = [place for place in own.keys() | base.keys() if place[1] in HOURS and place not in shown.withheld]
    found = sorted(places, key=lambda place: (own.get(place, NIL) - base.get(place, NIL), place))
    far = [
        Apart(WEEKDAY_WORDS[place[0]], place[1], own.get(place, NIL), base.get(place, NIL))
        for place in found
        if own.get(place, NIL) != base.get(place, NIL)
    ]
    more = tuple(one for one in reversed(far) if one.share > one.base_share)[:_MOST_NAMED]
    return more, tuple(one for one in far if one.share < one.base_share)[:_MOST_NAMED]


def cross_of(hours: Hours, metric: Metric) -> Cross:
    """Return what the group does through which channel, the most frequent first."""
    values: dict[Place, Decimal] = {}
    for line in hours.lines:
        values[line.content, line.channel] = values.get((line.content, line.channel), NIL) + line.count
    contents, channels = _ranked(values, 0), _ranked(values, 1)
    most = largest_of(values.values()) or NIL
    return Cross(
        metric,
        tuple((code, channel_word(code)) for code in channels),
        tuple(
            (
                content,
                content_word(content),
                tuple(HeatCell(values.get((content, code)), level(values.get((content, code)), most), code) for code in channels),
                sum((values.get((content, code), NIL) for code in channels), NIL),
            )
            for content in contents
        ),
    )


def hours_sheets(
    gateway: Gateway, desk: GroupDesk, state: HoursState, selection: Selection, against: Selection | None, base: str
) -> tuple[Sheet, ...]:
    """Return the hours of the state as a sheet: a line a weekday and hour, group beside base; withheld squares are left out.

    Raises:
        QuestionError: as `asked` does.
    """
    shown = asked(gateway, desk, state, selection, against)
    metric, _ = _measured(gateway, state, shown)
    own, other = _values(shown.hours, state), _values(shown.base, state)
    shares, base_shares = _shares(shown.hours, state), _shares(shown.base, state)
    said = choose(metric.name_zh, metric.name_en)
    columns = (
        Column(choose("星期", "Weekday"), width=12),
        Column(choose("小时", "Hour"), width=12),
        Column(f"{choose('本群', 'The group')} {said}", metric.unit),
        Column(choose("本群占比", "Share of the group"), Unit.SHARE),
        Column(f"{base} {said}", metric.unit),
        Column(f"{base} {choose('占比', 'share')}", Unit.SHARE),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(WEEKDAY_WORDS[place[0]]),
            place[1] if place[1] in HOURS else choose("未报送时间", "no time delivered"),
            own.get(place, NIL),
            shares.get(place),
            other.get(place, NIL),
            base_shares.get(place),
        )
        for place in sorted(own.keys() | other.keys())
        if place not in shown.withheld
    ]
    about = f"{shown.hours.first_day} – {shown.hours.day}"
    narrowed_to = [str(word(code)) for word, code in ((channel_word, state.channel), (content_word, state.content)) if code]
    return (Sheet(str(NAME), " · ".join((str(NAME), about, *narrowed_to)), columns, rows),)


def _values(hours: Hours, state: HoursState) -> dict[Place, Decimal]:
    found: dict[Place, Decimal] = {}
    for line in hours.lines:
        place = (line.weekday, line.hour)
        found[place] = found.get(place, NIL) + (line.amount if state.measure == AMOUNT else Decimal(line.count))
    return found


def _shares(hours: Hours, state: HoursState) -> dict[Place, Decimal]:
    values = _values(hours, state)
    whole = sum(values.values(), NIL)
    return {place: value / whole for place, value in values.items()} if whole else {}


def _measured(gateway: Gateway, state: HoursState, shown: ShownHours) -> tuple[Metric, Scale]:
    """Return the metric that the squares are of, and the scale at which the group's are written."""
    metric = metrics_by_code(gateway)["hourly_transaction_amount" if state.measure == AMOUNT else "hourly_transaction_count"]
    return metric, _scale(_values(shown.hours, state).values(), metric)


def _scale(values: Iterable[Decimal], metric: Metric) -> Scale:
    most = max(values, default=NIL)
    return scale_of(most, metric.unit) if metric.unit is not Unit.COUNT else column_scale([most], Unit.COUNT)


def _ranked(values: Mapping[Place, Decimal], side: int) -> list[str]:
    sums: dict[str, Decimal] = {}
    for place, value in values.items():
        sums[place[side]] = sums.get(place[side], NIL) + value
    return sorted(sums, key=lambda code: (-sums[code], code))


def _filters(state: HoursState, other: int | None, lines: Iterable[HourLine]) -> list[tuple[Text, list[tuple[Text, bool, str]]]]:
    """Return what the hours may be narrowed by: each value that stands in them, or in the address, with its address."""
    known = list(lines)
    channels = {one.channel for one in known} | ({state.channel} - {""})
    contents = {one.content for one in known} | ({state.content} - {""})
    everything = Text("全部", "All")
    return [
        (
            Text("渠道", "Channel"),
            [
                (everything if not code else channel_word(code), code == state.channel, state.query(other, channel=code))
                for code in ("", *sorted(channels))
            ],
        ),
        (
            Text("业务内容", "Content"),
            [
                (everything if not code else content_word(code), code == state.content, state.query(other, content=code))
                for code in ("", *sorted(contents))
            ],
        ),
    ]
