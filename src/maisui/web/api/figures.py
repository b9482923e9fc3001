"""The routes of figures: catalogue, answers, trends, explanations, organisations, freshness, quality and arrival of data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.answers import BY_CODE, CHILD, Comparison, Period, Question, View, by_target
from maisui.answers.plain import (
    answer_json,
    data_quality_json,
    delivery_calendar_json,
    explanation_json,
    freshness_json,
    metric_json,
    movement_json,
    organisation_json,
    trend_json,
)
from maisui.errors import HomeError, QuestionError
from maisui.web.access.scope import NotVisibleError
from maisui.web.gateway import Gateway

MOST_ROWS = 20_000
router = Router()


class Problem(Schema):
    """What went wrong, where, and what to do next."""

    what: str
    where: str
    next: str


class MetricAnswer(Schema):
    """One definition of the catalogue."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    meaning_zh: str
    meaning_en: str
    formula_zh: str
    formula_en: str
    numerator_table: str
    denominator_table: str | None
    timing: str
    more_is_better: bool | None
    owner: str
    dimensions: dict[str, str]


class FigureRow(Schema):
    """One line of an answer; the base is there only where a comparison was asked."""

    dimensions: dict[str, str]
    numerator: str | None
    denominator: str | None
    value: str | None
    base_value: str | None = None
    change: str | None = None
    change_rate: str | None = None


class FigureAnswer(Schema):
    """The answer to one question, as `maisui ask --json` prints it."""

    metric: str
    name_zh: str
    name_en: str
    unit: str
    date: date
    period: str
    period_start: date
    organisation: str | None
    view: str
    version: str
    notes: list[str]
    rows: list[FigureRow]
    comparison: str | None = None
    base_date: date | None = None


class TrendPoint(Schema):
    """One day of a trend."""

    date: date
    value: str | None


class TrendAnswer(Schema):
    """How a figure moved."""

    metric: str
    name_zh: str
    name_en: str
    unit: str
    organisation: str | None
    version: str
    points: list[TrendPoint]


class DriverLine(Schema):
    """One line of a split and its part in the change of the whole; mix and rate only of ratios."""

    code: str
    base: str | None
    value: str | None
    effect: str
    mix: str | None
    rate: str | None


class DriversAnswer(Schema):
    """What moved a figure: the effects of all lines add up to the change."""

    metric: str
    unit: str
    date: date
    base_date: date
    organisation: str | None
    version: str
    narrowed_by: list[str]
    split: str
    base: str
    value: str
    change: str
    drivers: list[DriverLine]


class OrganisationAnswer(Schema):
    """One organisation the token's owner may see."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    depth: int
    is_open: bool


class FreshnessAnswer(Schema):
    """The stamp of the published version."""

    version: str
    reporting_date: date
    first_date: date
    last_delivery_on: date | None
    published_at: str
    code_version: str
    parameter_version: str
    tie_outs_ok: bool


PROBLEMS: dict[int, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 503: Problem}


def gateway_of(request: HttpRequest) -> Gateway:
    """Return the gateway of the token that asks."""
    return request.auth  # type: ignore[attr-defined]


@router.get("/metrics", response={200: list[MetricAnswer], **PROBLEMS}, summary="The catalogue")
def metrics(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every metric with its meaning, formula, unit and dimensions."""
    return [metric_json(metric) for metric in gateway_of(request).catalogue()]


@router.get("/metrics/{code}", response={200: MetricAnswer, **PROBLEMS}, summary="One definition")
def metric(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one metric's definition."""
    if code not in BY_CODE or not gateway_of(request).catalogue():
        raise NotVisibleError("there is no such metric", where="code", next_step="choose one of /api/metrics")
    return metric_json(BY_CODE[code])


@router.get("/figures/{code}", response={200: FigureAnswer, **PROBLEMS}, summary="One figure", exclude_unset=True)
def figure(
    request: HttpRequest,
    code: str,
    by: Annotated[list[str], Query(description="Dimensions to split by; `child` for the organisations directly below.")] = [],  # noqa: B006
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    day: Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")] = None,
    period: Period = Period.MONTH,
    compare: Comparison | None = None,
    view: Annotated[
        View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = View.AS_WAS,
) -> dict[str, Any]:
    """Return the answer to one question, as `maisui ask --json` prints it."""
    answer = gateway_of(request).ask(by_target(Question(code, tuple(by), org, day, period, compare, view)))
    if len(answer.rows) > MOST_ROWS:
        raise QuestionError(
            f"the answer has more than {MOST_ROWS} lines", where="by", next_step="split by fewer dimensions, or ask for one branch"
        )
    return answer_json(answer)


@router.get("/trends/{code}", response={200: TrendAnswer, **PROBLEMS}, summary="One figure over time")
def trend(
    request: HttpRequest,
    code: str,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    months: Annotated[int, Query(ge=1, le=120, description="How many month ends back, the reporting date included.")] = 13,
    period: Period = Period.MONTH,
    view: Annotated[
        View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = View.AS_WAS,
) -> dict[str, Any]:
    """Return a figure at the last month ends, each equal to the answer for that day."""
    gateway = gateway_of(request)
    return trend_json(gateway.trend(code, organisation=org, days=gateway.month_ends()[:months], period=period, view=view))


@router.get("/drivers/{code}", response={200: DriversAnswer, **PROBLEMS}, summary="What moved a figure")
def movement(
    request: HttpRequest,
    code: str,
    by: Annotated[str, Query(description="The dimension to take it apart by; `child` for the organisations directly below.")] = CHILD,
    within: Annotated[list[str], Query(description="Only lines with this value of another dimension, as in `channel:atm`.")] = [],  # noqa: B006
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    day: Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")] = None,
    period: Period = Period.MONTH,
    compare: Comparison = Comparison.PREVIOUS_MONTH,
    view: Annotated[
        View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = View.AS_WAS,
) -> dict[str, Any]:
    """Return each line's part in a figure's change; the parts add up to the change exactly."""
    narrowed = {name: value for name, _, value in (word.partition(":") for word in within)}
    question = Question(code, (*narrowed, by), org, day, period, view=view)
    compared, moved = gateway_of(request).movement(question, compare, narrowed)
    base = compared.bases[compare]
    if moved is None or base is None:
        raise QuestionError("the figure does not exist at both days", where="date", next_step="choose another day or another base")
    return movement_json(moved, compared.answer, base)


@router.get("/explanations/{code}", response={200: dict[str, Any], **PROBLEMS}, summary="Why a figure is what it is")
def explanation(
    request: HttpRequest,
    code: str,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    day: Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")] = None,
    period: Period = Period.MONTH,
    view: Annotated[
        View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = View.AS_WAS,
) -> dict[str, Any]:
    """Return definition, SQL, parameters, tie-outs, source columns, files and line ranges, as `maisui explain --json` prints them."""
    return _written(explanation_json(gateway_of(request).explain(Question(code, (), org, day, period, view=view))))


@router.get("/organisations", response={200: list[OrganisationAnswer], **PROBLEMS}, summary="The organisations you may see")
def organisations(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the tree in order: a parent, then what lies below it."""
    return [organisation_json(node) for node in gateway_of(request).organisations()]


@router.get("/freshness", response={200: FreshnessAnswer, **PROBLEMS}, summary="How fresh the figures are")
def freshness(request: HttpRequest) -> dict[str, Any]:
    """Return the stamp of the published version."""
    found = gateway_of(request).freshness()
    if found is None:
        raise HomeError("nothing has been published yet", where="this bank", next_step="wait for the first batch")
    return freshness_json(found)


@router.get("/data-quality", response={200: dict[str, Any], **PROBLEMS}, summary="What the data lack")
def data_quality(request: HttpRequest) -> dict[str, Any]:
    """Return how complete and old customer data are, unknown words by column, and keys that hang in the air; counts only."""
    return data_quality_json(gateway_of(request).data.data_quality())


@router.get("/delivery-calendar", response={200: dict[str, Any], **PROBLEMS}, summary="Which feed came on which day")
def delivery_calendar(
    request: HttpRequest,
    month: Annotated[date | None, Query(description="Any day of the month; the newest month with a delivery by default.")] = None,
) -> dict[str, Any]:
    """Return each feed's days of a month: arrived, corrected, late or missing, with quarantined lines."""
    return delivery_calendar_json(gateway_of(request).data.delivery_calendar(month.replace(day=1) if month else None))


def _written(value: Any) -> Any:
    """Return plain values with decimals as text, which JSON numbers would round."""
    if isinstance(value, dict):
        return {name: _written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return value if value is None or isinstance(value, (str, int, bool, float)) else str(value)
