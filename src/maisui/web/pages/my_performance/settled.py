"""My settled statements: what an approved settlement pays the viewer, part by part, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.web.access.scope import NotVisibleError
from maisui.web.allocations.models import Settlement, State
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.settlements.page import export_of_line, statement
from maisui.web.performance_desk import PerformanceDesk


@require_safe
def show(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show the viewer's own statement in an approved settlement."""
    _, settlement, line = _own_line(request, number, code)
    return statement(request, settlement, line, is_own=True)


def export_of_own(request: HttpRequest, number: int, code: str) -> Export:
    """Return the viewer's own statement as a file: what is his he may take with him."""
    desk, settlement, line = _own_line(request, number, code)
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fewest = int(desk.settings(settlement.last_day).fewest_peers)
    return export_of_line(gateway, settlement, line, f"settlement-{settlement.last_day}-{code}", fewest)


def settled_lines(desk: PerformanceDesk) -> Iterator[tuple[Settlement, dict[str, Any]]]:
    """Yield the lines of approved settlements that are the person's own, under any of his numbers, the last settlement first.

    A settlement of a time in which somebody else had one of the numbers is not his.
    """
    for settlement in Settlement.objects.filter(state=State.APPROVED):
        for line in settlement.lines if desk.is_his_from(settlement.first_day) else ():
            if line["number"] in desk.person.employees and not line["is_outlet"]:
                yield settlement, line


def _own_line(request: HttpRequest, number: int, code: str) -> tuple[PerformanceDesk, Settlement, dict[str, Any]]:
    """Return the viewer's desk, and his line under one of his numbers.

    Raises:
        NotVisibleError: when there is none, or it is a colleague's.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    desk = PerformanceDesk.of_viewer(gateway) if gateway.freshness() is not None else None
    own = ((desk, *found) for found in settled_lines(desk)) if desk else iter(())
    found = next(((desk, settlement, line) for desk, settlement, line in own if settlement.pk == number and line["number"] == code), None)
    if found is None:
        raise NotVisibleError("there is no such statement of yours", where="my performance", next_step="choose one from your page")
    return found
