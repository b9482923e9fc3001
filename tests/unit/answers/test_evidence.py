"""Every figure can be followed to delivered files."""

from maisui.answers.evidence import _TRAILS
from maisui.metrics import CATALOGUE


def test_every_mart_that_a_metric_reads_has_a_trail_to_delivered_tables() -> None:
    marts = {measure.mart for metric in CATALOGUE for measure in (metric.numerator, metric.denominator) if measure}

    assert marts - set(_TRAILS) == {"delivery"}
