"""The tabs of accounts and people: life, structure, customers, and sellers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from maisui.answers import Unit
from maisui.answers.figure import divide
from maisui.answers.product_facts import Portrait
from maisui.answers.product_life import Cohort, ProductLife, Survival
from maisui.answers.product_months import ProductMonth
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.groups.threshold import fewest_shown
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.pages.one_product.blocks import Block, Cell, Heading, Line, Ranged, filled, missing
from maisui.web.pages.one_product.drawings import curves_of
from maisui.web.pages.one_product.state import ProductState
from maisui.web.pages.one_product.tabs_money import months_of, share, span_of
from maisui.web.pages.one_product.words import (
    NO_SUCH,
    SECTION_NAMES,
    STAGE_NAMES,
    TRAIT_NAMES,
    band_word,
    month_word,
    quarter_word,
    trait_word,
)
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.text import Text

_AGES = (3, 6, 12, 24)
_MOST = 20
_TIERS = ("ordinary", "gold", "platinum", "diamond", "private")


def life_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return months of balance and holders, the stages of accounts, and how many survive."""
    months = _months(gateway, desk, state, day)
    if desk.place.line not in ("deposit", "loan"):
        return [months]
    life = desk.life(day)
    return [months, _stages(life, first_day_of(gateway)), _survival(life)]


def _months(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Block:
    months = months_of(gateway, day)
    courses = gateway.products.courses(state.organisation, months, state.view)
    opened = {one.day: one for one in desk.turnover(months[0].replace(day=1), day)}
    is_account = desk.place.line in ("deposit", "loan")

    def cells(month: date) -> tuple[Cell, ...]:
        found = courses.at(desk.place.path, month)
        turned = opened.get(month)
        return (
            found.balance,
            found.holder_count,
            found.active_holder_count,
            found.taken_up_count,
            found.left_count,
            (turned.opened_count if turned else 0) if is_account else None,
            turned.rate if turned else None,
            (turned.closed_count if turned else 0) if is_account else None,
        )

    known = {month: cells(month) for month in reversed(months) if courses.at(desk.place.path, month) != ProductMonth()}
    headings = (
        Heading(Text("余额", "Balance"), Unit.YUAN),
        Heading(Text("持有客户", "Holders"), Unit.COUNT),
        Heading(Text("活跃客户", "Active"), Unit.COUNT),
        Heading(Text("新增客户", "Took it up"), Unit.COUNT),
        Heading(Text("流失客户", "Left it"), Unit.COUNT),
        Heading(Text("开户", "Opened"), Unit.COUNT),
        Heading(Text("新开利率", "Rate when opened"), Unit.SHARE),
        Heading(Text("销户", "Closed"), Unit.COUNT),
    )
    told = [place for place in range(len(headings)) if any(line[place] is not None for line in known.values())]
    return filled(
        Block(
            "months",
            Text("逐月变化", "Month by month"),
            Text("月份", "Month"),
            tuple(headings[place] for place in told),
            tuple(Line(month_word(month), tuple(line[place] for place in told)) for month, line in known.items()),
            bars=0 if told else None,
            metric="product_holder_count",
            is_wide=True,
        )
    )


def _stages(life: ProductLife, first: date) -> Block:
    title = Text("账户的一生：开户之后", "The life of an account after it was opened")
    if not life.followed_count:
        return missing("stages", title, Text(f"{first} 之后没有新开账户。", f"No account was opened after {first}."))
    return Block(
        "stages",
        title,
        Text("阶段", "Stage"),
        (
            Heading(Text("到达账户", "Accounts"), Unit.COUNT),
            Heading(Text("占新开", "Of those opened"), Unit.SHARE),
            Heading(Text("中位账龄（月）", "Median age (months)"), Unit.COUNT),
        ),
        (
            Line(Text("开户", "Opened"), (life.followed_count, share(life.followed_count, life.followed_count), 0)),
            *(
                Line(STAGE_NAMES[one.code], (one.account_count, share(one.account_count, life.followed_count), one.median_age))
                for one in life.stages
            ),
        ),
        notes=(
            Text(
                f"只看 {first} 起新开的账户；高点为最高月末余额且此后更低；睡眠按报告日的睡眠户规则；中位账龄是到达者的中位数",
                f"only accounts opened from {first} on; the highest balance is that of a month end and lower since; dormant by the rule of "
                "dormant accounts on the reporting date; medians are of those who got there",
            ),
        ),
        bars=0,
        is_wide=True,
    )


def _survival(life: ProductLife) -> Block:
    def cell(found: Survival | None) -> Cell:
        return Ranged(found.share.value, found.share.low, found.share.high) if found else None

    def cells(cohort: Cohort) -> tuple[Cell, ...]:
        return (cohort.account_count, cohort.closed_count, *(cell(cohort.at(age - 1)) for age in _AGES))

    def name(cohort: Cohort) -> Text | str:
        return quarter_word(cohort.quarter) if cohort.quarter else Text("历史起点前开立", "Opened before the history")

    named = [cohort for cohort in life.cohorts if cohort.quarter is not None]
    return filled(
        Block(
            "survival",
            Text("存续：开户后还在的账户", "Survival: accounts still open"),
            Text("开户季度", "Quarter of opening"),
            (
                Heading(Text("账户 n", "Accounts n"), Unit.COUNT),
                Heading(Text("已销户", "Closed"), Unit.COUNT),
                *(Heading(Text(f"满 {age} 个月", f"{age} months"), Unit.SHARE, is_ranged=True) for age in _AGES),
            ),
            tuple(Line(name(cohort), cells(cohort)) for cohort in life.cohorts),
            Line(Text("全部", "All"), cells(life.whole)) if life.cohorts else None,
            notes=(
                Text(
                    "Kaplan–Meier 估计，下为 Greenwood 区间；历史起点前开立的账户自当时账龄起计入风险集，"
                    "仍开立的到现有账龄为止；观察不到的账龄为 —",
                    "Kaplan–Meier with Greenwood's interval; accounts opened before the history are at risk from their age at its "
                    "beginning, those still open up to the age they have; — where no age is observed",
                ),
            ),
            curves=curves_of(
                [(Text("全部", "All"), life.whole), *((quarter_word(one.quarter), one) for one in named[-5:-1] if one.quarter)]
            ),
            is_wide=True,
        )
    )


def structure_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return the four ways in which accounts are cut."""
    del gateway, state
    if desk.place.line not in ("deposit", "loan"):
        return [missing("term", SECTION_NAMES["term"], NO_SUCH["accounts"])]
    bands = desk.structure(day)
    beside = tuple(band.balance for band in bands)
    found: list[Block] = []
    for section, title in SECTION_NAMES.items():
        mine = [band for band in bands if band.section == section]
        count, balance = sum(band.account_count for band in mine), sum((band.balance for band in mine), Decimal(0))
        found.append(
            filled(
                Block(
                    section,
                    title,
                    Text("分段", "Band"),
                    (
                        Heading(Text("户数", "Accounts"), Unit.COUNT),
                        Heading(Text("余额", "Balance"), Unit.YUAN),
                        Heading(Text("占比", "Share"), Unit.SHARE),
                    ),
                    tuple(Line(band_word(band), (band.account_count, band.balance, share(band.balance, balance))) for band in mine),
                    Line(Text("合计", "Total"), (count, balance, share(balance, balance))) if mine else None,
                    notes=(
                        Text(
                            f"分段下限为有生效日的参数 product_band.{section}",
                            f"limits are the dated parameters product_band.{section}",
                        ),
                    ),
                    bars=1,
                    beside=beside,
                )
            )
        )
    return found


def customer_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return who came and went, where those who left went, and how holders differ from others."""
    months = months_of(gateway, day)[1:]
    courses = gateway.products.courses(state.organisation, months, state.view)
    now = courses.at(desk.place.path, day)
    taken = [courses.at(desk.place.path, month) for month in months]
    came, left = (
        sum(count or 0 for count in counts) for counts in zip(*((one.taken_up_count, one.left_count) for one in taken), strict=True)
    )
    group = desk.place.group
    address = ""
    if group and gateway.may(Permission.CUSTOMER_VIEW):
        address = _holders_address(group, state.organisation)
    blocks = [
        Block(
            "moves",
            Text("谁持有、谁来、谁走", "Who holds it, who came, who left"),
            Text("客户", "Customers"),
            (Heading(Text("户数", "Number"), Unit.COUNT), Heading(Text("占持有", "Of holders"), Unit.SHARE)),
            (
                Line(Text("现在持有", "Hold it now"), (now.holder_count, share(now.holder_count or 0, now.holder_count or 0)), address),
                Line(
                    Text("其中活跃", "Of these, use it"),
                    (now.active_holder_count, share(now.active_holder_count or 0, now.holder_count or 0)),
                ),
                Line(Text("十二个月新增", "Came in twelve months"), (came, share(came, now.holder_count or 0))),
                Line(Text("十二个月流失", "Left in twelve months"), (left, share(left, now.holder_count or 0))),
            ),
            notes=(Text("点“现在持有”在客户群中打开名单", "holders open as a customer group"),) if address else (),
        )
    ]
    if group is None:
        return [*blocks, missing("portrait", Text("客户画像", "Portrait"), NO_SUCH["groups"])]
    return [*blocks, _went(gateway, state, group), _portrait(gateway, desk, state, day)]


def _holders_address(group: str, organisation: str | None) -> str:
    wanted = [{"id": "c1", "field": "product", "is": "is", "value": group}]
    if organisation:
        wanted.append({"id": "c2", "field": "organisation", "is": "is", "value": organisation})
    return builder_address({"id": "r", "join": "all", "of": wanted}, None)


def _went(gateway: Gateway, state: ProductState, group: str) -> Block:
    pairs = gateway.products.pairs(state.organisation, state.customer_kind, state.view).pairs
    went = sorted(
        (pair for pair in pairs if pair.first == group and pair.switched_count), key=lambda pair: (-pair.switched_count, pair.second)
    )
    return filled(
        Block(
            "went",
            Text("走的去了哪里", "Where those who left went"),
            Text("现在持有", "Hold now"),
            (Heading(Text("转去的客户", "Switched"), Unit.COUNT),),
            tuple(Line(value_word(pair.second), (pair.switched_count,)) for pair in went),
            notes=(
                Text(
                    "十二个月前持有本组而未持有左列，现在持有左列、不再持有本组；一人可去几处",
                    "held this group and not the one at the left twelve months before, now the other way round; one may go several ways",
                ),
            ),
            bars=0,
        )
    )


def _portrait(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Block:
    found = desk.portrait(day, state.customer_kind)
    everybody: dict[str, tuple[int, int]] = {}
    for one in found:
        held, all_of_them = everybody.get(one.trait, (0, 0))
        everybody[one.trait] = (held + one.holder_count, all_of_them + one.customer_count)
    ages = sorted(int(one.code) for one in found if one.trait == "age" and one.code.isdigit())
    told = [one for one in found if not (state.customer_kind == "corporate" and one.trait in ("age", "sex", "farmer"))]
    withholds, least = not gateway.may(Permission.CUSTOMER_VIEW), fewest_shown(day)

    def line(one: Portrait) -> Line:
        held, others = one.holder_count, one.customer_count - one.holder_count
        whole_held, whole = everybody[one.trait]
        name = trait_word(one.trait, one.code, ages) or value_word(one.code)
        title = Text(f"{TRAIT_NAMES[one.trait].zh}：{_of(name).zh}", f"{TRAIT_NAMES[one.trait].en}: {_of(name).en}")
        if withholds and (0 < held < least or 0 < others < least):
            return Line(title, (None, None, None, None))
        mine, theirs = share(held, whole_held), share(others, whole - whole_held)
        return Line(title, (held, mine, theirs, divide(mine, theirs, 2) if mine is not None and theirs else None))

    return filled(
        Block(
            "portrait",
            Text("画像：持有者与未持有者", "Portrait: holders beside others"),
            Text("特征", "Trait"),
            (
                Heading(Text("持有者", "Holders"), Unit.COUNT),
                Heading(Text("占持有者", "Of holders"), Unit.SHARE),
                Heading(Text("占未持有者", "Of others"), Unit.SHARE),
                Heading(Text("倍数", "Times"), Unit.COUNT_EACH),
            ),
            tuple(
                line(one)
                for one in sorted(
                    told,
                    key=_placed,
                )
            )
            if any(h for h, _ in everybody.values())
            else (),
            notes=(
                Text(
                    f"{value_word(state.customer_kind).zh}客户，按产品组统计；倍数＝占持有者 ÷ 占未持有者",
                    f"{value_word(state.customer_kind).en} customers, by product group; times: share of holders ÷ share of others",
                ),
                *((Text("涉及少数客户的不显示", "few customers are withheld"),) if withholds else ()),
            ),
            is_wide=True,
        )
    )


def _placed(one: Portrait) -> tuple[int, int, int, str]:
    return list(TRAIT_NAMES).index(one.trait), _TIERS.index(one.code) if one.code in _TIERS else 0, len(one.code), one.code


def _of(name: Text | str) -> Text:
    return name if isinstance(name, Text) else Text(name, name)


def seller_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return outlets by accounts opened, managers by contribution, and agency sales."""
    first, last = span_of(gateway, state, day)
    names = {node.code: node.name for node in gateway.organisations()}
    outlet = partial(_named, names)
    if desk.place.line not in ("deposit", "loan"):
        return [_sales(gateway, desk, first, last, outlet)]
    found = desk.sellers(first, last)
    opened = sum(one.opened_count or 0 for one in found)
    person = namer(gateway, "manager")
    return [
        filled(
            Block(
                "outlets",
                Text("网点：这一期开户与贡献", "Outlets: accounts opened and contribution in this period"),
                Text("网点", "Outlet"),
                (
                    Heading(Text("开户", "Opened"), Unit.COUNT),
                    Heading(Text("占比", "Share"), Unit.SHARE),
                    Heading(Text("新开余额", "Balance opened"), Unit.YUAN),
                    Heading(Text("贡献", "Contribution"), Unit.YUAN),
                ),
                tuple(
                    Line(outlet(one.code), (one.opened_count, share(one.opened_count or 0, opened), one.opened_balance, one.contribution))
                    for one in found
                ),
                bars=0,
                metric="customer_contribution",
            )
        ),
        filled(
            Block(
                "managers",
                Text("员工：业绩归属", "People: whom results are attributed to"),
                Text("客户经理", "Manager"),
                (Heading(Text("贡献", "Contribution"), Unit.YUAN),),
                tuple(Line(person(one.code), (one.contribution,)) for one in desk.managers(first, last)[:_MOST]),
                notes=(
                    Text(
                        "按客户经理分配归属；EAST 不报送存贷款开户的经办人，销售人员只有代理产品可知",
                        "by assignment to managers; no file names who opened an account of deposits or loans: sellers are known of agency "
                        "products only",
                    ),
                ),
                bars=0,
            )
        ),
    ]


def _named(names: Mapping[str, str], code: str) -> str:
    return names.get(code, code)


def _sales(gateway: Gateway, desk: OneProductDesk, first: date, last: date, outlet: Callable[[str], str]) -> Block:
    found = desk.sales(first, last)
    title = Text("谁卖的", "Who sold it")
    if not found:
        return missing(
            "sales",
            title,
            Text("这一期没有该产品的代理销售记录。", "No agency sale of this product in this period."),
        )
    person = namer(gateway, "manager")
    return Block(
        "sales",
        title,
        Text("网点", "Outlet"),
        (
            Heading(Text("员工", "Person")),
            Heading(Text("笔数", "Sales"), Unit.COUNT),
            Heading(Text("金额", "Amount"), Unit.YUAN),
        ),
        tuple(
            Line(
                outlet(one.organisation), (person(one.employee) if one.employee else Text("未报送", "not delivered"), one.count, one.amount)
            )
            for one in found[:_MOST]
        ),
        bars=2,
        is_wide=True,
    )
