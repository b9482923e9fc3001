"""The route of forecasts: what is expected of one figure of one organisation with all below it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import ForecastQuery
from maisui.answers.forecasts_plain import forecast_json
from maisui.errors import QuestionError
from maisui.web.api.figures import PROBLEMS, gateway_of

router = Router()


@router.get("/forecasts/{code}", response={200: dict[str, Any], **PROBLEMS}, summary="What is expected of one figure")
def forecast(
    request: HttpRequest,
    code: str,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    member: Annotated[str | None, Query(description="One product group or channel; all of them by default.")] = None,
) -> dict[str, Any]:
    """Return the six months ahead with their measured interval, how they were found, what came of earlier ones, and the parts."""
    found = gateway_of(request).forecasts.of(ForecastQuery(code, org, member))
    if found is None:
        raise QuestionError(
            "nothing is forecast there", where=code, next_step="ask whether `maisui models forecast` has run, or for a larger organisation"
        )
    return forecast_json(found)
