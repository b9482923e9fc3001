"""How an anticipated error looks to people: its status, its three lines, and nothing of anybody's data."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from maisui.errors import AccessError, BusyError, HomeError, MaisuiError, QuestionError, StorageError
from maisui.web.access.scope import NotAllowedError, NotVisibleError
from maisui.web.audit.record import AuditUnavailableError

STATUS_OF: tuple[tuple[type[MaisuiError], int], ...] = (
    (NotVisibleError, 404),
    (NotAllowedError, 403),
    (AuditUnavailableError, 503),
    (AccessError, 403),
    (QuestionError, 400),
    (HomeError, 503),
    (StorageError, 503),
    (BusyError, 503),
    (MaisuiError, 500),
)
"""The first class that fits decides."""


def status_of(error: MaisuiError) -> int:
    """Return the HTTP status of an anticipated error."""
    return next(status for kind, status in STATUS_OF if isinstance(error, kind))


class AnticipatedErrors:
    """Turns anticipated errors of pages into the error page, or its fragment where htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Return the error's page; anything that is not anticipated goes on as a bug."""
        if not isinstance(error, MaisuiError):
            return None
        if isinstance(error, NotVisibleError):
            return not_found(request)
        status = status_of(error)
        is_shown = status in (400, 403, 503)
        lines = {"what": error.what, "where": error.where, "next_step": error.next_step} if is_shown else {}
        return _shown(request, status, lines)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer that there is no such page: the same bytes whether it does not exist or may not be seen."""
    del exception
    return _shown(request, 404, {})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form that did not come from our own page."""
    del reason
    return _shown(request, 403, {})


def page_of_status(status: int) -> Callable[..., HttpResponseBase]:
    """Return the handler that answers with the page of `status`."""

    def handle(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
        del exception
        return _shown(request, status, {})

    return handle


def _shown(request: HttpRequest, status: int, lines: dict[str, str]) -> HttpResponseBase:
    """Return the page of an error; for HEAD, which is told the status alone, no page is drawn and none measured."""
    if request.method == "HEAD":
        return StreamingHttpResponse(status=status)
    template = "components/_error.html" if getattr(request, "htmx", False) else "error.html"
    return render(request, template, {"status": status, **lines}, status=status)
