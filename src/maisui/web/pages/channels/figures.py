"""What the page of channels asks: the table of channels, their months, the hours of the week, and contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, Expected, ForecastQuery, Metric, Period, Rung, Unit
from maisui.errors import QuestionError
from maisui.web.components.figures import Scale, column_scale, largest_of, scale_of
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.tables import NIL, Table, table_of
from maisui.web.pages.channels.words import HOURS, channel_word, content_word
from maisui.web.pages.overview.drawings import Sparkline, sparkline
from maisui.web.pages.overview.figures import SPARK_MONTHS, metrics_by_code, own_code
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import VALUE_WORDS, WEEKDAY_WORDS, value_word
from maisui.web.text import Text

COLUMNS: tuple[str, ...] = (
    "transaction_count",
    "transaction_amount",
    "channel_customer_count",
    "reversal_count",
    "transaction_success_rate",
    "channel_unit_cost",
    "channel_servicing_cost",
    "channel_fee_amount",
)
CHILD_COLUMNS: tuple[str, ...] = (
    "transaction_count",
    "transaction_amount",
    "channel_customer_count",
    "electronic_substitution_rate",
    "transaction_success_rate",
    "channel_unit_cost",
    "channel_servicing_cost",
)
TREND_METRICS: tuple[str, ...] = (*COLUMNS, "electronic_substitution_rate", "electronic_share")
FILTERS: dict[str, Text] = {
    "channel": Text("渠道", "Channel"),
    "transaction_type": Text("业务内容", "Content"),
    "customer_kind": Text("客户大类", "Kind of customer"),
    "tier": Text("客户等级", "Tier"),
}
"""By what the hours of the week may be narrowed."""
LEVELS = 5


def trend_metric(state: State) -> State:
    """Return the state with the metric whose course is drawn: the number of transactions unless the address names one of the page's."""
    return state if state.metric in TREND_METRICS else replace(state, metric=TREND_METRICS[0])


@dataclass(frozen=True, slots=True)
class Course:
    """A channel's whole months: the line of thirteen, and what next month may be."""

    spark: Sparkline | None
    expected: Expected | None


def channel_table(gateway: Gateway, state: State) -> Table:
    """Return the table of channels."""
    return table_of(gateway, state, "channel", COLUMNS, channel_word)


def child_table(gateway: Gateway, state: State, names: Mapping[str, str]) -> Table:
    """Return the organisations below, side by side."""
    below = frozenset(names) - {own_code(gateway, state)}
    return table_of(gateway, state, CHILD, CHILD_COLUMNS, lambda code: names.get(code, code), below=below)


def courses_of(gateway: Gateway, state: State, days: Sequence[date]) -> dict[str, Course]:
    """Return the course of each channel over `days`, month ends; the last of them counts only where its month is whole.

    What is expected is the forecast of the page of forecasts, where its last month is the last of these; a value that is only held is none.
    """
    answer = gateway.ask(replace(state, period=Period.TO_DATE).question("hourly_transaction_count", ("channel", "date")))
    found: dict[str, dict[str, Decimal | None]] = {}
    for row in answer.rows:
        found.setdefault(row.dimensions["channel"], {})[row.dimensions["date"]] = row.value
    whole = [day for day in days if day.isoformat() in {when for line in found.values() for when in line}]
    forecast = gateway.forecasts.of(ForecastQuery("transaction_count", state.organisation))
    lines = forecast.members if forecast and forecast.day == max(whole, default=None) else ()
    expected = {line.code: line.ahead[0] for line in lines if line.ahead and line.rung is not Rung.RULE}
    courses: dict[str, Course] = {}
    for code, line in found.items():
        values = [line.get(day.isoformat(), NIL) for day in whole]
        courses[code] = Course(sparkline(values[-SPARK_MONTHS:]), expected.get(code))
    return courses


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One square: its value, how dark it is (0 nothing, 5 the most), and its words."""

    value: Decimal | None
    level: int
    hour: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The hours of the week: a row a weekday, the busiest square, and what no hour is known of."""

    metric: Metric
    scale: Scale
    rows: tuple[tuple[Text, tuple[HeatCell, ...], Decimal], ...]
    total: Decimal
    untimed: Decimal
    peak: tuple[Text, str, Decimal] | None


def narrowed(state: State) -> dict[str, str]:
    """Return by what the hours of the week are narrowed.

    Raises:
        QuestionError: when a dimension is none of those offered.
    """
    for dimension, _ in state.within:
        if dimension not in FILTERS:
            raise QuestionError(
                f"hours cannot be narrowed by {dimension!r}", where="within", next_step=f"choose one of: {', '.join(FILTERS)}"
            )
    return dict(state.within)


def heat_of(gateway: Gateway, state: State) -> Heat:
    """Return the hours of the week of the state's filters, by count or, where the split says so, by amount.

    Raises:
        MaisuiError: as `narrowed` and the gateway do.
    """
    within = narrowed(state)
    code = "hourly_transaction_amount" if state.split == "amount" else "hourly_transaction_count"
    answer = gateway.ask(state.question(code, ("weekday", "hour", *within)))
    values: dict[tuple[str, str], Decimal] = {}
    for row in answer.rows:
        if row.value is not None and all(row.dimensions[dimension] == value for dimension, value in within.items()):
            values[row.dimensions["weekday"], row.dimensions["hour"]] = row.value
    timed = {place: value for place, value in values.items() if place[1] in HOURS}
    most = max(timed.values(), default=NIL)
    peak = max(timed, key=lambda place: (timed[place], place), default=None)
    words = WEEKDAY_WORDS
    rows = tuple(
        (
            name,
            tuple(HeatCell(timed.get((day, hour)), level(timed.get((day, hour)), most), hour) for hour in HOURS),
            sum((value for (when, _), value in values.items() if when == day), NIL),
        )
        for day, name in WEEKDAY_WORDS.items()
    )
    return Heat(
        answer.metric,
        scale_of(most, answer.metric.unit) if answer.metric.unit is not Unit.COUNT else column_scale([most], Unit.COUNT),
        rows,
        sum(values.values(), NIL),
        sum((value for place, value in values.items() if place[1] not in HOURS), NIL),
        (words[peak[0]], peak[1], timed[peak]) if peak and most else None,
    )


def level(value: Decimal | None, most: Decimal) -> int:
    """Return how dark a square is: 0 for nothing, else the fifth of the largest into which it falls."""
    if not value or value < 0 or not most:
        return 0
    return min(LEVELS, int(value * LEVELS / most) + 1)


@dataclass(frozen=True, slots=True)
class Cross:
    """Contents by channel: names of the columns, and a row for each content with its squares and sum."""

    metric: Metric
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[str, Text, tuple[HeatCell, ...], Decimal], ...]


def contents_of(gateway: Gateway, state: State) -> Cross:
    """Return what is done through which channel, the most frequent content and channel first."""
    answer = gateway.ask(state.question("transaction_count", ("channel", "transaction_type")))
    values = {(row.dimensions["transaction_type"], row.dimensions["channel"]): row.value for row in answer.rows if row.value}
    by_channel: dict[str, Decimal] = {}
    by_content: dict[str, Decimal] = {}
    for (content, channel), value in values.items():
        by_channel[channel] = by_channel.get(channel, NIL) + value
        by_content[content] = by_content.get(content, NIL) + value
    channels = sorted(by_channel, key=lambda code: (-by_channel[code], code))
    contents = sorted(by_content, key=lambda code: (-by_content[code], code))
    most = largest_of(values.values()) or NIL
    return Cross(
        metrics_by_code(gateway)["transaction_count"],
        tuple((code, channel_word(code)) for code in channels),
        tuple(
            (
                content,
                content_word(content),
                tuple(HeatCell(values.get((content, code)), level(values.get((content, code)), most), code) for code in channels),
                by_content[content],
            )
            for content in contents
        ),
    )


def tiers_of(gateway: Gateway, state: State) -> tuple[str, ...]:
    """Return the tiers of those who came, the lowest first, and last who has none."""
    came = {row.dimensions["tier"] for row in gateway.ask(state.question("hourly_transaction_count", ("tier",))).rows if row.value}
    return (*(code for code in VALUE_WORDS if code in came), *sorted(came - VALUE_WORDS.keys()))


def choices_of(state: State, dimension: str, codes: Sequence[str]) -> list[tuple[Text, bool, str]]:
    """Return each value by which the hours may be narrowed, whether it is chosen, and the address that toggles it."""
    word = {"channel": channel_word, "transaction_type": content_word, "customer_kind": value_word, "tier": value_word}[dimension]
    others = tuple(item for item in state.within if item[0] != dimension)
    chosen = dict(state.within).get(dimension)
    everything = (Text("全部", "All"), chosen is None, state.query(within=others))
    return [everything, *((word(code), code == chosen, state.query(within=(*others, (dimension, code)))) for code in codes)]
