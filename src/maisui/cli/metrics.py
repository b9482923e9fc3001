"""`maisui metrics`: the catalogue."""

from __future__ import annotations

from typing import Any

from maisui.cli.options import JsonOption
from maisui.cli.output import print_json, print_table
from maisui.metrics import CATALOGUE, Metric


def metrics_command(as_json: JsonOption = False) -> None:
    """List every metric with its meaning, unit, formula and dimensions."""
    if as_json:
        print_json([metric_json(metric) for metric in CATALOGUE])
        return
    print_table(
        f"{len(CATALOGUE)} metrics",
        [("code", "left"), ("指标", "left"), ("metric", "left"), ("unit", "left"), ("formula", "left")],
        [[m.code, m.name_zh, m.name_en, m.unit.value, m.formula_en] for m in CATALOGUE],
    )


def metric_json(metric: Metric) -> dict[str, Any]:
    """Return one metric's definition as plain values."""
    return {
        "code": metric.code,
        "name_zh": metric.name_zh,
        "name_en": metric.name_en,
        "unit": metric.unit.value,
        "meaning_zh": metric.meaning_zh,
        "meaning_en": metric.meaning_en,
        "formula_zh": metric.formula_zh,
        "formula_en": metric.formula_en,
        "numerator_table": metric.numerator.mart,
        "denominator_table": metric.denominator.mart if metric.denominator else None,
        "timing": metric.numerator.timing.value,
        "more_is_better": metric.more_is_better,
        "owner": metric.owner,
        "dimensions": {code: metric.additivity(code).value for code in metric.dimensions},
    }
