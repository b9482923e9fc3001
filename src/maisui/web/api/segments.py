"""The route of segments: how many are in each, what they hold, owe and bring; segments of few customers are left out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.errors import QuestionError
from maisui.web.api.figures import PROBLEMS, gateway_of

router = Router()


class SegmentLine(Schema):
    """One segment with sums in yuan and the means of its traits."""

    segment: str
    name_zh: str
    name_en: str
    customers: int
    asset_amount: str
    loan_amount: str
    contribution_amount: str
    traits: dict[str, str | None]


class SegmentAnswer(Schema):
    """The segments of an organisation, how far they may be trusted and why."""

    date: date
    version: str
    rung: str
    said_zh: str
    said_en: str
    segments: list[SegmentLine]


@router.get("/segments", response={200: SegmentAnswer, **PROBLEMS}, summary="Segments of customers")
def segments(
    request: HttpRequest,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
) -> SegmentAnswer:
    """Return the segments, the largest first when they were found."""
    found = gateway_of(request).segments.view(org)
    if found is None:
        raise QuestionError("nobody is put into segments", where="segments", next_step="ask whether `maisui models score segments` has run")
    return SegmentAnswer(
        date=found.day,
        version=found.version,
        rung=found.standing.rung.value,
        said_zh=found.standing.said_zh,
        said_en=found.standing.said_en,
        segments=[
            SegmentLine(
                segment=one.code,
                name_zh=one.name_zh,
                name_en=one.name_en,
                customers=one.customer_count,
                asset_amount=f"{one.asset_amount}",
                loan_amount=f"{one.loan_amount}",
                contribution_amount=f"{one.contribution_amount}",
                traits={trait.code: None if value is None else f"{value}" for trait, value in zip(found.traits, one.traits, strict=True)},
            )
            for one in found.segments
        ],
    )
