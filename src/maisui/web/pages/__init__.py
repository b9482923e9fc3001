"""The pages: one folder each, listed in `registry`, which is the menu."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from maisui.web.pages.registry import first_of


@require_safe
@login_required
def first_page(request: HttpRequest) -> HttpResponse:
    """Lead to the page with which the viewer begins."""
    return redirect(first_of(request.gateway.viewer, is_union=settings.HOME.is_union).name)  # type: ignore[attr-defined]
