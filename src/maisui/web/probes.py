"""Two probes for the machine room: is the process alive, and can it answer."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from maisui.errors import MaisuiError


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process is alive."""
    del request
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the operational database and the published version can be read; 503 where not, and never why in detail."""
    del request
    found = {"database": _can_reach_database(), "figures": _can_read_figures()}
    is_ready = all(found.values())
    return JsonResponse({"status": "ok" if is_ready else "not ready", **found}, status=200 if is_ready else 503)


def _can_reach_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _can_read_figures() -> bool:
    try:
        with settings.BANK.reader() as reader:
            return bool(reader.rows("SELECT 1"))
    except MaisuiError:
        return False
