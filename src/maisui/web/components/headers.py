"""Headers of every answer: nothing of a bank's data is kept by browsers or proxies."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ResponseHeaders:
    """Forbids keeping what is not a static file, and what the pages never use of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with these headers; a method that no page uses is refused before anything reads it."""
        response = self._get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
