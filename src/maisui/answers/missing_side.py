"""Why a ratio has no value: which side of it nobody delivered, or that there is nothing to divide by, in the words of its formula."""

from __future__ import annotations

from maisui.answers.question import Note, Row
from maisui.metrics import Metric


def missing_side(metric: Metric, row: Row | None) -> Note:
    """Return what a figure without a value lacks; the whole formula where its sides cannot be told apart."""
    sides_zh, sides_en = ([side.strip() for side in formula.split("÷")] for formula in (metric.formula_zh, metric.formula_en))
    if metric.denominator is None or row is None or len(sides_zh) != 2 or len(sides_en) != 2:  # noqa: PLR2004 - numerator and denominator
        return Note(f"缺：{metric.formula_zh}", f"missing: {metric.formula_en}")
    lacking = [place for place, amount in enumerate((row.numerator, row.denominator)) if amount is None]
    if not lacking:
        return Note(f"分母为零：{sides_zh[1]}", f"nothing to divide by: {sides_en[1]}")
    return Note(f"缺：{'、'.join(sides_zh[side] for side in lacking)}", f"missing: {', '.join(sides_en[side] for side in lacking)}")
