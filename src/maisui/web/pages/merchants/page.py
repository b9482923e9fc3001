"""The page of acquired merchants: how many, what they take in and bring, and which have fallen silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Period, Unit
from maisui.answers.merchants import Merchants, MerchantUse
from maisui.answers.periods import window_of
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.block_page import Asked, BlockPage, export_blocks, show_blocks
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.text import Text

_MOST = 30
_RANKING, _SILENT = Text("商户排名", "Merchants by takings"), Text("沉默商户", "Silent merchants")
_FEES = Text("手续费与总账", "Fees and the ledger")
_LINES = {"fee_income": Text("手续费收入", "Fee income"), "fee_expense": Text("手续费支出", "Fees passed on")}
_NO_TIE = Text(
    "到这一天没有整月可比：总账没有收单手续费科目，或收单流水不足一个整月。",
    "No whole month to compare: the ledger has no subject of acquiring fees, or the totals cover no whole month.",
)
_NO_FEED = Text(
    "到这一天没有收单流水：请补录收单商户交易日汇总（pos_acquiring），或选有流水的月份。",
    "No acquiring totals up to this day: deliver the supplement pos_acquiring, or choose a month with them.",
)


def merchants_of(asked: Asked) -> Merchants:
    """Return every merchant over the state's period."""
    window = window_of(asked.day, asked.state.period, first_day_of(asked.gateway))
    return asked.gateway.channels.merchants(asked.state.organisation, window.period_start, window.day)


def year_before(gateway: Gateway, day: date) -> date:
    """Return the first day of the twelve months that end with that of `day`, not before the first day of the data."""
    months = day.year * 12 + day.month - 1 - 11
    return max(first_day_of(gateway), date(months // 12, months % 12 + 1, 1))


def _ranking(asked: Asked) -> Block:
    found = merchants_of(asked)
    if found.day is None:
        return missing("ranking", _RANKING, _NO_FEED)
    rows = found.rows if asked.is_whole else found.rows[:_MOST]
    total = sum((one.trade_amount for one in found.rows), Decimal(0))
    top = sum((one.trade_amount for one in found.rows[:10]), Decimal(0))
    share = f"{top * 100 / total:.1f}%" if total else "—"
    return Block(
        "ranking",
        _RANKING,
        Text("商户编号", "Merchant"),
        (
            Heading(Text("管理机构", "Outlet")),
            Heading(Text("MCC", "Category code")),
            Heading(Text("收款笔数", "Trades"), Unit.COUNT),
            Heading(Text("收款金额", "Takings"), Unit.YUAN),
            Heading(Text("手续费收入", "Fee income"), Unit.YUAN),
            Heading(Text("手续费成本", "Fee cost"), Unit.YUAN),
            Heading(Text("净收入", "Net"), Unit.YUAN),
            Heading(Text("最近交易", "Last trade")),
        ),
        tuple(_line(asked, one) for one in rows),
        Line(Text("合计", "Total"), ("", "", *_sums(found.rows), "")),
        Text(
            f"{len(found.rows)} 户商户，前十户占收款金额 {share}。",
            f"{len(found.rows)} merchants; the first ten take {share} of all takings.",
        ),
        (_shown(len(rows), len(found.rows)),),
        bars=3,
        is_wide=True,
    )


def _silent(asked: Asked) -> Block:
    """Return the silent merchants with what they took in in the twelve months up to the day."""
    gateway, day = asked.gateway, asked.day
    found = gateway.channels.merchants(asked.state.organisation, year_before(gateway, day), day)
    if found.day is None:
        return missing("silent", _SILENT, _NO_FEED)
    if all(one.is_silent is None for one in found.rows if one.is_open):
        reason = Text(
            f"收单流水还不足 {found.silent_days} 天，无法判断谁已沉默。",
            f"The totals reach back less than {found.silent_days} days: nobody can tell who is silent.",
        )
        return missing("silent", _SILENT, reason)
    silent = [one for one in found.rows if one.is_silent]
    rows = silent if asked.is_whole else silent[:_MOST]
    net = sum((one.net_amount for one in silent), Decimal(0))
    return Block(
        "silent",
        _SILENT,
        Text("商户编号", "Merchant"),
        (
            Heading(Text("管理机构", "Outlet")),
            Heading(Text("最近交易", "Last trade")),
            Heading(Text("无交易天数", "Days without a trade"), Unit.COUNT),
            Heading(Text("近十二个月收款金额", "Takings of twelve months"), Unit.YUAN),
            Heading(Text("近十二个月净收入", "Net of twelve months"), Unit.YUAN),
        ),
        tuple(
            Line(
                one.merchant_number,
                (asked.name_of(one.organisation_code), _day(one.last_traded_on), one.silent_day_count, one.trade_amount, one.net_amount),
            )
            for one in rows
        ),
        finding=Text(
            f"{found.day} 有 {len(silent)} 户在网商户连续 {found.silent_days} 天以上没有交易，近十二个月为本行带来净收入 {net:,.2f} 元。",
            f"On {found.day} {len(silent)} open merchants had no trade for {found.silent_days} days or more; "
            f"in twelve months they brought {net:,.2f} yuan net.",
        ),
        notes=(
            Text(
                "沉默天数是按日期生效的参数；签约不满该天数的不计。",
                "The days of silence are a dated parameter; merchants younger than that are not judged.",
            ),
            _shown(len(rows), len(silent)),
        ),
        reason="" if silent else Text("没有沉默商户。", "No merchant is silent."),
        is_wide=True,
    )


def _fees(asked: Asked) -> Block:
    """Return, for whole months of the twelve up to the day, what merchants paid and cost beside the ledger."""
    found = asked.gateway.channels.merchant_fee_ties(asked.state.organisation, year_before(asked.gateway, asked.day), asked.day)
    if found is None:
        return missing("fees", _FEES, Text("总账按全行核对：请选全行。", "The ledger is held for the whole bank: choose the whole bank."))
    if not found:
        return missing("fees", _FEES, _NO_TIE)
    apart = sum(1 for one in found if one.difference)
    return Block(
        "fees",
        _FEES,
        Text("月末", "Month end"),
        (
            Heading(Text("总账科目", "Subjects of the ledger")),
            Heading(Text("商户手续费", "Merchants"), Unit.YUAN),
            Heading(Text("总账发生额", "Ledger"), Unit.YUAN),
            Heading(Text("差额", "Difference"), Unit.YUAN),
        ),
        tuple(Line(one.day.isoformat(), (_LINES[one.line_code], one.merchant_amount, one.ledger_amount, one.difference)) for one in found),
        finding=(
            Text(f"{len(found)} 项中有 {apart} 项与总账不符。", f"{apart} of {len(found)} amounts differ from the ledger.")
            if apart
            else Text(f"{len(found)} 项逐分相符。", f"All {len(found)} amounts tie to the cent.")
        ),
        notes=(
            Text(
                "整月的手续费收入与支出分别对总账收单科目的发生额；科目按名称归集，bank.toml 可改。",
                "Fees earned and passed on in whole months, each against the ledger's acquiring subjects; bank.toml may name others.",
            ),
        ),
        is_wide=True,
    )


def _line(asked: Asked, one: MerchantUse) -> Line:
    return Line(
        one.merchant_number,
        (
            asked.name_of(one.organisation_code),
            one.merchant_class or "—",
            one.trade_count,
            one.trade_amount,
            one.fee_income_amount,
            one.fee_cost_amount,
            one.net_amount,
            _day(one.last_traded_on),
        ),
    )


def _sums(rows: tuple[MerchantUse, ...]) -> tuple[int | Decimal, ...]:
    nil = Decimal(0)
    return (
        sum(one.trade_count for one in rows),
        sum((one.trade_amount for one in rows), nil),
        sum((one.fee_income_amount for one in rows), nil),
        sum((one.fee_cost_amount for one in rows), nil),
        sum((one.net_amount for one in rows), nil),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _shown(shown: int, count: int) -> Text:
    return Text(f"列出 {shown} 户，共 {count} 户；导出为全部", f"{shown} of {count} are shown; an export holds all")


PAGE = BlockPage(
    "merchants",
    Text("收单商户", "Merchants"),
    (_silent, _ranking, _fees),
    "merchant_trade_amount",
    (
        "merchant_count",
        "active_merchant_count",
        "silent_merchant_count",
        "merchant_trade_count",
        "merchant_trade_amount",
        "merchant_fee_income_amount",
        "merchant_fee_cost_amount",
        "merchant_net_amount",
    ),
    (
        "merchant_count",
        "active_merchant_count",
        "silent_merchant_count",
        "merchant_trade_count",
        "merchant_trade_amount",
        "merchant_fee_income_amount",
        "merchant_net_amount",
    ),
    Text(
        "来自收单商户交易日汇总（pos_acquiring）与商户表（EAST 303），按月统计；手续费逐月与总账核对",
        "from the supplement pos_acquiring and the merchants of EAST 303, kept by month; fees are held against the ledger month by month",
    ),
    (Period.MONTH, Period.QUARTER, Period.YEAR, Period.TO_DATE),
    (("merchants_silent", Text("沉默商户名单", "List of silent merchants")), ("merchants_ranking", Text("商户名单", "List of merchants"))),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show merchants, or the fragment of the page that htmx asked for."""
    return show_blocks(request, PAGE)


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows, every merchant of it."""
    return export_blocks(request, PAGE)
