"""The route of reports: what another report said of a figure, held against ours, with the causes of the difference."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.answers import Cause, FigureComparison
from maisui.web.api.figures import PROBLEMS, gateway_of

router = Router()
MOST_COMPARED = 50


class CauseLine(Schema):
    """One cause of a difference: its code, its part of ours less theirs, and how many accounts make it up."""

    code: str
    amount: str
    accounts: int


class ReportedLine(Schema):
    """One reported figure beside ours; the causes and what is unexplained add up to the difference."""

    report: str
    organisation: str
    date: date
    metric: str
    currency: str
    unit: str
    note: str
    theirs: str
    ours: str | None
    difference: str | None
    state: str
    reason: str
    causes: list[CauseLine]
    other_explanations: list[list[CauseLine]]
    unexplained: str


class ReportedAnswer(Schema):
    """One page of reported figures, the newest first."""

    total: int
    page: int
    pages: int
    figures: list[ReportedLine]


@router.get("/reported-figures", response={200: ReportedAnswer, **PROBLEMS}, summary="Figures of reports, held against ours")
def reported_figures(
    request: HttpRequest,
    report: Annotated[str | None, Query(description="One report by its name.")] = None,
    org: Annotated[str | None, Query(description="One organisation, without those below it.")] = None,
    metric: Annotated[str | None, Query(description="One metric by its code.")] = None,
    day: Annotated[date | None, Query(alias="date", description="The day of the figure.")] = None,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST_COMPARED)] = 20,
) -> ReportedAnswer:
    """Return reported figures with their difference from ours and its causes; accounts are seen on the page only, masked and recorded."""
    desk = gateway_of(request).reports
    wanted = (report, org, metric, day)
    found = [
        one
        for one in desk.figures()
        if all(
            value is None or value == own for value, own in zip(wanted, (one.report, one.organisation, one.metric, one.day), strict=True)
        )
    ]
    pages = max(1, -(-len(found) // size))
    here = min(page, pages)
    compared = (desk.listed(one) for one in found[(here - 1) * size : here * size])
    return ReportedAnswer(total=len(found), page=here, pages=pages, figures=[_line(one) for one in compared])


def _line(found: FigureComparison) -> ReportedLine:
    figure = found.figure
    return ReportedLine(
        report=figure.report,
        organisation=figure.organisation,
        date=figure.day,
        metric=figure.metric,
        currency=figure.currency,
        unit=figure.unit,
        note=figure.note,
        theirs=str(figure.theirs),
        ours=None if found.ours is None else str(found.ours),
        difference=None if found.difference is None else str(found.difference),
        state=found.state.value,
        reason=found.reason,
        causes=_causes(found.causes),
        other_explanations=[_causes(causes) for causes in found.others],
        unexplained=str(found.unexplained),
    )


def _causes(causes: tuple[Cause, ...]) -> list[CauseLine]:
    return [CauseLine(code=cause.code, amount=str(cause.amount), accounts=cause.rows) for cause in causes]
