"""`maisui metrics`: the catalogue."""

from __future__ import annotations

from maisui.answers.plain import metric_json
from maisui.cli.options import JsonOption
from maisui.cli.output import print_json, print_table
from maisui.metrics import CATALOGUE


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
