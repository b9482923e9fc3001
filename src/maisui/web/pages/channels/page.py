"""The page of channels: what runs where, what it costs, at which hours, and how that moves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.web.gateway import Gateway
from maisui.web.pages.channels.figures import (
    FILTERS,
    TREND_METRICS,
    channel_table,
    child_table,
    choices_of,
    contents_of,
    courses_of,
    heat_of,
    tiers_of,
    trend_metric,
)
from maisui.web.pages.channels.tables import held
from maisui.web.pages.channels.words import HOURS
from maisui.web.pages.overview.figure_page import figure_page, warm_page
from maisui.web.pages.overview.figures import TREND_MONTHS, attempt, metrics_by_code, months_before
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.page import trend_card
from maisui.web.pages.overview.state import State
from maisui.web.staff.models import StaffUser

KINDS = ("personal", "corporate", "unknown")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show channels, or the fragment of the page that htmx asked for."""
    user: StaffUser = request.user  # type: ignore[assignment]

    def content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
        return _content(gateway, state, frame) | {"groups": [] if settings.HOME.is_union else gateway.groups(user).visible()}

    return figure_page(request, "channels", trend_metric(State.of(request.GET)), content, "transaction_count")


def warm(gateway: Gateway) -> None:
    """Compute what the page shows when it is opened without any choice."""
    warm_page(gateway, trend_metric(State()), _content)


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("transaction_count"))  # out of sight or out of history: the whole page says so
    days = months_before(frame["day"], gateway.month_ends(), TREND_MONTHS)
    metrics = metrics_by_code(gateway)
    table, cross = attempt(lambda: channel_table(gateway, state)), attempt(lambda: contents_of(gateway, state))
    channels = [line.code for line in table.value.lines] if table.value else []
    contents = [code for code, *_ in cross.value.rows] if cross.value else []
    values = {
        "channel": channels,
        "transaction_type": contents,
        "customer_kind": KINDS,
        "tier": attempt(lambda: tiers_of(gateway, state)).value or (),
    }
    return controls_of(gateway, state, frame["day"]) | {
        "table": table,
        "courses": attempt(lambda: courses_of(gateway, state, days)).value or {},
        "heat": attempt(lambda: heat_of(gateway, state)),
        "hours": HOURS,
        "filters": [(name, choices_of(state, code, values[code])) for code, name in FILTERS.items()],
        "measures": [
            (metrics["hourly_transaction_count"], state.split != "amount", state.query(split="")),
            (metrics["hourly_transaction_amount"], state.split == "amount", state.query(split="amount")),
        ],
        "cross": cross,
        "below": attempt(lambda: child_table(gateway, state, frame["names"])),
        "trend": attempt(lambda: trend_card(gateway, state, days)),
        "metric": metrics.get(state.metric),
        "metrics": [metrics[code] for code in held(gateway, TREND_METRICS)],
        "metric_fields": state.pairs("metric"),
    }
