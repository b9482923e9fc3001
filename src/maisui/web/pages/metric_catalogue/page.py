"""What does each figure mean: every metric by topic, searched in both languages; one of them down to the delivered columns."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import BY_CODE, DIMENSION_BY_CODE, TOPICS, Additivity, Explanation, Measure, Metric, Question, Timing, Topic
from maisui.errors import MaisuiError
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import owner_name, unit_name
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.explanation import side_of
from maisui.web.pages.overview.state import KPIS
from maisui.web.text import Text

LONGEST_WORDS = 64
MOST_MONTHS = 12
TIMINGS: dict[Timing, Text] = {
    Timing.POINT: Text("报告日当日", "on the reporting day"),
    Timing.LAST: Text("报告日或之前最近一个已交付日", "on the last delivered day up to the reporting day"),
    Timing.PERIOD: Text("期间内各日合计", "summed over the days of the period"),
    Timing.AVERAGE: Text("期间内各日合计除以天数", "summed over the days of the period, divided by their number"),
    Timing.YEAR_START: Text("报告日与上年末", "on the reporting day and at last year's end"),
}
ADDITIVITIES: dict[Additivity, Text] = {
    Additivity.ADDITIVE: Text("可加：各部分之和等于合计", "additive: the parts add up to the whole"),
    Additivity.DISTINCT: Text("不可加：合计单独计算", "not additive: the whole is computed by itself"),
    Additivity.RATIO: Text("比率：按分子之和除以分母之和", "ratio: sum of numerators over sum of denominators"),
    Additivity.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
DIRECTIONS: dict[bool | None, Text] = {
    True: Text("越高越好", "more is better"),
    False: Text("越低越好", "less is better"),
    None: Text("无所谓好坏", "neither is better"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every metric that fits the words of the address, topic by topic."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    mine = set(gateway.catalogue())
    topics = [(Text(topic.name_zh, topic.name_en), _fitting(topic, mine, words)) for topic in TOPICS]
    found = [(name, metrics) for name, metrics in topics if metrics]
    context = {"words": words, "topics": found, "count": sum(len(metrics) for _, metrics in found), "longest_words": LONGEST_WORDS}
    return render(request, "metric_catalogue/page.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one metric: what it means, how it is made, by what it splits, where it comes from and how to ask for it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    metric = BY_CODE.get(code)
    if metric is None or metric not in gateway.catalogue():
        raise Http404
    found = _explained(gateway, metric)
    above = [] if metric.is_per_target else [("numerator", metric.numerator)]  # what stands above is another metric, each target's own
    sides = above + ([("denominator", metric.denominator)] if metric.denominator else [])
    is_compared = request.GET.get("published") == "1"
    context = {
        "is_compared": is_compared,
        "published": _as_published(gateway, metric) if is_compared else [],
        "metric": metric,
        "unit": unit_name(metric.unit),
        "owner": owner_name(metric),
        "direction": DIRECTIONS[metric.more_is_better],
        "is_kpi": metric.code in KPIS,
        "sides": [(role, _recipe(measure)) for role, measure in sides],
        "dimensions": [_dimension(metric, dimension) for dimension in metric.dimensions],
        "explanation": found,
        "lineage": [side_of(found, part) for part in found.parts] if found else [],
        "failed_controls": [control for control in found.controls if control.violations] if found else [],
    }
    return render(request, "metric_catalogue/one.html", context)


def _fitting(topic: Topic, mine: set[Metric], words: str) -> list[Metric]:
    """Return the metrics of a topic that the viewer may ask and whose names, meaning or code hold every word."""
    wanted = words.casefold().split()
    return [metric for metric in topic.metrics if metric in mine and all(word in _text(metric) for word in wanted)]


def _text(metric: Metric) -> str:
    return f"{metric.code} {metric.name_zh} {metric.name_en} {metric.meaning_zh} {metric.meaning_en} {metric.owner}".casefold()


def _recipe(measure: Measure) -> dict[str, Any]:
    return {"measure": measure, "timing": TIMINGS[measure.timing]}


def _dimension(metric: Metric, code: str) -> tuple[Text, str, Text]:
    dimension = DIMENSION_BY_CODE[code]
    return Text(dimension.name_zh, dimension.name_en), code, ADDITIVITIES[metric.additivity(code)]


def _as_published(gateway: Gateway, metric: Metric) -> list[dict[str, Any]]:
    """Return the metric at each month end that has its own version kept: as published then, as known now, and the difference."""
    rows: list[dict[str, Any]] = []
    for day in gateway.month_ends():
        if len(rows) == MOST_MONTHS:
            break
        then = gateway.as_published(Question(metric.code, day=day))
        if then is None:
            continue
        try:
            now = gateway.ask(Question(metric.code, day=day))
        except MaisuiError:
            continue
        before, after = (answer.rows[0].value if answer.rows else None for answer in (then, now))
        change = None if before is None or after is None else after - before
        rows.append({"day": day, "version": then.version, "then": before, "now": after, "change": change})
    return rows


def _explained(gateway: Gateway, metric: Metric) -> Explanation | None:
    """Return where the viewer's own figure comes from; None where he may not see that, or where there is no figure yet."""
    if not gateway.may(Permission.FIGURE_EXPLAIN):
        return None
    try:
        return gateway.explain(Question(metric.code))
    except MaisuiError:
        return None
