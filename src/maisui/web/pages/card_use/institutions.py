"""Blocks of card use: what stands between us and each other bank, and where those are at home who mostly use others' machines."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers import Unit
from maisui.answers.figure import divide
from maisui.answers.institution_netting import InstitutionNet
from maisui.answers.periods import window_of
from maisui.web.pages.card_use.figures import LEVELS
from maisui.web.pages.channels.block_page import Asked
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.text import Text

_NO_LOG = Text(
    "这一期没有渠道流水：请补录 channel_log，或选有流水的月份。",
    "No channel log in this period: deliver the supplement channel_log, or choose a month with one.",
)
_NIL = Decimal(0)


def institutions(asked: Asked) -> Block:
    """Return the net position with each other bank over the state's period."""
    title = Text("与各机构的净额", "Net position with each institution")
    window = window_of(asked.day, asked.state.period, first_day_of(asked.gateway))
    found = asked.gateway.channels.netting(asked.state.organisation, window.period_start, window.day)
    if not found:
        return missing("institutions", title, _NO_LOG)
    net = sum((one.net_income for one in found), _NIL)
    count = sum(one.net_count for one in found)
    return Block(
        "institutions",
        title,
        Text("对方行（支付行号）", "Other bank (payment code)"),
        (
            Heading(Text("级别", "Level")),
            Heading(Text("本代他笔数", "Theirs here"), Unit.COUNT),
            Heading(Text("他代本笔数", "Ours there"), Unit.COUNT),
            Heading(Text("笔数净额", "Net count"), Unit.COUNT),
            Heading(Text("本代他金额", "Amount here"), Unit.YUAN),
            Heading(Text("他代本金额", "Amount there"), Unit.YUAN),
            Heading(Text("金额净额", "Net amount"), Unit.YUAN),
            Heading(Text("手续费收入", "Income"), Unit.YUAN),
            Heading(Text("手续费支出", "Cost"), Unit.YUAN),
            Heading(Text("手续费净额", "Net fees"), Unit.YUAN),
            Heading(Text("用其机具的本行客户", "Our customers there"), Unit.COUNT),
        ),
        tuple(Line(one.bank_code if one.bank_code != "none" else Text("未知", "Unknown"), _cells(one)) for one in found),
        Line(Text("合计", "Total"), ("", *_totals(found), None)),
        Text(
            f"对方行卡在本行比本行卡在对方{'多' if count >= 0 else '少'} {abs(count)} 笔，"
            f"手续费净{'收入' if net >= 0 else '支出'} {abs(net):,.2f} 元。",
            f"Others' cards were used here {abs(count)} times {'more' if count >= 0 else 'less'} often than ours there; "
            f"fees net {'earned' if net >= 0 else 'paid'}: {abs(net):,.2f} yuan.",
        ),
        (
            Text(
                "成功动账的渠道流水；净额 = 本代他 − 他代本；客户各行去重，不相加",
                "successful movements of money; net = theirs here − ours there; customers are counted once a bank and not added up",
            ),
        ),
        is_wide=True,
    )


def _cells(one: InstitutionNet) -> tuple[Text | int | Decimal, ...]:
    return (
        LEVELS[one.level],
        one.acquired_count,
        one.issued_count,
        one.net_count,
        one.acquired_amount,
        one.issued_amount,
        one.net_amount,
        one.income_amount,
        one.cost_amount,
        one.net_income,
        one.customer_count,
    )


def _totals(found: tuple[InstitutionNet, ...]) -> tuple[int | Decimal, ...]:
    return (
        sum(one.acquired_count for one in found),
        sum(one.issued_count for one in found),
        sum(one.net_count for one in found),
        sum((one.acquired_amount for one in found), _NIL),
        sum((one.issued_amount for one in found), _NIL),
        sum((one.net_amount for one in found), _NIL),
        sum((one.income_amount for one in found), _NIL),
        sum((one.cost_amount for one in found), _NIL),
        sum((one.net_income for one in found), _NIL),
    )


def elsewhere(asked: Asked) -> Block:
    """Return, by home outlet, who mostly used other banks' machines in the quarter."""
    title = Text("主要用他行机具的客户在哪里", "Where those are at home who mostly use others' machines")
    found = asked.gateway.channels.elsewhere(asked.state.organisation, asked.day)
    if not found:
        return missing("elsewhere", title, Text("近三个月没有渠道流水。", "No channel log in the last three months."))
    users, mostly = sum(one.card_customer_count for one in found), sum(one.customer_count for one in found)
    return Block(
        "elsewhere",
        title,
        Text("归属网点", "Home outlet"),
        (
            Heading(Text("用卡客户", "Card users"), Unit.COUNT),
            Heading(Text("主要用他行机具", "Mostly at others'"), Unit.COUNT),
            Heading(Text("占比", "Share"), Unit.SHARE),
            Heading(Text("其他行笔数", "Their uses at others'"), Unit.COUNT),
            Heading(Text("最常去的行", "Bank used most")),
        ),
        tuple(
            Line(
                asked.name_of(one.organisation_code),
                (
                    one.card_customer_count,
                    one.customer_count,
                    _share(one.customer_count, one.card_customer_count),
                    one.use_count,
                    one.bank_code or "—",
                ),
            )
            for one in found
        ),
        Line(Text("合计", "Total"), (users, mostly, _share(mostly, users), sum(one.use_count for one in found), "")),
        notes=(
            Text(
                "近三个月在 ATM、VTM、POS 的成功动账中他行机具过半的客户；渠道流水不说他行机具的位置",
                "of the successful uses of three months at cash machines and points of sale more than half were at other banks'; "
                "the log does not tell where those stand",
            ),
        ),
        bars=1,
        is_wide=True,
    )


def _share(part: int, whole: int) -> Decimal | None:
    return divide(Decimal(part), Decimal(whole), Unit.SHARE.decimals) if whole else None
