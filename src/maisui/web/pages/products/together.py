"""What is held together: who of the holders of one product also holds another, and who holds the one without the other?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.answers.product_chances import Chance
from maisui.answers.product_pairs import Pair, PairTable
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.pages.known_contribution import NOT_KNOWN, knows_contribution
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import Tried, attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import value_word
from maisui.web.text import choose

KINDS = ("personal", "corporate")
MOST_PAIRS = 30
MOST_CHANCES = 30
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Tie:
    """One pair as it is listed, with the address of the draft of those who hold the first and not the second."""

    pair: Pair
    group_address: str


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the matrix: the pair (None on the diagonal or where it is withheld) and how dark it is, 0 to 5."""

    pair: Pair | None
    is_same: bool
    shade: int


def kind_of(state: State) -> str:
    """Return the kind of customer that the state looks at; persons where it names none."""
    return state.split if state.split in KINDS else KINDS[0]


def pairs_of(gateway: Gateway, state: State) -> PairTable:
    """Return the pairs of a state.

    Raises:
        QuestionError: when it names another day: pairs are counted on the reporting date only.
    """
    fresh = gateway.freshness()
    if fresh and state.day and state.day != fresh.reporting_date:
        raise QuestionError(
            "what is held together is counted on the reporting date only", where="date", next_step=f"choose {fresh.reporting_date}"
        )
    return gateway.products.pairs(state.organisation, kind_of(state), state.view)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is held together, or the fragment of the page that htmx asked for."""
    return figure_page(request, "products", State.of(request.GET), _content, "product_holder_count", page="together")


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.organisation_in_sight(state.organisation)  # out of sight: the whole page says so
    tried, kind = attempt(lambda: pairs_of(gateway, state)), kind_of(state)
    found = tried.value
    may_build = gateway.may(Permission.CUSTOMER_VIEW)
    listed = tied(found) if found else []
    return controls_of(gateway, state, frame["day"]) | {
        "periods": (),
        "comparisons": (),
        "kinds": [(value_word(code), code == kind, state.query(split="" if code == KINDS[0] else code)) for code in KINDS],
        "tried": tried,
        "found": found,
        "names": {code: value_word(code) for code, _ in found.groups} if found else {},
        "rows": matrix_of(found) if found else (),
        "ties": [
            Tie(pair, group_address(pair.first, pair.second, kind, state.organisation) if may_build else "") for pair in listed[:MOST_PAIRS]
        ],
        "tie_count": len(listed),
        "most": MOST_PAIRS,
        "not_known": None if knows_contribution(gateway) else NOT_KNOWN,
        "chances": _chances(gateway, state, listed, may_build=may_build) if found else None,
        "outlets": {node.code: node.name for node in gateway.organisations()},
        "money": Unit.YUAN,
        "unit": Unit.COUNT,
        "share": Unit.SHARE,
        "withholds": not may_build,
    }


def _chances(gateway: Gateway, state: State, sure: list[Pair], *, may_build: bool) -> Tried[list[tuple[Chance, str]]]:
    """Return the largest chances, each with the address of its customers' group."""
    kind = kind_of(state)

    def found() -> list[tuple[Chance, str]]:
        listed = gateway.products.chances(state.organisation, kind, state.view, sure)[:MOST_CHANCES]
        return [(one, group_address(one.first, one.second, kind, one.organisation) if may_build else "") for one in listed]

    return attempt(found)


def tied(found: PairTable) -> list[Pair]:
    """Return the pairs whose whole interval of lift lies above 1, the strongest first."""
    sure = [(pair, pair.lift) for pair in found.pairs if pair.lift is not None and pair.lift.low > 1]
    return [one[0] for one in sorted(sure, key=lambda one: (-one[1].low, one[0].first, one[0].second))]


def matrix_of(found: PairTable) -> list[tuple[str, int, list[Square]]]:
    """Return a row for each group with its holders and a square for every other."""
    by_pair = {(pair.first, pair.second): pair for pair in found.pairs}
    return [
        (first, count, [_square(by_pair.get((first, second)), is_same=first == second) for second, _ in found.groups])
        for first, count in found.groups
    ]


def _square(pair: Pair | None, *, is_same: bool) -> Square:
    confidence = pair.confidence.value if pair and pair.confidence else Decimal(0)
    return Square(pair, is_same, min(_SHADES, int(confidence * _SHADES) + (confidence > 0)))


def group_address(first: str, second: str, kind: str, organisation: str | None) -> str:
    """Return the address of the group builder for those who hold the first and not the second."""
    return builder_address(group_rule(first, second, kind, organisation), None)


def group_rule(first: str, second: str, kind: str, organisation: str | None) -> dict[str, Any]:
    """Return the rule of the group of those who hold the first and not the second."""
    wanted = [
        {"id": "c1", "field": "product", "is": "is", "value": first},
        {"id": "c2", "field": "product", "is": "is_not", "value": second},
        {"id": "c3", "field": "customer_kind", "is": "is", "value": kind},
        {"id": "c4", "field": "is_holder", "is": "yes"},
    ]
    if organisation:
        wanted.append({"id": "c5", "field": "organisation", "is": "is", "value": organisation})
    return {"id": "r", "join": "all", "of": wanted}


def export_of_page(request: HttpRequest) -> Export:
    """Return every pair of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="product_ties")
    state = replace(state, organisation=standing.organisation)
    found, kind = pairs_of(gateway, state), kind_of(state)
    title = choose("产品关联", "Held together")
    shares = (
        choose("支持度", "Support"),
        choose("置信度", "Confidence"),
        choose("置信度下限", "Confidence, low"),
        choose("置信度上限", "Confidence, high"),
    )
    columns = (
        Column(choose("持有", "Holders of"), width=24),
        Column(choose("同时持有", "also hold"), width=24),
        Column(choose("持有客户", "Holders"), Unit.COUNT),
        Column(choose("两者皆有", "Both"), Unit.COUNT),
        Column(choose("有前无后", "First without second"), Unit.COUNT),
        *(Column(name, Unit.SHARE) for name in shares),
        Column(choose("提升度", "Lift"), Unit.COUNT_EACH),
        Column(choose("提升度下限", "Lift, low"), Unit.COUNT_EACH),
        Column(choose("提升度上限", "Lift, high"), Unit.COUNT_EACH),
        Column(choose("一年前有前无后", "First without second a year ago"), Unit.COUNT),
        Column(choose("其中一年内新持有", "of these took the second up"), Unit.SHARE),
        Column(choose("全部客户新持有", "of all customers"), Unit.SHARE),
        Column(choose("转换（不再持有前者）", "Switched"), Unit.COUNT),
    )
    rows = [
        (
            str(value_word(pair.first)),
            str(value_word(pair.second)),
            pair.first_count,
            pair.both_count,
            pair.without_count,
            pair.support,
            *((pair.confidence.value, pair.confidence.low, pair.confidence.high) if pair.confidence else (None, None, None)),
            *((pair.lift.value, pair.lift.low, pair.lift.high) if pair.lift else (None, None, None)),
            pair.earlier_count,
            pair.taken_up.value if pair.taken_up else None,
            pair.usual,
            pair.switched_count,
        )
        for pair in found.pairs
    ]
    sheet = Sheet(title, f"{title} · {value_word(kind)} · {standing.place} · {found.day}", columns, rows)
    return Export(
        "product_ties",
        title,
        (sheet,),
        about=standing.about((choose("客户大类", "Kind of customer"), str(value_word(kind)))),
        organisation=standing.organisation,
        name=f"product-ties-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(rows)),
    )
