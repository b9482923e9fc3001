"""The route of key focus: cases of organisations and series within the scope of the token."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.answers import RULE_BY_CODE, CaseQuery, Severity
from maisui.errors import QuestionError
from maisui.web.alerts.desk import ShownCase, waiting_for_nobody
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.pages.focus.state import NOBODY
from maisui.web.pages.focus.words import state_of

router = Router()
MOST_ROWS = 500


class CaseLine(Schema):
    """One case of an organisation or a series: a token never carries the right to see customers."""

    case: str
    rule: str
    name_zh: str
    name_en: str
    severity: str
    date: date
    organisation: str
    at_stake_amount: str | None
    facts: dict[str, str]
    state: str
    owner: str
    due_on: date | None
    is_beyond_budget: bool


class CaseAnswer(Schema):
    """One page of cases, the most severe and the most money first."""

    date: date
    version: str
    total: int
    page: int
    pages: int
    cases: list[CaseLine]


@router.get("/alerts", response={200: CaseAnswer, **PROBLEMS}, summary="Cases of key focus")
def alerts(
    request: HttpRequest,
    rule: Annotated[str | None, Query(description="One rule by its code.")] = None,
    severity: Annotated[Severity | None, Query(description="high, medium or low.")] = None,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
) -> CaseAnswer:
    """Return the cases of the published version within the scope of the token, with how far each is; the look is recorded."""
    if rule is not None and rule not in RULE_BY_CODE:
        raise QuestionError("there is no such rule", where="rule", next_step=f"choose one of: {', '.join(RULE_BY_CODE)}")
    query = CaseQuery(
        NOBODY,
        rule=rule,
        severity=severity.value if severity else None,
        organisation=org,
        handled=waiting_for_nobody(),
        page=page,
        size=size,
    )
    listed = gateway_of(request).cases.listed(query)
    found = listed.found
    return CaseAnswer(
        date=found.day,
        version=found.version,
        total=found.total_count,
        page=found.page,
        pages=found.pages,
        cases=[_line(row) for row in listed.rows],
    )


def _line(shown: ShownCase) -> CaseLine:
    case, handled = shown.case, shown.handled
    return CaseLine(
        case=case.code,
        rule=case.rule.code,
        name_zh=case.rule.name_zh,
        name_en=case.rule.name_en,
        severity=case.severity.value,
        date=case.period_on,
        organisation=case.organisation_code,
        at_stake_amount=None if case.at_stake_amount is None else str(case.at_stake_amount),
        facts={fact.column: str(fact.value) for fact in case.facts if fact.value is not None},
        state=state_of(handled),
        owner=handled.owner.name if handled and handled.owner else "",
        due_on=handled.due_on if handled else None,
        is_beyond_budget=case.is_beyond_budget,
    )
