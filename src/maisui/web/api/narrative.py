"""The route of the overview in words: the same sentences and numbers as on the page, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import translation
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import Comparison, Period, View
from maisui.answers.narrative_plain import sentence_json
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.pages.overview.narrative import told_of
from maisui.web.pages.overview.state import State

router = Router()
_LANGUAGES = ("zh-hans", "en")


@router.get("/narrative", response={200: dict[str, Any], **PROBLEMS}, summary="What is worth saying about an organisation")
def narrative(
    request: HttpRequest,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    day: Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")] = None,
    period: Period = Period.MONTH,
    compare: Comparison = Comparison.PREVIOUS_MONTH,
    view: View = View.AS_WAS,
) -> dict[str, Any]:
    """Return the movements beyond what is usual, the most important first, with causes; each number equals that of `/ask`."""
    gateway = gateway_of(request)
    state = State(organisation=org, day=day, period=period, comparisons=(compare,), view=view)
    texts: list[list[str]] = []
    found = None
    for language in _LANGUAGES:
        with translation.override(language):
            found, said = told_of(gateway, state)
            texts.append(["".join(piece.text for piece in one.pieces) for one in said])
    assert found is not None  # noqa: S101 - there are two languages
    return {
        "date": found.day,
        "period": period.value,
        "organisation": org,
        "compare": found.comparison.value,
        "view": view.value,
        "noise_factor": f"{found.noise_factor:f}",
        "watched": found.watched,
        "festival": list(found.festival) if found.festival else None,
        "version": getattr(gateway.freshness(), "version", None),
        "sentences": [sentence_json(sentence) | {"zh": zh, "en": en} for sentence, zh, en in zip(found.sentences, *texts, strict=True)],
    }
