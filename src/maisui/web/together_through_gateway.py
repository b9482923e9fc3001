"""What a page is about to ask is read at once: figures that look at the same rows in one pass instead of one each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from maisui.answers import Comparison, Period, Question, View, metric_of
from maisui.answers.periods import base_day
from maisui.answers.together import read_series_together, read_together
from maisui.errors import QuestionError

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


def ask_key(question: Question) -> tuple[Hashable, ...]:
    """Return under what the answer to a question within somebody's scope is kept."""
    return "ask", question


def trend_key(metric: str, organisation: str | None, days: Sequence[date], period: Period, view: View) -> tuple[Hashable, ...]:
    """Return under what the course of a metric is kept."""
    return "trend", metric, organisation, tuple(days), period, view


class TogetherThroughGateway:
    """The part of the gateway that reads ahead; what is asked afterwards is answered as if nothing had been read before."""

    def read_together(self, questions: Iterable[Question], comparisons: Sequence[Comparison] = ()) -> None:
        """Read what `ask` and `compare` need for `questions` within the viewer's scope, unless their answers are kept already.

        Raises:
            AccessError: as `ask` does.
        """
        scoped: list[Question] = []
        for question in questions:
            try:
                scoped.append(cast("Gateway", self).in_scope(question))
            except QuestionError:  # whoever asks it is told
                continue
        self.read_ahead(scoped, comparisons, ask_key)

    def read_ahead(
        self, questions: Iterable[Question], comparisons: Sequence[Comparison], key: Callable[[Question], tuple[Hashable, ...]]
    ) -> None:
        """Read what answers to questions that are in scope, and to their bases, need; `key` says under what answers are kept."""
        gateway = cast("Gateway", self)
        with gateway.reader() as reader:
            first, last, wanted = reader.manifest.first_date, reader.manifest.reporting_date, list[Question]()
            for question in questions:
                asked, day = replace(question, comparison=None), question.day or last
                if not first <= day <= last:  # whoever asks it is told
                    continue
                try:
                    timing = metric_of(asked.metric).numerator.timing
                except QuestionError:  # whoever asks it is told
                    continue
                days = [base_day(day, one, timing, gateway.calendar(one)) for one in comparisons]
                wanted += [one for one in (asked, *(replace(asked, day=earlier) for earlier in days)) if not gateway.is_kept(key(one))]
            read_together(gateway.asking(reader), wanted)

    def read_series_together(
        self, metrics: Iterable[str], organisation: str | None, days: Sequence[date], period: Period, view: View
    ) -> None:
        """Read what `trend` needs for each of `metrics` within the viewer's scope, unless their courses are kept already.

        Raises:
            AccessError: as `trend` does.
        """
        gateway = cast("Gateway", self)
        place = gateway.organisation_in_sight(organisation)
        wanted = [code for code in metrics if not gateway.is_kept(trend_key(code, place, days, period, view))]
        with gateway.reader() as reader:
            read_series_together(gateway.asking(reader), wanted, place, days, period, view)
