"""The catalogue: one file a topic; one definition of every figure."""

from maisui.metrics import channels, customers, deposits, loan_quality, loans, trust
from maisui.metrics.metric import DIMENSION_BY_CODE, DIMENSIONS, Additivity, Dimension, Measure, Metric, Timing, Unit

CATALOGUE: tuple[Metric, ...] = (
    *deposits.METRICS,
    *loans.METRICS,
    *loan_quality.METRICS,
    *customers.METRICS,
    *channels.METRICS,
    *trust.METRICS,
)
"""Every metric, topic by topic."""

BY_CODE: dict[str, Metric] = {metric.code: metric for metric in CATALOGUE}
"""Every metric under its code."""

__all__ = [
    "BY_CODE",
    "CATALOGUE",
    "DIMENSIONS",
    "DIMENSION_BY_CODE",
    "Additivity",
    "Dimension",
    "Measure",
    "Metric",
    "Timing",
    "Unit",
]
