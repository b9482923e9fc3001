"""The same figures by REST: every answer equals `maisui ask --json`, within the scope of the token that asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.schema import OpenAPISchema, get_schema

from maisui import __version__
from maisui.errors import MaisuiError
from maisui.web.api.alerts import router as alerts_router
from maisui.web.api.authentication import ApiTokenAuthentication
from maisui.web.api.channels import router as channels_router
from maisui.web.api.contacts import router as contacts_router
from maisui.web.api.figures import router
from maisui.web.api.forecasts import router as forecasts_router
from maisui.web.api.groups import router as groups_router
from maisui.web.api.ledger import router as ledger_router
from maisui.web.api.narrative import router as narrative_router
from maisui.web.api.next_products import router as next_products_router
from maisui.web.api.outlet_tasks import router as outlet_tasks_router
from maisui.web.api.own_performance import router as own_performance_router
from maisui.web.api.products import router as products_router
from maisui.web.api.reports import router as reports_router
from maisui.web.api.segments import router as segments_router
from maisui.web.api.service import router as service_router
from maisui.web.components.errors import status_of


def _for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the description of the interface for signed-in readers."""
    return require_safe(login_required(view))


class _Interface(NinjaAPI):
    """The interface, described once a process: the description follows from the code alone, and to write it takes a second."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """Return the description of what stands below `path_prefix`; nobody may alter it."""
        return _described(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


@cache
def _described(interface: NinjaAPI, path_prefix: str) -> OpenAPISchema:
    return get_schema(api=interface, path_prefix=path_prefix)


api = _Interface(
    title="Maisui 麦穗",
    version=__version__,
    description="Published figures with their explanation. Decimals are texts, so that no digit is lost. A token is made in “My settings”.",
    auth=ApiTokenAuthentication(),
    docs_decorator=_for_readers,
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("/ledger", ledger_router)
api.add_router("", alerts_router)
api.add_router("", contacts_router)
api.add_router("", forecasts_router)
api.add_router("", groups_router)
api.add_router("", next_products_router)
api.add_router("", segments_router)
api.add_router("", outlet_tasks_router)
api.add_router("", service_router)
api.add_router("", narrative_router)
api.add_router("", reports_router)
api.add_router("", own_performance_router)
api.add_router("/channels", channels_router)
api.add_router("/products", products_router)


def _lines(error: MaisuiError) -> dict[str, str]:
    return {"what": error.what, "where": error.where, "next": error.next_step}


@api.exception_handler(MaisuiError)
def _anticipated(request: HttpRequest, error: MaisuiError | type[MaisuiError]) -> HttpResponse:
    assert isinstance(error, MaisuiError)  # noqa: S101 - ninja's signature admits the class too
    return api.create_response(request, _lines(error), status=status_of(error))


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError | type[AuthenticationError]) -> HttpResponse:
    del error
    answer = {"what": "no valid token", "where": "the header Authorization", "next": "send `Bearer` and a token made in “My settings”"}
    return api.create_response(request, answer, status=401)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)  # noqa: S101 - ninja's signature admits the class too
    places: list[Any] = [".".join(str(part) for part in fault["loc"][1:]) for fault in error.errors]
    answer = {"what": "a parameter is malformed", "where": ", ".join(places), "next": "see the interface's description"}
    return api.create_response(request, answer, status=422)
