"""The page of cash needs: what each outlet's counter and machines are to hold, and what is expected of the next fourteen days."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.answers.cash_needs import CHANNELS, LEAST_DAYS, CashNeed, CashNeeds, DayNeed, Way
from maisui.web.exports.sheets import Export
from maisui.web.pages.channels.block_page import Asked, BlockPage, export_blocks, show_blocks
from maisui.web.pages.channels.words import channel_word
from maisui.web.pages.one_product.blocks import Block, Cell, Heading, Line, missing
from maisui.web.pages.overview.words import WEEKDAY_WORDS
from maisui.web.text import Text

_CENT = Decimal("0.01")
_WAYS = {
    Way.WEEKDAY: Text("同星期平均", "Mean of the weekday"),
    Way.PLACES: Text("星期与月中位置", "Weekday and place in the month"),
    Way.HOLIDAYS: Text("再加节假日", "Also holidays"),
}
_NOT_TOLD = Text(
    "当前版本还没有现金需求：请系统管理员运行 maisui models forecast。",
    "Nothing is told of this version: the system administrator runs maisui models forecast.",
)
_NOBODY = Text("该机构没有办理现金的网点或设备。", "No outlet or machine of this organisation handles cash.")


def _needs(asked: Asked) -> CashNeeds | None:
    return asked.gateway.forecasts.cash_needs(asked.state.organisation)


def _hold(asked: Asked) -> Block:
    found = _needs(asked)
    if found is None or not found.file.needs:
        return missing("hold", Text("应备现金", "Cash to hold"), _NOT_TOLD if found is None else _NOBODY)
    rules, told = found.file.rules, found.told
    covered, tried = sum(need.covered for need in told), sum(need.tried for need in told)
    held = f"{Decimal(covered) / tried:.1%}" if tried else "—"
    total = sum((need.hold for need in told if need.hold is not None), Decimal(0))
    return Block(
        "hold",
        Text(
            f"应备现金：{rules.hold_share:.0%} 够用 {rules.cycle_days} 天",
            f"Cash to hold: enough for {rules.cycle_days} days with {rules.hold_share:.0%}",
        ),
        Text("网点与渠道", "Outlet and channel"),
        (
            Heading(Text("应备现金", "To hold"), Unit.YUAN),
            Heading(Text("成本最低的备付", "Where costs are least"), Unit.YUAN),
            Heading(Text("闲置成本（年）", "Cost of idle cash a year"), Unit.YUAN),
            Heading(Text("14 天预计净支取", "Expected net in 14 days"), Unit.YUAN),
            Heading(Text("平均日误差", "Mean error of a day"), Unit.YUAN),
            Heading(Text("同星期平均法误差", "That of the weekday's mean"), Unit.YUAN),
            Heading(Text("区间命中", "Interval held"), Unit.SHARE),
            Heading(Text("方法", "Method")),
        ),
        tuple(_hold_line(asked, found, need) for need in found.file.needs),
        finding=Text(
            f"截至 {found.file.day}，{len(told)} 个网点渠道合计应备 {total:,.0f} 元；90% 区间命中 {held}。",
            f"As of {found.file.day} the {len(told)} counters and machines are to hold {total:,.0f} yuan; the 90 % interval held {held}.",
        ),
        notes=_hold_notes(found),
        is_wide=True,
        adds_up=True,
    )


def _hold_notes(found: CashNeeds) -> tuple[Text, ...]:
    rules, file = found.file.rules, found.file
    known = (
        Text("预测期的节假日历已补录，误差更小的序列用它", "the calendar of the days ahead is delivered and used where it lowers the error")
        if file.knows_holidays
        else Text(
            "预测期的节假日历尚未补录（holiday_calendar），不推断节日影响",
            "the calendar of the days ahead is not delivered (holiday_calendar): holidays are not guessed",
        )
    )
    return (
        Text(
            f"应备现金 = 未来 {rules.cycle_days} 天累计净支取的最高点 + 历次预测中 {rules.hold_share:.0%} 未超过的误差，进位到千元",
            f"to hold = the highest running sum of the next {rules.cycle_days} days + the error that "
            f"{rules.hold_share:.0%} of earlier ones stayed below, up to a thousand",
        ),
        Text(
            f"成本最低的把握为 {rules.cheapest_share:.1%}：闲置每年 {rules.idle_rate:.1%}、短缺每元 {rules.shortage_rate:.3f} 元；"
            "历次误差不足以判断时为 —",
            f"costs are least at {rules.cheapest_share:.1%}: idle cash {rules.idle_rate:.1%} a year, "
            f"a missing yuan {rules.shortage_rate:.3f}; — where too few errors were seen to tell",
        ),
        known,
        Text(
            "星期、月中位置（发薪、发养老金）与逢日（集日）由各序列自身历史估计",
            "weekday, place in the month (paydays) and day of ten (market days) are learnt from each series",
        ),
    )


def _hold_line(asked: Asked, found: CashNeeds, need: CashNeed) -> Line:
    name = Text(*(f"{asked.name_of(need.organisation)} · {word}" for word in _both(channel_word(need.channel))))
    address = "" if found.is_one else f"?{asked.state.query(organisation=need.organisation, page=1)}"
    if need.way is None:
        reason = Text(
            f"历史 {need.points} 天，需 {LEAST_DAYS} 天，{need.speaks_from} 起预测",
            f"{need.points} days of history, {LEAST_DAYS} needed: from {need.speaks_from}",
        )
        return Line(name, (None,) * 7 + (reason,), address)
    idle = None if need.hold is None else (need.hold * found.file.rules.idle_rate).quantize(_CENT, ROUND_HALF_UP)
    cells: tuple[Cell, ...] = (
        need.hold,
        need.cheapest,
        idle,
        sum((day.expected for day in need.days), Decimal(0)),
        need.error,
        need.plain_error,
        Decimal(need.covered) / need.tried if need.tried else None,
        _WAYS[need.way],
    )
    return Line(name, cells, address)


def _days(asked: Asked) -> Block:
    title, found = Text("未来 14 天每日净支取", "Net cash paid out, the next 14 days"), _needs(asked)
    if found is None or not found.told:
        return missing("days", title, _NOT_TOLD if found is None else Text("没有历史够长的序列。", "No series has history enough."))
    channels = [channel for channel in CHANNELS if any(need.channel == channel for need in found.told)]
    days = found.told[0].days
    return Block(
        "days",
        title,
        Text("日期", "Day"),
        (
            Heading(Text("星期", "Weekday")),
            Heading(Text("节假日", "Holiday")),
            *(heading for channel in channels for heading in _headings(channel, is_one=found.is_one)),
            Heading(Text("合计", "Together"), Unit.YUAN),
        ),
        tuple(_day_line(found, place, day, channels) for place, day in enumerate(days)),
        notes=(
            Text("净支取 = 现金支取 − 存入；负数为净存入", "net = cash drawn less cash paid in; below nothing more comes in than goes out"),
            Text("90% 区间由历次预测的实际误差得出", "the interval of 90 % comes from the errors seen")
            if found.is_one
            else Text(
                "合计不给区间：区间不能相加，选择一个网点查看", "no interval for sums, since intervals do not add up: choose an outlet"
            ),
        ),
        is_wide=True,
        adds_up=True,
    )


def _headings(channel: str, *, is_one: bool) -> tuple[Heading, ...]:
    """Return the columns of a channel: what is expected and, of a single outlet, both ends of its interval."""
    ends = (Heading(Text("90% 下限", "90 % from"), Unit.YUAN), Heading(Text("90% 上限", "90 % to"), Unit.YUAN))
    return (Heading(channel_word(channel), Unit.YUAN), *(ends if is_one else ()))


def _day_line(found: CashNeeds, place: int, day: DayNeed, channels: Sequence[str]) -> Line:
    by_channel = [[need.days[place] for need in found.told if need.channel == channel] for channel in channels]
    sums = [sum((one.expected for one in ones), Decimal(0)) for ones in by_channel]
    cells: list[Cell] = []
    for ones, total in zip(by_channel, sums, strict=True):
        cells += [total, ones[0].low, ones[0].high] if found.is_one else [total]
    weekday = WEEKDAY_WORDS[str(day.day.isoweekday())]
    if not day.holiday:
        holiday = Text("—", "—")
    elif day.is_off:
        holiday = Text(day.holiday, f"{day.holiday} (off)")
    else:
        holiday = Text(f"{day.holiday}调休上班", f"worked for {day.holiday}")
    return Line(f"{day.day}", (weekday, holiday, *cells, sum(sums, Decimal(0))))


def _both(word: Text | str) -> tuple[str, str]:
    return (word.zh, word.en) if isinstance(word, Text) else (word, word)


PAGE = BlockPage(
    "cash_needs",
    Text("现金需求", "Cash needs"),
    (_hold, _days),
    "net_cash_paid_amount",
    note=Text("按办理网点；存款账户的人民币现金收付", "By handling outlet; CNY cash of deposit accounts"),
    periods=(),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the page, or the fragment of it that htmx asked for."""
    return show_blocks(request, PAGE)


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    return export_blocks(request, PAGE)
