"""What the shell around every page needs: menu, viewer, freshness, whose bank it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from maisui.answers import Freshness
from maisui.errors import StorageError
from maisui.web.gateway import Gateway
from maisui.web.pages.registry import menu_of
from maisui.web.text import choose


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context; strangers get the bank's name and nothing else."""
    home = settings.HOME
    context: dict[str, Any] = {"bank_name": choose(home.name_zh, home.name_en), "is_demo": home.is_demo}
    gateway = getattr(request, "gateway", None)
    if gateway is None:
        return context
    page = getattr(request, "page", None)
    return context | {
        "viewer": gateway.viewer,
        "menu": menu_of(gateway.viewer, is_union=home.is_union),
        "page_code": page.code if page else "",
        "head_office": SimpleLazyObject(lambda: _head_office(gateway)),
        "freshness": SimpleLazyObject(lambda: _freshness(gateway)) if gateway.viewer.permissions else None,
    }


def _head_office(gateway: Gateway) -> str:
    """Return the name of the organisation at the top: lists leave it out before the names of those below."""
    tree = gateway.whole_tree()
    return tree[0].name if tree else ""


def _freshness(gateway: Gateway) -> Freshness | None:
    """Return the stamp; None where the version cannot be read, so that the page that says so can be drawn."""
    try:
        return gateway.freshness()
    except StorageError:
        return None
