"""The page of counter staffing: which hours are not covered, which are idle, and what might be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.answers.counter_staffing import CounterHour, CounterStaffing, StaffingAdvice
from maisui.answers.periods import window_of
from maisui.web.exports.sheets import Export
from maisui.web.outlet_tasks.models import SignalSource
from maisui.web.pages.channels.block_page import Asked, BlockPage, export_blocks, show_blocks
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.outlet_tasks.became import AFTER, Became
from maisui.web.pages.outlet_tasks.signals import figures_now, staffing_subject
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.pages.overview.words import WEEKDAY_WORDS
from maisui.web.text import Text

_MOST = 40
_NO_JOURNAL = Text(
    "这一期没有柜员流水：请补录 teller_journal，或选有流水的月份。",
    "No teller journal in this period: deliver the supplement teller_journal, or choose a month with one.",
)
_NO_ATTENDANCE = Text(
    "没有考勤（attendance），不知道谁在岗：不作判断。", "No attendance: nobody can tell who was on duty, so nothing is said."
)


def _staffing(asked: Asked) -> CounterStaffing:
    window = window_of(asked.day, asked.state.period, first_day_of(asked.gateway))
    return asked.gateway.channels.staffing(asked.state.organisation, window.period_start, window.day)


def _week(asked: Asked) -> Block:
    title, found = Text("一周忙闲", "The week"), _staffing(asked)
    if not found.hours:
        return missing("week", title, _NO_JOURNAL)
    at = sorted({hour.hour for hour in found.hours})
    cells: dict[tuple[int, int], list[CounterHour]] = defaultdict(list)
    for hour in found.hours:
        cells[hour.weekday, hour.hour].append(hour)
    peaks = sum(found.state_of(hour) == "peak" for hour in found.hours)
    idle = sum(found.state_of(hour) == "idle" for hour in found.hours)
    settings = found.settings
    return Block(
        "week",
        title,
        Text("星期", "Weekday"),
        tuple(Heading(f"{hour:02d}:00", Unit.SHARE) for hour in at),
        tuple(
            Line(WEEKDAY_WORDS[str(day)], tuple(_use_of(cells.get((day, hour), ())) for hour in at))
            for day in sorted({hour.weekday for hour in found.hours})
        ),
        finding=Text(
            f"共 {len(found.hours)} 个网点时段：{peaks} 个高峰未覆盖（占用高于 {settings.busy_share:.0%}），"
            f"{idle} 个空闲（低于 {settings.idle_share:.0%}）。",
            f"{peaks} hours of outlets are peaks that are not covered (use above {settings.busy_share:.0%}), {idle} are idle "
            f"(below {settings.idle_share:.0%}), of {len(found.hours)}.",
        ),
        notes=(
            Text(
                f"占用 = 业务分钟 ÷ 在岗柜员分钟；业务按折算系数 × {settings.minutes.normalize():f} 分钟，"
                f"没有系数的按一笔标准业务（{found.unrated_count} 笔）",
                "use = minutes of work ÷ minutes of the tellers on duty; "
                f"work by workload rate × {settings.minutes.normalize():f} minutes, "
                f"one without a rate as a standard transaction ({found.unrated_count} of them)",
            ),
            Text(
                "考勤只知道日、不知道时：在岗的柜员按全部营业时间计",
                "attendance knows days and not hours: who was on duty counts for every opening hour",
            ),
        ),
        is_wide=True,
    )


def _use_of(hours: Sequence[CounterHour]) -> Decimal | None:
    """Return the work of several outlets' hours as a share of their tellers' time; None where nobody was on duty or nobody tells."""
    known = [hour for hour in hours if hour.tellers]
    time = sum((hour.tellers or Decimal(0) for hour in known), Decimal(0)) * 60
    return (sum((hour.minutes for hour in known), Decimal(0)) / time).quantize(Decimal("0.000001"), ROUND_HALF_UP) if time else None


def _outlets(asked: Asked) -> Block:
    title, found = Text("各网点", "Outlets"), _staffing(asked)
    if not found.hours:
        return missing("outlets", title, _NO_JOURNAL)
    by_outlet: dict[str, list[CounterHour]] = defaultdict(list)
    for hour in found.hours:
        by_outlet[hour.organisation_code].append(hour)
    lines: list[tuple[Decimal, Line]] = []
    for outlet, hours in by_outlet.items():
        days = {hour.weekday: hour.tellers for hour in hours}
        tellers = [one for one in days.values() if one is not None]
        busiest = max(hours, key=lambda hour: (hour.use_share or Decimal(0), hour.minutes))
        states = [found.state_of(hour) for hour in hours]
        work = sum((hour.minutes for hour in hours), Decimal(0)) / len(days)
        use = busiest.use_share
        lines.append(
            (
                use or Decimal(-1),
                Line(
                    asked.name_of(outlet),
                    (
                        (sum(tellers, Decimal(0)) / len(tellers)).quantize(Decimal("0.01"), ROUND_HALF_UP) if tellers else None,
                        work.quantize(Decimal("0.01"), ROUND_HALF_UP),
                        f"{WEEKDAY_WORDS[str(busiest.weekday)]} {busiest.hour:02d}:00" if use is not None else "—",
                        use,
                        states.count("peak") if tellers else None,
                        states.count("idle") if tellers else None,
                    ),
                    f"?{asked.state.query(organisation=outlet, page=1)}",
                ),
            )
        )
    return Block(
        "outlets",
        title,
        Text("网点", "Outlet"),
        (
            Heading(Text("日均在岗柜员", "Tellers on duty a day"), Unit.COUNT_EACH),
            Heading(Text("日均业务分钟", "Minutes of work a day"), Unit.COUNT_EACH),
            Heading(Text("最忙时段", "Busiest hour")),
            Heading(Text("最忙时段占用", "Use then"), Unit.SHARE),
            Heading(Text("未覆盖时段", "Peaks not covered"), Unit.COUNT),
            Heading(Text("空闲时段", "Idle hours"), Unit.COUNT),
        ),
        tuple(line for _, line in sorted(lines, key=lambda one: (-one[0], str(one[1].name)))),
        notes=(Text("时段为星期 × 小时，各按有流水的日子平均", "an hour is one of a weekday, a mean over its days with a journal"),),
        is_wide=True,
    )


def _advice(asked: Asked) -> Block:
    title, found = Text("排班建议", "What might be done"), _staffing(asked)
    if not found.hours:
        return missing("advice", title, _NO_JOURNAL)
    if all(hour.tellers is None for hour in found.hours):
        return missing("advice", title, _NO_ATTENDANCE)
    shown = found.advice if asked.is_whole else found.advice[:_MOST]
    spare = sum(one.spare_hours or 0 for one in found.advice)
    short = sum(one.spare_hours is None for one in found.advice)
    became = Became(asked.gateway, SignalSource.STAFFING, asked.state)
    return Block(
        "advice",
        title,
        Text("网点", "Outlet"),
        (
            Heading(Text("星期", "Weekday")),
            Heading(Text("时段", "Hours")),
            Heading(Text("建议", "Suggestion")),
            Heading(Text("现在岗", "On duty"), Unit.COUNT_EACH),
            Heading(Text("最忙占用（现）", "Highest use now"), Unit.SHARE),
            Heading(Text("最忙占用（调整后）", "Highest use after"), Unit.SHARE),
            Heading(Text("每周可腾出人时", "Hours free a week"), Unit.COUNT),
            Heading(AFTER),
        ),
        tuple(_advice_line(asked, one, became) for one in shown),
        finding=Text(
            f"{short} 个网点工作日高峰需要加人；其余每周可腾出 {spare} 人时。",
            f"{short} weekdays of outlets need more tellers at their peaks; elsewhere {spare} hours a week could be freed.",
        ),
        notes=(
            Text(
                f"反事实：业务量不变、仍在原时段；加到占用不高于 {found.settings.busy_share:.0%} 为止，减到最忙时段仍不高于它、"
                f"且不少于 {found.settings.least_tellers} 人",
                "counterfactual: the same work in the same hours; tellers are added until use is at or below "
                f"{found.settings.busy_share:.0%}, taken away while the busiest hour stays there "
                f"and {found.settings.least_tellers} are left",
            ),
            Text(f"列出 {len(shown)} 条，共 {len(found.advice)} 条", f"{len(shown)} of {len(found.advice)} are shown"),
        ),
        reason="" if found.advice else Text("没有可建议的调整。", "Nothing to suggest."),
        is_wide=True,
    )


def _advice_line(asked: Asked, one: StaffingAdvice, became: Became) -> Line:
    hours = "、".join(f"{hour:02d}" for hour in one.hours) if len(one.hours) < 4 else f"{one.hours[0]:02d}–{one.hours[-1] + 1:02d}"  # noqa: PLR2004
    if one.change < 0:
        words = Text(f"少 {-one.change} 人", f"{-one.change} fewer")
    elif one.other_organisation:
        other = asked.name_of(one.other_organisation)
        words = Text(f"加 {one.change} 人，{other}当日可调出", f"{one.change} more; {other} can spare them that day")
    else:
        words = Text(f"加 {one.change} 人", f"{one.change} more")
    day = WEEKDAY_WORDS[str(one.weekday)]
    after = became.of(staffing_subject(one), one.organisation_code)
    return Line(asked.name_of(one.organisation_code), (day, hours, words, one.tellers, one.use_now, one.use_after, one.spare_hours, after))


def _tasks(asked: Asked) -> Block:
    became = Became(asked.gateway, SignalSource.STAFFING, asked.state)
    now = figures_now(asked.gateway, SignalSource.STAFFING, asked.state, asked.day) if became.tasks else {}
    return became.block(asked.name_of, now, is_whole=asked.is_whole)


PAGE = BlockPage(
    "counter_staffing",
    Text("柜面忙闲", "Counter staffing"),
    (_week, _outlets, _advice, _tasks),
    "transaction_count",
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show counter staffing, or the fragment of the page that htmx asked for."""
    return show_blocks(request, PAGE)


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows, every suggestion of it."""
    return export_blocks(request, PAGE)
