"""My performance: what the viewer did and what is his, over the whole bank, whatever the address says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.web.gateway import Gateway
from maisui.web.pages.performance.person import context_of, own_state
from maisui.web.performance_desk import PerformanceDesk


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own figures; who has no employee number in the bank's files is told how to get one."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "my_performance/nobody.html", {"is_empty": True})
    desk = PerformanceDesk.of_viewer(gateway)
    if desk is None:
        return render(request, "my_performance/nobody.html", {"number": gateway.viewer.employee_number})
    return render(request, "performance/person.html", context_of(request, gateway, desk, own_state(request)))
