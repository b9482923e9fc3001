"""The morning sheet: key figures against the day before, the names behind the movement, what falls due, on one printed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Comparison, DueQuery, Metric, MoverOrder
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import may_split_by
from maisui.web.customers.movers import ShownMover
from maisui.web.gateway import Compared, Gateway
from maisui.web.pages.customers.movers import query_of
from maisui.web.pages.overview.bases import BaseLine, bases_of
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import SPARK_MONTHS, Change, attempt, changes_of, metrics_by_code, months_before
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.narrative import narrative_of
from maisui.web.pages.overview.state import COMPARISON_NAMES, COMPARISON_SHORT_NAMES, State
from maisui.web.pages.overview.words import namer
from maisui.web.performance_desk import PerformanceDesk

FIGURES = (
    "deposit_balance",
    "deposit_average_daily_balance",
    "demand_deposit_share",
    "loan_balance",
    "npl_ratio",
    "overdue_loan_ratio",
    "customer_count",
    "new_customer_count",
)
"""What a branch looks at every morning."""
OF_A_MANAGER = ("managed_deposit_average_daily_balance", "managed_loan_balance", "managed_customer_count")
AGAINST = (Comparison.PREVIOUS_DAY, Comparison.PREVIOUS_MONTH, Comparison.YEAR_START)
NAMED = (("deposit_balance", 5), ("loan_balance", 3))
"""Whose movement is named, and how many customers on either side."""
MANAGER = "manager"
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Names:
    """The customers who moved one balance most, up and down, and the whole movement."""

    metric: Metric
    base_day: date
    base: Decimal
    value: Decimal
    change: Decimal
    rises: tuple[ShownMover, ...]
    falls: tuple[ShownMover, ...]
    address: str


@dataclass(frozen=True, slots=True)
class ManagedLine:
    """One figure of a manager and its change against each base."""

    metric: Metric
    value: Decimal | None
    changes: tuple[Change, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the sheet of the viewer's own organisation, of another that he may see, or of one manager there."""
    asked = State.of(request.GET)
    words = [word for chosen in request.GET.getlist("compare") for word in str(chosen).split(",")]
    comparison = asked.comparisons[0] if words and asked.comparisons else Comparison.PREVIOUS_DAY
    state = replace(asked, comparisons=(comparison,), metric=FIGURES[0])
    manager = request.GET.get(MANAGER)
    return figure_page(request, "morning_sheet", state, lambda *of: _content(*of, asked_manager=manager), FIGURES[0])


def _content(gateway: Gateway, state: State, frame: dict[str, Any], *, asked_manager: str | None) -> dict[str, Any]:
    managers = _managers(gateway, state)
    manager = _manager(gateway, managers, asked_manager)
    day: date = frame["day"]
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    name = namer(gateway, MANAGER)
    tail = f"&{MANAGER}={manager}" if manager else ""
    return controls_of(gateway, state, day) | {
        "comparisons": [
            (COMPARISON_SHORT_NAMES[item], COMPARISON_NAMES[item], item in state.comparisons, state.query(comparisons=(item,)) + tail)
            for item in Comparison
        ],
        "managers": [(number, name(number), number == manager) for number in managers],
        "manager": manager,
        "manager_name": name(manager) if manager else "",
        "manager_fields": state.pairs(MANAGER),
        "told": None if manager else attempt(lambda: narrative_of(gateway, state)),
        "bases": () if manager else _figures(gateway, state, days),
        "managed": _managed(gateway, state, manager) if manager else (),
        "base_names": [COMPARISON_NAMES[item] for item in AGAINST],
        "against": COMPARISON_NAMES[state.comparisons[0]],
        "may_see_customers": gateway.may(Permission.CUSTOMER_VIEW),
        "names": [
            attempt(lambda code=code, most=most: _names(gateway, state, manager, code, most))
            for code, most in NAMED
            if gateway.may(Permission.CUSTOMER_VIEW)
        ],
        "due": gateway.due_soon(DueQuery(state.day, state.organisation, manager)),
    }


def _figures(gateway: Gateway, state: State, days: tuple[date, ...]) -> tuple[BaseLine, ...]:
    lines = bases_of(gateway, state, days, FIGURES)
    return tuple(replace(line, cells=tuple(cell for cell in line.cells if cell.change.comparison in AGAINST)) for line in lines)


def _managers(gateway: Gateway, state: State) -> tuple[str, ...]:
    """Return the managers whose sheets the viewer may open; nobody where no assignments are delivered on the day."""
    found = attempt(lambda: _by_manager(gateway, state, "managed_customer_count", ())).value
    return tuple(sorted({row.dimensions[MANAGER] for row in found.answer.rows} - {"unassigned", "none"})) if found else ()


def _by_manager(gateway: Gateway, state: State, code: str, against: Sequence[Comparison]) -> Compared | None:
    """Return a figure of each manager; of himself alone where the viewer may not see how others do, None where he was no manager then."""
    question = state.question(code, (MANAGER,))
    if may_split_by(gateway.viewer, MANAGER):
        return gateway.compare(question, against)
    own = PerformanceDesk.of_viewer(gateway)
    return own.own_lines(replace(question, organisation=gateway.organisation_in_sight(state.organisation)), against) if own else None


def _manager(gateway: Gateway, managers: tuple[str, ...], asked: str | None) -> str | None:
    """Return whose sheet is asked: who may open his own alone sees it first, under whichever of his numbers the customers are his."""
    if asked is None:
        return managers[0] if managers and not may_split_by(gateway.viewer, MANAGER) else None
    if asked in ("", EVERYBODY):
        return None
    if asked not in managers:
        raise QuestionError("there is no such manager here", where=MANAGER, next_step="choose one of the list")
    return asked


def _managed(gateway: Gateway, state: State, manager: str) -> tuple[ManagedLine, ...]:
    found: list[ManagedLine] = []
    for code in OF_A_MANAGER:
        compared = _by_manager(gateway, state, code, AGAINST)
        if compared is not None:
            row = next((row for row in compared.answer.rows if row.dimensions[MANAGER] == manager), None)
            found.append(ManagedLine(metrics_by_code(gateway)[code], row.value if row else None, changes_of(compared, row, AGAINST)))
    return tuple(found)


def _names(gateway: Gateway, state: State, manager: str | None, code: str, most: int) -> Names:
    asked = replace(state, metric=code, page=1)
    listed = gateway.list_movers(query_of(asked, manager=manager, order=MoverOrder.ENDS, size=most))
    found = listed.found
    return Names(
        found.metric,
        found.base_day,
        found.whole.base,
        found.whole.value,
        found.whole.change,
        tuple(row for row in listed.rows[:most] if row.change > 0),
        tuple(row for row in reversed(listed.rows[-most:]) if row.change < 0),
        asked.query(),
    )
