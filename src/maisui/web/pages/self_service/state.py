"""The state of the self-service table, all of it in the address: metrics, rows, column, organisation, day, period, order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from maisui.answers import Period, Question, View
from maisui.errors import QuestionError
from maisui.web.pages.overview.state import State as FigureState

MOST_METRICS = 8
MOST_ROWS_DIMENSIONS = 2
TIME = "time"
"""The column of the last months: not a dimension, but the same question at each month's end."""
MONTH_CHOICES = (3, 6, 13, 25)


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says; what it does not say is the default."""

    metrics: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    column: str = ""
    months: int = 6
    sort: str = ""
    organisation: str | None = None
    day: date | None = None
    period: Period = Period.MONTH
    view: View = View.AS_WAS

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        figures = FigureState.of(query)
        metrics = _listed(query, "m")
        if len(metrics) > MOST_METRICS:
            raise QuestionError(f"at most {MOST_METRICS} metrics stand side by side", where="m", next_step="take some away")
        rows = _listed(query, "rows")
        if len(rows) > MOST_ROWS_DIMENSIONS:
            raise QuestionError(f"at most {MOST_ROWS_DIMENSIONS} dimensions make the rows", where="rows", next_step="take one away")
        months = query.get("months", "")
        return cls(
            metrics=metrics,
            rows=rows,
            column=query.get("cols", ""),
            months=next((choice for choice in MONTH_CHOICES if str(choice) == months), cls().months),
            sort=query.get("sort", ""),
            organisation=figures.organisation,
            day=figures.day,
            period=figures.period,
            view=figures.view,
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), State()
        pairs = [
            *(("m", code) for code in wanted.metrics),
            *(("rows", code) for code in wanted.rows),
            ("cols", wanted.column or None),
            ("months", wanted.months if wanted.months != plain.months else None),
            ("sort", wanted.sort or None),
            ("org", wanted.organisation),
            ("date", wanted.day.isoformat() if wanted.day else None),
            ("period", wanted.period.value if wanted.period is not plain.period else None),
            ("view", wanted.view.value if wanted.view is not plain.view else None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return the state as form fields, `without` those that the form itself asks."""
        return [(name, value) for name, value in parse_qsl(self.query()) if name not in without]

    def question(self, metric: str, by: tuple[str, ...], day: date | None = None) -> Question:
        """Return the question this state asks about a metric, at another day where one is given."""
        return Question(metric, by, self.organisation, day or self.day, self.period, view=self.view)


def _listed(query: QueryDict, name: str) -> tuple[str, ...]:
    """Return every value of a field once, in its order; one field may hold several, parted by commas."""
    words = [word for value in query.getlist(name) for word in str(value).split(",") if word]
    return tuple(dict.fromkeys(words))
