"""The page of adoption: who of each cohort has begun to use electronic channels, and who used each channel lately."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.answers.channel_adoption import ELECTRONIC, HORIZONS, MOBILE, WINDOWS, ActiveUsers, Adoption, CohortBasis
from maisui.answers.figure import divide
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.block_page import Asked, BlockPage, export_blocks, show_blocks, warm_blocks
from maisui.web.pages.channels.words import channel_word
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.text import Text

_NOBODY = Text(
    "这里没有可计的个人客户：数据期内没有个人客户新开存款账户，没有其渠道使用记录，或没有报送客户与账户。",
    "No persons to count here: none opened a first deposit account since the data begin, none is known to have used a channel, "
    "or neither customers nor accounts are delivered.",
)
_OPENED = Text("开户月份", "Month of the first account")
_ACTIVE = Text("首次活跃月份", "First active month")
_CHANNELS: dict[tuple[str, ...], Text] = {
    MOBILE: Text("手机银行", "Mobile bank"),
    ELECTRONIC: Text("电子渠道（手机、网银、电话、第三方支付）", "Electronic channels (mobile, internet, telephone, third-party)"),
}


def _headings() -> tuple[Heading, ...]:
    return (
        Heading(Text("客户", "Customers"), Unit.COUNT),
        *(Heading(Text(f"{months} 个月内", f"within {months} month{'s' if months > 1 else ''}"), Unit.SHARE) for months in HORIZONS),
    )


def _line(name: str, one: Adoption) -> Line:
    return Line(name, (one.size, *one.shares))


def _cohorts(basis: CohortBasis, channels: tuple[str, ...]) -> Callable[[Asked], Block]:
    """Return the maker of the block of cohorts by `basis`."""
    first = _OPENED if basis is CohortBasis.OPENED else _ACTIVE
    name = _CHANNELS[channels]
    title = Text(f"{name.zh}采用率，按{first.zh}", f"{name.en} taken up, by {first.en[0].lower()}{first.en[1:]}")
    code = f"{basis.value}_{'mobile' if channels == MOBILE else 'electronic'}"

    def make(asked: Asked) -> Block:
        found = asked.gateway.channels.adoption(asked.state.organisation, asked.day, basis, channels)
        if not found.cohorts:
            return missing(code, title, _NOBODY)
        return Block(
            code,
            title,
            first,
            _headings(),
            tuple(_line(one.code, one) for one in found.cohorts),
            notes=(
                Text(
                    f"在该月之后若干个月内（含该月）首次使用过的个人客户占比；截至 {found.last_month:%Y-%m}，时间未到的为 —",
                    "persons who had used it for the first time within so many months after that month, as a share; "
                    f"up to {found.last_month:%Y-%m}, — where the time has not come",
                ),
                *(
                    (
                        Text(
                            "数据第一个月活跃的客户此前可能已活跃，不计",
                            "who was active in the first month of the data may have been before and is left out",
                        ),
                    )
                    if basis is CohortBasis.ACTIVE
                    else ()
                ),
            ),
            is_wide=True,
        )

    return make


def _outlets(asked: Asked) -> Block:
    title = Text("各网点新开户客户手机银行采用率", "Mobile bank taken up by new customers, by outlet")
    found = asked.gateway.channels.adoption(asked.state.organisation, asked.day, CohortBasis.OPENED, MOBILE)
    if not found.outlets:
        return missing("outlets", title, _NOBODY)
    ordered = sorted(found.outlets, key=lambda one: (-(one.shares[1] or -1), one.code))
    return Block(
        "outlets",
        title,
        Text("归属网点", "Home outlet"),
        _headings(),
        tuple(_line(asked.name_of(one.code), one) for one in ordered),
        notes=(Text("各月开户客户合并计算，时间已到的才计入分母", "all months together; only those whose time has come stand below"),),
        is_wide=True,
    )


def _active(asked: Asked) -> Block:
    title = Text("近 30、90、180 天活跃客户", "Active users of 30, 90 and 180 days")
    found = asked.gateway.channels.active_users(asked.state.organisation, asked.day)
    every = next((one for one in found if one.channel_code == "all"), None)
    if every is None:
        return missing("active", title, Text("近 180 天没有客户交易或登录。", "Nobody made a transaction or logged in within 180 days."))
    lines = sorted((one for one in found if one is not every), key=lambda one: (-one.counts[0], one.channel_code))
    headings = (
        *(Heading(Text(f"近 {days} 天", f"{days} days"), Unit.COUNT) for days in WINDOWS),
        Heading(Text("30 天 ÷ 180 天", "30 ÷ 180 days"), Unit.SHARE),
        Heading(Text("180 天内仅登录", "logged in only, 180 days"), Unit.COUNT),
    )
    return Block(
        "active",
        title,
        Text("渠道", "Channel"),
        headings,
        tuple(Line(channel_word(one.channel_code), (*one.counts, _share(one), one.log_in_only[-1])) for one in lines),
        Line(
            Text("任一渠道", "Any channel"),
            (*every.counts, _share(every), every.log_in_only[-1]),
        ),
        notes=(
            Text(
                "有本人发起的存款账户交易或成功登录的客户，去重；登录来自渠道流水（channel_log），各渠道相加多于任一渠道",
                "customers with a transaction of their own on a deposit account or a successful log-in, each once; "
                "log-ins come from the channel log; channels add up to more than any channel",
            ),
        ),
        bars=0,
        is_wide=True,
    )


def _share(one: ActiveUsers) -> Decimal | None:
    return divide(Decimal(one.counts[0]), Decimal(one.counts[-1]), Unit.SHARE.decimals) if one.counts[-1] else None


PAGE = BlockPage(
    "channel_adoption",
    Text("渠道采用", "Adoption"),
    (
        _active,
        _cohorts(CohortBasis.OPENED, MOBILE),
        _outlets,
        _cohorts(CohortBasis.OPENED, ELECTRONIC),
        _cohorts(CohortBasis.ACTIVE, MOBILE),
    ),
    "electronic_substitution_rate",
    periods=(),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show adoption, or the fragment of the page that htmx asked for."""
    return show_blocks(request, PAGE)


def warm(gateway: Gateway, day: date) -> None:
    """Find what the page shows of all that the viewer may see."""
    warm_blocks(gateway, PAGE, day)


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    return export_blocks(request, PAGE)
