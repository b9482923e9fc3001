"""How every page of figures answers: the whole page, its changed middle, the list of organisations, or the drawer of an explanation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from maisui.web.gateway import Gateway
from maisui.web.pages.overview.explanation import explanation_context
from maisui.web.pages.overview.figures import metrics_by_code
from maisui.web.pages.overview.frame import frame_of, is_fragment, organisation_choices
from maisui.web.pages.overview.state import State

Chosen = TypeVar("Chosen", bound=State)


def warm_page(gateway: Gateway, state: Chosen, content: Callable[[Gateway, Chosen, dict[str, Any]], dict[str, Any]]) -> None:
    """Compute what a page shows when it is opened in `state`, so that it is there when somebody opens it; see `figure_page`."""
    fresh = gateway.freshness()
    if fresh is not None:
        content(gateway, state, frame_of(gateway, state, fresh.reporting_date))


def figure_page(
    request: HttpRequest,
    folder: str,
    asked: Chosen,
    content: Callable[[Gateway, Chosen, dict[str, Any]], dict[str, Any]],
    explained: str,
    page: str = "page",
) -> HttpResponse:
    """Return the page of `folder` in the state `asked`, or the fragment of it that htmx asked for.

    `content` finds what stands between the frame and the drawer; `explained` is the metric whose explanation opens where none is named;
    `page` names the template where the folder holds several.

    Raises:
        MaisuiError: as the gateway does.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, f"{folder}/{page}.html", {"is_empty": True})
    state, part, fragment = replace(asked, explained=""), request.GET.get("part", ""), is_fragment(request)
    context = frame_of(gateway, state, fresh.reporting_date)

    def drawer() -> dict[str, Any]:
        metric = asked.explained if asked.explained in metrics_by_code(gateway) else explained
        return explanation_context(gateway, state, metric=metric, organisation=context["organisation"])

    if fragment and part == "organisations":
        response = render(request, "overview/_organisations.html", context | organisation_choices(gateway, state))
    elif fragment and part == "explain":
        response = render(request, "overview/_explain.html", context | drawer())
    else:
        context |= content(gateway, state, context)
        if part == "explain":
            context |= {"opened": drawer()}
        response = render(request, f"{folder}/_{page}.html" if fragment else f"{folder}/{page}.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response
