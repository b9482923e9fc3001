"""How fast the self-service table is answered: every figure, as it is and by each of its dimensions, of a month and of a year."""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from web import percentile, tell

from maisui.answers import BY_CODE, Period, Question, ask
from maisui.errors import QuestionError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published home.")
    home = open_home(options.parse_args().home)
    with open_reader(home.versions, home.parts) as reader:
        seconds = {question: took for question in _questions() if (took := _timed(reader, question)) is not None}
    for question, took in sorted(seconds.items(), key=lambda one: -one[1])[:10]:
        print(f"{took:8.2f} s  {question.metric} by {', '.join(question.by) or 'nothing'}, {question.period}")
    every = list(seconds.values())
    result = {"questions": len(every), "p50_ms": round(statistics.median(every) * 1000, 1), "p95_ms": round(percentile(every, 0.95), 1)}
    tell("self_service", result | {"p99_ms": round(percentile(every, 0.99), 1)})


def _questions() -> list[Question]:
    """Return the questions: pairs of dimensions for the first two that a figure has."""
    return [
        Question(code, by, period=period)
        for code, metric in BY_CODE.items()
        for by in [(), *((one,) for one in metric.dimensions), *([metric.dimensions[:2]] if len(metric.dimensions) > 1 else [])]
        for period in (Period.MONTH, Period.YEAR)
    ]


def _timed(reader: Reader, question: Question) -> float | None:
    """Return the seconds of an answer, nothing kept; None where the figure is not known for the period."""
    began = time.perf_counter()
    try:
        ask(reader, question)
    except QuestionError:
        return None
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
