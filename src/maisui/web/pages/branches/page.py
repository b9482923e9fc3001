"""The pages of branches: all outlets side by side, and the portrait of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from maisui.answers import Period, Unit, metric_of
from maisui.answers.branch_advice import Advice, Silence
from maisui.answers.branch_peers import Character, Likeness
from maisui.answers.product_chances import Chance
from maisui.web.access.permissions import Permission
from maisui.web.branch_desk import BranchDesk
from maisui.web.components.figures import NOTHING, column_scale, digits, table_scales
from maisui.web.gateway import Gateway
from maisui.web.groups.threshold import are_few, fewest_shown
from maisui.web.pages.branches.portrait import MakeUp, Portrait, character_of, efficiency_of, portrait_of
from maisui.web.pages.branches.words import (
    AREA_WORDS,
    CHARACTER_WORDS,
    COUNTER_WORDS,
    FEATURE_WORDS,
    MANAGER_WORDS,
    SHARES,
    SILENCE_WORDS,
)
from maisui.web.pages.overview.drawings import bars
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import Part, attempt, structure_of
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.products.together import group_address, pairs_of, tied
from maisui.web.text import Text

PERIODS = (Period.MONTH, Period.QUARTER, Period.YEAR)
MOST_CHANCES = 8
MOST_PARTS = 8
STRUCTURES: tuple[tuple[Text, str, str, bool], ...] = (
    (Text("存款（按产品组）", "Deposits by product group"), "deposit_balance", "product_group", False),
    (Text("贷款（按产品组）", "Loans by product group"), "loan_balance", "product_group", False),
    (Text("客户（按大类）", "Customers by kind"), "customer_count", "customer_kind", False),
    (Text("交易（按渠道）", "Transactions by channel"), "transaction_count", "channel", False),
)
"""Title, metric, split, and whether the denominator is the figure."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One alike outlet as shown: its name (none where it is out of sight), distance, and what is most and least alike."""

    likeness: Likeness
    name: str
    is_seen: bool
    grade: str
    character: Text | None
    alike: tuple[Text | str, ...]
    unlike: tuple[Text | str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One outlet of the list: grade, character, staff, figures, and efficiency against the alike outlets in sight."""

    code: str
    name: str
    grade: str
    character: Text | None
    cells: tuple[Decimal | None, ...]
    efficiency: Decimal | None
    best_count: int


LISTED = (
    "deposit_average_daily_balance",
    "loan_balance",
    "customer_count",
    "employee_count",
    "deposit_per_employee",
    "contribution_per_employee",
    "npl_ratio",
)
"""The columns of the list."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the outlets of the viewer's organisations, or the fragment of the page that htmx asked for."""
    return figure_page(request, "branches", state_of(request), _list_content, "deposit_per_employee", page="list")


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show one organisation's portrait; another one chosen in the picker leads to its own address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = state_of(request)
    if state.organisation not in (None, code):
        rest = state.query(organisation=None)
        return redirect(reverse("branches_one", args=[state.organisation]) + (f"?{rest}" if rest else ""))
    gateway.organisation_in_sight(code)
    return figure_page(request, "branches", replace(state, organisation=code), _content, "deposit_per_employee")


def desk_of(gateway: Gateway, state: State) -> BranchDesk:
    """Return the desk of the state's day and period."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - pages without a publication say so before they ask
    return BranchDesk(gateway, state.day or fresh.reporting_date, state.period, fresh.first_date)


def listed_of(gateway: Gateway, state: State) -> tuple[Listed, ...]:
    """Return the outlets in sight below the state's organisation: open, with no open organisation below.

    A closed outlet may hang below its successor, which stays an outlet.
    """
    desk, nodes = desk_of(gateway, state), gateway.organisations()
    parents = {node.parent_code for node in nodes if node.is_open}
    top = state.organisation
    desk.read((*LISTED, *desk.metrics_compared()))
    found: list[Listed] = []
    for node in nodes:
        above = desk.above(node.code)
        if node.code in parents or not node.is_open or len(above) == 1 or (top and top not in above):
            continue
        profile, said = desk.profiles.get(node.code), character_of(desk, node.code).said
        seen = [peer.organisation for peer in desk.peers(node.code) if peer.organisation in desk.in_sight]
        against = efficiency_of(desk, node.code, seen)
        found.append(
            Listed(
                node.code,
                node.name,
                profile.grade if profile else "",
                CHARACTER_WORDS[said] if said else None,
                tuple(desk.value(code, node.code) for code in LISTED),
                against.score if against else None,
                sum(output.best == node.code for output in against.outputs) if against else 0,
            )
        )
    return tuple(found)


def peers_of(gateway: Gateway, desk: BranchDesk, portrait: Portrait) -> tuple[Peer, ...]:
    """Return the alike outlets as the viewer may see them."""
    names = {node.code: node.name for node in gateway.organisations()}
    return tuple(_peer(desk, names, likeness) for likeness in portrait.peers)


def feature_name(code: str) -> Text:
    """Return what a feature is called."""
    if code in FEATURE_WORDS:
        return FEATURE_WORDS[code]
    metric = metric_of(code)
    return Text(metric.name_zh, metric.name_en)


def feature_unit(code: str) -> Unit:
    """Return what a feature is counted in."""
    if code in FEATURE_WORDS:
        return Unit.SHARE if code in SHARES else Unit.COUNT
    return metric_of(code).unit


def chances_of(gateway: Gateway, state: State) -> list[tuple[Chance, str]]:
    """Return what the organisation holds less of than is usual in the viewer's sight, each with the address of its customers' group.

    Raises:
        QuestionError: on any day but the reporting date.
    """
    wide, may_build = replace(state, organisation=None), gateway.may(Permission.CUSTOMER_VIEW)
    desk = desk_of(gateway, state)
    sure = tied(pairs_of(gateway, wide))
    found = gateway.products.chances(None, "personal", state.view, sure)
    own = [one for one in found if state.organisation in desk.above(one.organisation)][:MOST_CHANCES]
    return [(one, group_address(one.first, one.second, "personal", one.organisation) if may_build else "") for one in own]


def made_of(gateway: Gateway, made: MakeUp | None) -> list[tuple[Text, int | None, Decimal | None]]:
    """Return of what persons an organisation lives: name, how many, share; few are withheld from who may not see customers."""
    if made is None or not made.person_count:
        return []
    parts = (
        (Text("代发入账（近三个月）", "payroll (three months)"), made.payroll_count),
        (Text("养老金", "pension"), made.pension_count),
        (Text("惠农补贴", "farm subsidy"), made.subsidy_count),
        (Text("经营收款", "takings of a trade"), made.merchant_count),
    )
    fresh, sees = gateway.freshness(), gateway.may(Permission.CUSTOMER_VIEW)
    fewest = fewest_shown(fresh.reporting_date if fresh else date.min)
    found: list[tuple[Text, int | None, Decimal | None]] = []
    for name, count in parts:
        shown = None if count is None or (not sees and are_few(count, fewest)) else count
        found.append((name, shown, None if shown is None else Decimal(shown) / made.person_count))
    return found


def state_of(request: HttpRequest) -> State:
    """Return the state of the address, with a period that branches know."""
    state = State.of(request.GET)
    return replace(state, period=state.period if state.period in PERIODS else Period.MONTH)


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("deposit_balance"))  # out of sight or out of history: the whole page says so
    desk = desk_of(gateway, state)
    assert state.organisation is not None  # noqa: S101 - it stands in the address
    tried = attempt(lambda: portrait_of(desk, str(state.organisation)))
    portrait = tried.value
    found = portrait.efficiency.outputs if portrait and portrait.efficiency else ()
    chances = attempt(lambda: chances_of(gateway, state))
    return _controls(gateway, state, frame["day"]) | {
        "tried": tried,
        "portrait": portrait,
        "character": _character_words(portrait) if portrait else None,
        "made": made_of(gateway, portrait.make_up) if portrait else [],
        "peers": peers_of(gateway, desk, portrait) if portrait else (),
        "structures": [_structure(gateway, state, *structure) for structure in STRUCTURES],
        "outputs": [
            (metric_of(output.code), output, frame["names"].get(output.best, output.best), bar)
            for output, bar in zip(found, bars([output.ratio for output in found]), strict=True)
        ],
        "chances": chances,
        "counter": _said(portrait.advice.counter, COUNTER_WORDS) if portrait else None,
        "manager": _said(portrait.advice.manager, MANAGER_WORDS) if portrait else None,
        "queue_bars": _queue(portrait) if portrait else [],
        "chance_rows": _chance_rows(chances.value or []),
        "long_wait": desk.settings.number("long_wait_minutes"),
        "short_wait": desk.settings.number("short_wait_minutes"),
        "margin_text": _percent(desk.settings.number("load_margin")),
        "weights": [(feature_name(code), weight) for code, weight in desk.settings.similarity.items()],
        "money": Unit.YUAN,
        "share": Unit.SHARE,
        "first_day": desk.first,
    }


def _list_content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("deposit_balance"))  # out of sight or out of history: the whole page says so
    tried = attempt(lambda: listed_of(gateway, state))
    metrics = [metric_of(code) for code in LISTED]
    lines = tried.value or ()
    found = table_scales({at: (metric.unit, [line.cells[at] for line in lines]) for at, metric in enumerate(metrics)})
    scales = list(found.values())
    return _controls(gateway, state, frame["day"]) | {
        "tried": tried,
        "columns": list(zip(metrics, scales, strict=True)),
        "rows": [(line, list(zip(line.cells, metrics, scales, strict=True))) for line in lines],
        "share": Unit.SHARE,
    }


def _controls(gateway: Gateway, state: State, day: date) -> dict[str, Any]:
    return controls_of(gateway, state, day) | {
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in PERIODS],
        "comparisons": (),
        "views": (),
    }


def _structure(gateway: Gateway, state: State, title: Text, metric: str, split: str, is_denominator: bool) -> dict[str, Any]:
    tried = attempt(lambda: structure_of(gateway, state, metric, split, is_denominator=is_denominator))
    parts: tuple[Part, ...] = tried.value[1][:MOST_PARTS] if tried.value else ()
    asked = metric_of(metric)
    return {
        "title": title,
        "metric": asked,
        "tried": tried,
        "scale": column_scale([part.value for part in parts], asked.unit),
        "parts": [(value_word(part.name), part) for part in parts],
    }


def _peer(desk: BranchDesk, names: dict[str, str], likeness: Likeness) -> Peer:
    place = likeness.organisation
    is_seen, profile = place in names, desk.profiles.get(place)
    said = character_of(desk, place).said if is_seen else None
    codes = [feature_name(gap.code) for gap in likeness.gaps]
    return Peer(
        likeness,
        names.get(place, ""),
        is_seen,
        profile.grade if profile else "",
        CHARACTER_WORDS[said] if said else None,
        tuple(codes[-2:][::-1]),
        tuple(name for name, gap in zip(codes[:2], likeness.gaps[:2], strict=True) if gap.share > 0),
    )


def _character_words(portrait: Portrait) -> dict[str, Any]:
    found, profile = portrait.character, portrait.profile

    def word(character: Character | None) -> Text | None:
        return CHARACTER_WORDS[character] if character else None

    return {
        "said": word(found.said),
        "by_area": word(found.by_area),
        "by_customers": word(found.by_customers),
        "area": AREA_WORDS.get(profile.area_kind, profile.area_kind) if profile else "",
        "finding": found,
        "agriculture": _percent(found.agriculture),
        "agriculture_limit": _percent(found.from_agriculture),
        "wage": _percent(found.wage),
        "wage_limit": _percent(found.from_wage),
    }


def _percent(share: Decimal | None) -> str:
    return NOTHING if share is None else f"{digits(share * 100, 1).removesuffix('.0')}%"


def _chance_rows(chances: list[tuple[Chance, str]]) -> list[dict[str, Any]]:
    return [
        {"chance": one, "address": address, "first": value_word(one.first), "second": value_word(one.second)} for one, address in chances
    ]


def _said(advice: Advice | Silence, words: dict[Any, Text]) -> dict[str, Any]:
    if isinstance(advice, Silence):
        return {"words": SILENCE_WORDS[advice], "advice": None}
    return {"words": words[advice.suggestion], "advice": advice, "kind": advice.suggestion.value}


def _queue(portrait: Portrait) -> list[tuple[str, int, Decimal | None, Any, bool]]:
    hours = portrait.advice.hours
    peak = set(portrait.advice.peak.hours) if portrait.advice.peak else set()
    drawn = bars([Decimal(hour.ticket_count) for hour in hours])
    return [
        (
            f"{hour.hour}:00",
            hour.ticket_count,
            Decimal(hour.wait_seconds) / (60 * hour.called_count) if hour.called_count else None,
            bar,
            hour.hour in peak,
        )
        for hour, bar in zip(hours, drawn, strict=True)
    ]
