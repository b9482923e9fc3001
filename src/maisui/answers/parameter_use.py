"""Which tables and metrics rest on a parameter: found in the SQL of the steps and controls that read it, and followed downstream."""

from __future__ import annotations

import re
from functools import cache

from maisui import reconciliation
from maisui.answers.abilities import weighed_by
from maisui.answers.branches import compared_by
from maisui.answers.narrative import NOISE_FACTOR, watched_metrics
from maisui.answers.performance import judged_by
from maisui.answers.product_settings import staged_by
from maisui.metrics import CATALOGUE, Measure, Metric
from maisui.own_steps import OWN_STEPS, tables_below
from maisui.parameters import product_lines

_LITERAL = re.compile(r"'([a-z_]+(?:\.[a-z_]+)*[.%]{0,2})'")
_LIMITS, _NEAR = ("ratio_floor.", "ratio_ceiling."), "ratio_near_share"
_LIMITED = frozenset(line["code"].partition(".")[2] for line in product_lines() if line["code"].startswith(_LIMITS))
"""Metrics for which the product knows a limit."""
_READ_FROM = re.compile(r"\b(?:FROM|JOIN) ([a-z_]+)")


@cache
def tables_on(code: str) -> frozenset[str]:
    """Return the tables whose rows the parameter `code` decides, directly or through other tables, or on which a control goes by it."""
    named = {step.writes.name for step in OWN_STEPS if "parameter" in step.reads and any(_names(query, code) for query in step.queries)}
    found = tables_below(named)
    ruled = {table for rule in reconciliation.RULES if _names(rule.violations, code) for table in _READ_FROM.findall(rule.violations)}
    return frozenset(found | (ruled & {step.writes.name for step in OWN_STEPS}))


@cache
def metrics_on(code: str) -> tuple[Metric, ...]:
    """Return the metrics that rest on the parameter `code`, are held against it or spoken of by it, in the order of the catalogue."""
    if code == NOISE_FACTOR:
        return tuple(metric for metric in CATALOGUE if metric.code in watched_metrics())
    judged = judged_by(code) | staged_by(code) | compared_by(code) | weighed_by(code)
    if judged:
        return tuple(metric for metric in CATALOGUE if metric.code in judged)
    limited = {code.partition(".")[2]} if code.startswith(_LIMITS) else _LIMITED if code == _NEAR else frozenset()
    if limited:
        return tuple(metric for metric in CATALOGUE if metric.code in limited)
    return tuple(metric for metric in CATALOGUE if any(rests_on(measure, code) for measure in _measures_of(metric)))


def rests_on(measure: Measure, code: str) -> bool:
    """Return whether a measure is asked from a table that rests on the parameter `code`, or names it itself."""
    return measure.mart in tables_on(code) or _names(measure.expression, code)


def marts_of(metric: Metric) -> frozenset[str]:
    """Return the tables that a metric is asked from."""
    return frozenset(measure.mart for measure in _measures_of(metric))


def _measures_of(metric: Metric) -> tuple[Measure, ...]:
    return tuple(measure for measure in (metric.numerator, metric.denominator) if measure is not None)


def _names(query: str, code: str) -> bool:
    """Return whether a query names `code` as a whole, or by a beginning that it completes."""
    return any(literal == code or (literal[-1] in ".%" and code.startswith(literal.rstrip("%"))) for literal in _LITERAL.findall(query))
