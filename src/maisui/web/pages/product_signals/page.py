"""Signals of products: what to give up, what to push, who needs something new, and where to launch, with what is at stake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.errors import QuestionError
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.one_product.blocks import drawn, sheet_of
from maisui.web.pages.one_product.state import WHOLE_MONTHS
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State, words_of_state
from maisui.web.pages.product_signals.figures import blocks_of
from maisui.web.pages.product_signals.outcomes import Outcomes
from maisui.web.pages.products.page import whole_months
from maisui.web.staff.models import StaffUser
from maisui.web.text import choose


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the signals, or the fragment of the page that htmx asked for."""
    user: StaffUser = request.user  # type: ignore[assignment]

    def content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
        gateway.organisation_in_sight(state.organisation)  # out of sight: the whole page says so
        day = frame["day"]
        tried = attempt(lambda: [drawn(block) for block in blocks_of(gateway, state, counted(gateway, day), Outcomes(gateway, user))])
        return controls_of(gateway, state, day) | {
            "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in WHOLE_MONTHS],
            "tried": tried,
        }

    return figure_page(request, "product_signals", whole_months(State.of(request.GET)), content, "customer_contribution")


def counted(gateway: Gateway, day: date) -> date:
    """Return the reporting date.

    Raises:
        QuestionError: when `day` is another: ties and what went elsewhere are counted on the reporting date only.
    """
    fresh = gateway.freshness()
    if fresh and day != fresh.reporting_date:
        raise QuestionError("signals are found on the reporting date only", where="date", next_step=f"choose {fresh.reporting_date}")
    return day


def export_of_page(request: HttpRequest) -> Export:
    """Return the lists of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    user: StaffUser = request.user  # type: ignore[assignment]
    state = whole_months(State.of(request.GET))
    standing = standing_of(gateway, state.organisation, state.day, where="product_signals")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    sheets = tuple(sheet_of(block, about) for block in blocks_of(gateway, state, counted(gateway, standing.day), Outcomes(gateway, user)))
    known = {metric.code: metric for metric in gateway.catalogue()}
    return Export(
        "product_signals",
        choose("产品信号", "Signals of products"),
        sheets,
        tuple(known[code] for code in ("customer_contribution", "product_holder_count", "active_product_holder_count")),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"product-signals-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(sum(len(sheet.rows) for sheet in sheets)),
    )
