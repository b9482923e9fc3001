"""What the page of signals lists: each rule's products or customers, with evidence, yuan at stake, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers import Comparison, Timing, Unit
from maisui.answers.figure import divide
from maisui.answers.periods import base_day
from maisui.answers.product_settings import ProductSettings
from maisui.answers.product_signals import Candidate, exits, losses_in_use, new_product_needs, upgrades
from maisui.answers.product_stage import life_of
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import digits
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.models import SignalSource
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.pages.known_contribution import NOT_KNOWN, knows_contribution
from maisui.web.pages.one_product.blocks import Block, Heading, Line, Link, filled
from maisui.web.pages.one_product.shared import shared_holders
from maisui.web.pages.outlet_tasks.became import Became
from maisui.web.pages.overview.figures import first_day_of, months_before
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.product_signals.history import too_short_for_a_year, too_short_for_growth
from maisui.web.pages.product_signals.launches import Launch, launches, shares_now
from maisui.web.pages.product_signals.outcomes import Outcomes
from maisui.web.pages.products.together import group_rule
from maisui.web.pages.products.words import STAGE_NAMES, address_of, product_name
from maisui.web.text import Text

MOST = 30
_YEAR, _TWO_YEARS = 12, 24
STAKE = Text("每年涉及金额", "At stake a year")
_AFTER = Text("后续", "What became of it")
_MAKE = Text("建客户群", "make a group")
_NOBODY_MOVED = Text(
    "近三个月没有识别到转往本人他行账户的资金，识别需要交易带有对手户名与账号",
    "no money was seen moving to own accounts elsewhere in three months: transactions must name the other side's holder and account",
)


def candidates_of(gateway: Gateway, state: State, day: date) -> tuple[Candidate, ...]:
    """Return every product group of deposits and loans as the rules judge it."""
    months = months_before(day, gateway.month_ends(), _TWO_YEARS)
    recent, before_them = months[-_YEAR:], months[:-_YEAR]
    before = base_day(day, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT)
    courses = gateway.products.courses(state.organisation, [*months, before], state.view)
    years = gateway.products.years(state.organisation, months, state.view)
    settings, has_history = gateway.products.settings(day), before >= first_day_of(gateway)
    found: list[Candidate] = []
    for path, course in sorted(years.items()):
        now, then = courses.at(path, day), courses.at(path, before)
        if path[0] not in ("deposit", "loan") or now.holder_count is None or now.balance is None:
            continue
        whole = courses.at(path[:1], day).balance
        found.append(
            Candidate(
                path,
                life_of(now, then, settings, has_history=has_history),
                now.holder_count,
                now.active_holder_count or 0,
                now.balance,
                then.balance if has_history else None,
                whole if whole is not None else Decimal(0),
                course.contributions[-_YEAR:],
                sum(course.balance_days[-_YEAR:], Decimal(0)),
                (day - recent[0].replace(day=1)).days + 1,
                sum(course.contributions[:-_YEAR], Decimal(0)) if len(before_them) == _YEAR else None,
            )
        )
    return tuple(found)


def blocks_of(gateway: Gateway, state: State, day: date, outcomes: Outcomes) -> list[Block]:
    """Return the lists, each the most yuan first, and the evidence of every product group."""
    may_build = gateway.may(Permission.CUSTOMER_VIEW)
    found = candidates_of(gateway, state, day)
    became = Became(gateway, SignalSource.LAUNCH, state)
    return [
        _exit_block(gateway, state, day, found, outcomes, may_build=may_build),
        *_loss_block(gateway, state, day, found, outcomes, may_build=may_build),
        _upgrade_block(gateway, state, day, found, outcomes, may_build=may_build),
        _need_block(gateway, state, day, outcomes, may_build=may_build),
        _launch_block(gateway, state, outcomes, became, may_build=may_build),
        *_launched_block(gateway, state, became),
        _judged_block(found, state, too_short_for_a_year(gateway, day), None if knows_contribution(gateway) else NOT_KNOWN),
    ]


def _stopped(gateway: Gateway, state: State, day: date, one: Candidate, outcomes: Outcomes, *, may_build: bool) -> Line:
    """Return what stopping a product group spares and touches, and, to who may see customers, what would go along at most."""
    shared, others = shared_holders(gateway, state, day, one.path[1]) if may_build else (None, None)
    rule = _holders(one.path[1], state.organisation)
    return Line(
        product_name(one.path, {}),
        (
            -one.year,
            one.loss_months,
            one.year - one.earlier if one.earlier is not None else None,
            one.active_share,
            one.holders,
            shared,
            others,
            None if others is None else one.net_of_stopping(others),
            _after(outcomes, rule, may_build=may_build),
        ),
        address_of(one.path, state),
    )


_STOPPED = (
    Heading(Text("每年少亏", "Loss spared a year"), Unit.YUAN),
    Heading(Text("亏损月数", "Months of loss"), Unit.COUNT),
    Heading(Text("贡献较前十二个月", "Contribution against the year before"), Unit.YUAN),
    Heading(Text("活跃占比", "Active share"), Unit.SHARE),
    Heading(Text("受影响客户", "Customers affected"), Unit.COUNT),
    Heading(Text("其中另有产品", "Of these, hold others"), Unit.COUNT),
    Heading(Text("他们其他产品的年贡献", "Contribution of those others"), Unit.YUAN),
    Heading(Text("停办净影响（最坏）", "Net of stopping, at worst"), Unit.YUAN),
    Heading(_AFTER),
)


def _who_may_see(*, may_build: bool) -> tuple[Text, ...]:
    """Return why what holders hold besides is missing, where the viewer may not see customers."""
    said = Text("客户另有的产品只告知有客户查看权限的人", "what holders hold besides is told to who may see customers")
    return () if may_build else (said,)


def _exit_block(gateway: Gateway, state: State, day: date, found: Sequence[Candidate], outcomes: Outcomes, *, may_build: bool) -> Block:
    settings = gateway.products.settings(day)
    months, fewest = (_plain(settings, code) for code in ("product_exit_loss_months", "product_fewest_holders"))
    most = _percent(settings, "product_exit_active_share")
    lines = [_stopped(gateway, state, day, one, outcomes, may_build=may_build) for one in exits(found, settings)]
    return _explained(
        Block(
            "exit",
            Text("退出：亏损且很少有人用", "Exit: it loses money and few use it"),
            Text("产品组", "Product group"),
            _STOPPED,
            tuple(lines),
            notes=(
                Text(
                    f"规则：近十二个月亏损不少于 {months} 个月且合计为负，活跃客户占持有客户不高于 "
                    f"{most}；持有不足 {fewest} 户不判断。"
                    "其他产品的年贡献＝两者皆有客户 × 该组每户年贡献，是退出时可能一起失去的上限；停办净影响＝每年少亏 − 该上限，"
                    "其他产品本身亏损的不减",
                    f"rule: a loss in at least {months} of twelve months and in all, at most "
                    f"{most} of holders use it; not judged below "
                    f"{fewest} holders. What the others contribute, holders of both times what one "
                    "holder brings, is the most that might go along; net is the loss spared less that, "
                    "nothing where those others lose money",
                ),
                *_who_may_see(may_build=may_build),
            ),
            is_wide=True,
            metric="customer_contribution",
        ),
        Text("没有符合规则的产品组。", "No product group meets the rule."),
        too_short_for_a_year(gateway, day),
    )


def _loss_block(
    gateway: Gateway, state: State, day: date, found: Sequence[Candidate], outcomes: Outcomes, *, may_build: bool
) -> tuple[Block, ...]:
    """Return what loses money and is yet no exit, where there is any: to be priced anew before anybody thinks of stopping it."""
    lines = [
        _stopped(gateway, state, day, one, outcomes, may_build=may_build) for one in losses_in_use(found, gateway.products.settings(day))
    ]
    if not lines:
        return ()
    return (
        Block(
            "loss",
            Text("亏损但不符合退出规则：先调价、再议停办", "At a loss and yet no exit: price it anew first"),
            Text("产品组", "Product group"),
            _STOPPED,
            tuple(lines),
            notes=(
                Text(
                    "近十二个月合计亏损，但多数客户在用或亏损月数不够；停办净影响为负表示可能失去的比少亏的多。"
                    "贷款的最低利率见“贷款定价”页，客户群为持有该组的客户",
                    "a loss over the months looked at, but most holders use it or too few months were at a loss; a net below nothing "
                    "says that more might go than is spared. For the lowest rate of a loan see Loan pricing; the group is of its holders",
                ),
                *_who_may_see(may_build=may_build),
            ),
            is_wide=True,
            metric="customer_contribution",
        ),
    )


def _upgrade_block(gateway: Gateway, state: State, day: date, found: Sequence[Candidate], outcomes: Outcomes, *, may_build: bool) -> Block:
    settings = gateway.products.settings(day)
    most = _percent(settings, "product_upgrade_share")
    lines = [
        Line(
            product_name(one.path, {}),
            (
                one.growth_worth,
                one.life.balance_rate,
                one.life.holder_rate,
                one.share_of_line,
                one.year,
                one.holders,
                _after(outcomes, _holders(one.path[1], state.organisation, without=True), may_build=may_build),
            ),
            address_of(one.path, state),
        )
        for one in upgrades(found, settings)
    ]
    return _explained(
        Block(
            "upgrade",
            Text("升级：在成长、份额还小", "Upgrade: it grows and is still small"),
            Text("产品组", "Product group"),
            (
                Heading(STAKE, Unit.YUAN),
                Heading(Text("余额十二个月", "Balance, 12 months"), Unit.SHARE),
                Heading(Text("活跃客户十二个月", "Active holders, 12 months"), Unit.SHARE),
                Heading(Text("占本线余额", "Share of its line"), Unit.SHARE),
                Heading(Text("近十二个月贡献", "Contribution of 12 months"), Unit.YUAN),
                Heading(Text("持有客户", "Holders"), Unit.COUNT),
                Heading(_AFTER),
            ),
            tuple(lines),
            notes=(
                Text(
                    f"规则：成长期且占本产品线余额不高于 {most}；金额＝再增长一次同样的余额一年带来的贡献；客户群为未持有该组的客户",
                    f"rule: in growth, at most {most} of its line's balance; yuan: what another rise "
                    "of that size contributes a year; the group is of those who do not hold it",
                ),
            ),
            is_wide=True,
            metric="product_holder_count",
        ),
        Text("没有符合规则的产品组。", "No product group meets the rule."),
        too_short_for_growth(gateway, day),
    )


def _need_block(gateway: Gateway, state: State, day: date, outcomes: Outcomes, *, may_build: bool) -> Block:
    settings = gateway.products.settings(day)
    moved = gateway.products.outflows(state.organisation, state.view)
    found = new_product_needs(moved, settings)
    rate = _margin_rate(gateway, state)
    least, fewest = _percent(settings, "product_outflow_share"), _plain(settings, "product_fewest_holders")
    lines: list[Line] = []
    for one in found:
        rule = _leaving(one.customer_kind, one.tier, state.organisation)
        kind, tier = value_word(one.customer_kind), value_word(one.tier)
        lines.append(
            Line(
                Text(f"{kind.zh} · {tier.zh}", f"{kind.en} · {tier.en}"),
                (
                    divide(one.amount * rate, Decimal(1), 2) if rate is not None else None,
                    one.amount,
                    one.share,
                    one.leaving_count,
                    one.customer_count,
                    _after(outcomes, rule, may_build=may_build),
                ),
            )
        )
    return _explained(
        Block(
            "need",
            Text("新产品：钱转去了他行", "New product: money goes elsewhere"),
            Text("客户", "Customers"),
            (
                Heading(STAKE, Unit.YUAN),
                Heading(Text("三个月净转出", "Moved in three months"), Unit.YUAN),
                Heading(Text("占日均资产", "Of average assets"), Unit.SHARE),
                Heading(Text("转出客户", "Customers who moved"), Unit.COUNT),
                Heading(Text("该类客户", "Customers of the kind"), Unit.COUNT),
                Heading(_AFTER),
            ),
            tuple(lines),
            notes=(
                Text(
                    f"规则：近三个月净转往本人他行账户的金额不低于日均金融资产的 {least}，转出客户不少于 "
                    f"{fewest} 户；金额＝转出额 × 存款年利差，说明现有产品留不住这部分钱",
                    f"rule: what went to own accounts elsewhere in three months is at least {least} of "
                    f"average assets, by at least {fewest} customers; yuan: that amount times the yearly "
                    "margin of deposits; no product of ours keeps this money",
                ),
            ),
            is_wide=True,
        ),
        Text("没有符合规则的客户。", "No customers meet the rule."),
        None if any(one.leaving_count for one in moved) else _NOBODY_MOVED,
    )


def _launch_line(launch: Launch, names: Mapping[str, str], outcomes: Outcomes, became: Became, *, may_build: bool) -> Line:
    one = launch.chance
    after = _after(outcomes, group_rule(one.first, one.second, launch.customer_kind, one.organisation), may_build=may_build)
    return Line(
        names.get(one.organisation, one.organisation),
        (
            one.amount,
            value_word(one.first),
            value_word(one.second),
            one.share,
            one.usual.low,
            one.without_count,
            one.customer_count,
            (*after, *became.of(launch.subject, one.organisation)),
        ),
    )


def _launched_block(gateway: Gateway, state: State, became: Became) -> tuple[Block, ...]:
    """Return the tasks that came of launches with then and now, where there are any."""
    if not became.tasks:
        return ()
    names = {node.code: node.name for node in gateway.organisations()}
    return (became.block(lambda code: names.get(code, "—"), shares_now(gateway, state), is_whole=False),)


def _launch_block(gateway: Gateway, state: State, outcomes: Outcomes, became: Became, *, may_build: bool) -> Block:
    names = {node.code: node.name for node in gateway.organisations()}
    lines = [_launch_line(launch, names, outcomes, became, may_build=may_build) for launch in launches(gateway, state)[:MOST]]
    return _explained(
        Block(
            "launch",
            Text("投放：网点持有低于通常", "Launch: outlets hold less than is usual"),
            Text("网点", "Outlet"),
            (
                Heading(STAKE, Unit.YUAN),
                Heading(Text("向持有", "To holders of")),
                Heading(Text("投放", "Offer")),
                Heading(Text("该网点比例", "Share here"), Unit.SHARE),
                Heading(Text("通常比例下限", "Usual share, low"), Unit.SHARE),
                Heading(Text("尚未持有", "Without it"), Unit.COUNT),
                Heading(Text("可增客户", "More customers"), Unit.COUNT),
                Heading(_AFTER),
            ),
            tuple(lines),
            notes=(
                Text(
                    f"规则同产品关联页的投放机会；金额最大的前 {MOST} 条；客户群为尚未持有者，任务派给该网点，结果回到本页",
                    f"the rule of chances on the page Held together; the {MOST} largest; a group is of those without it, a task is the "
                    "outlet's, and its result returns here",
                ),
            ),
            is_wide=True,
        ),
        Text("没有网点明显低于通常比例的、有贡献的产品。", "No outlet holds clearly less than is usual of a product that contributes."),
        None if knows_contribution(gateway) else NOT_KNOWN,
    )


def _judged_block(found: Sequence[Candidate], state: State, too_short: Text | None, missing: Text | None) -> Block:
    """Return the evidence of every product group, whether a rule is met or not; of fewer months where history is short.

    Where there is none, what is `missing` says why.
    """
    return filled(
        Block(
            "judged",
            Text("判断依据：全部产品组", "Evidence: every product group"),
            Text("产品组", "Product group"),
            (
                Heading(Text("近十二个月贡献", "Contribution of 12 months"), Unit.YUAN),
                Heading(Text("前十二个月", "The 12 before"), Unit.YUAN),
                Heading(Text("亏损月数", "Months of loss"), Unit.COUNT),
                Heading(Text("持有客户", "Holders"), Unit.COUNT),
                Heading(Text("活跃占比", "Active share"), Unit.SHARE),
                Heading(Text("余额十二个月", "Balance, 12 months"), Unit.SHARE),
                Heading(Text("占本线余额", "Share of its line"), Unit.SHARE),
                Heading(Text("阶段", "Stage")),
            ),
            tuple(
                Line(
                    product_name(one.path, {}),
                    (
                        one.year,
                        one.earlier,
                        one.loss_months,
                        one.holders,
                        one.active_share,
                        one.life.balance_rate,
                        one.share_of_line,
                        STAGE_NAMES[one.life.stage] if one.life.stage else None,
                    ),
                    address_of(one.path, state),
                )
                for one in sorted(found, key=lambda one: (one.year, one.path))
            ),
            notes=(too_short,) if too_short else (),
            reason=Text(f"{missing.zh}。", f"{missing.en}.") if missing and not found else "",
            bars=0,
            is_wide=True,
            metric="customer_contribution",
        )
    )


def _plain(settings: ProductSettings, code: str) -> str:
    return digits(settings.number(code), 0)


def _percent(settings: ProductSettings, code: str) -> str:
    return f"{digits(settings.number(code) * 100, 0)}%"


def _explained(block: Block, nothing: Text, missing: Text | None = None) -> Block:
    """Return a block that says why it has no lines: what its rule cannot be judged without is `missing`, or nothing meets it."""
    if block.lines:
        return block
    why = Text(f"{missing.zh}。", f"{missing.en}. ") if missing else nothing
    return filled(replace(block, reason=Text(f"{why.zh}{block.notes[0]}", f"{why.en.strip()} {block.notes[0]}")))


def _margin_rate(gateway: Gateway, state: State) -> Decimal | None:
    """Return what a yuan of deposits bears a year over the transfer price, by the state's period; None without it."""
    margin = gateway.ask(state.question("deposit_ftp_margin"))
    average = gateway.ask(state.question("deposit_average_daily_balance"))
    amount = margin.rows[0].value if margin.rows else None
    balance = average.rows[0].value if average.rows else None
    if amount is None or not balance:
        return None
    return divide(amount * 365, balance * margin.window.days, 8)


def _after(outcomes: Outcomes, rule: dict[str, Any], *, may_build: bool) -> tuple[Link, ...]:
    """Return what became of a signal, and the way to make a group of it."""
    found = [Link(one.words, one.address) for one in outcomes.of(rule)]
    return (*found, *((Link(_MAKE, builder_address(rule, None)),) if may_build and not found else ()))


def _holders(group: str, organisation: str | None, *, without: bool = False) -> dict[str, Any]:
    return _rule(
        organisation, {"field": "product", "is": "is_not" if without else "is", "value": group}, {"field": "is_holder", "is": "yes"}
    )


def _leaving(kind: str, tier: str, organisation: str | None) -> dict[str, Any]:
    return _rule(
        organisation,
        {"field": "customer_kind", "is": "is", "value": kind},
        {"field": "tier", "is": "is", "value": tier},
        {"field": "own_elsewhere_amount", "is": "at_least", "value": "1"},
    )


def _rule(organisation: str | None, *conditions: dict[str, Any]) -> dict[str, Any]:
    every = [*conditions, *([{"field": "organisation", "is": "is", "value": organisation}] if organisation else [])]
    return {"id": "r", "join": "all", "of": [{"id": f"c{place}", **one} for place, one in enumerate(every, 1)]}
