"""Headers of every answer: nothing of a bank's data is kept by browsers or proxies."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
_TOO_LARGE = 413
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ResponseHeaders:
    """Forbids keeping what is not a static file, and what the pages never use of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with these headers; what no page takes is refused before anything reads it."""
        response = _refused(request) or self._get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal of a method that no page uses, or of a body larger than any form; files would else be spooled unread."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return HttpResponse(status=_TOO_LARGE)
    return None
