"""The state of a page of figures, all of it in the address: organisation, day, period, comparisons, metric, split, order, page, columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from maisui.answers import Comparison, Period, Question, View
from maisui.errors import QuestionError
from maisui.web.text import Text, choose

Choice = TypeVar("Choice", bound=StrEnum)

KPIS: tuple[str, ...] = (
    "deposit_balance",
    "deposit_average_daily_balance",
    "loan_balance",
    "npl_ratio",
    "loan_to_deposit_ratio",
    "customer_count",
    "transaction_count",
    "electronic_substitution_rate",
)
"""The eight figures by which a bank is first judged, in reading order."""

DEFAULT_COMPARISONS = (Comparison.PREVIOUS_MONTH, Comparison.SAME_DATE_LAST_YEAR)
NO_COMPARISON = "none"

PERIOD_NAMES: dict[Period, Text] = {
    Period.DAY: Text("当日", "Day"),
    Period.MONTH: Text("本月", "Month"),
    Period.QUARTER: Text("本季", "Quarter"),
    Period.YEAR: Text("本年", "Year"),
    Period.TO_DATE: Text("至今", "To date"),
}
VIEW_NAMES: dict[View, Text] = {View.AS_WAS: Text("当时口径", "As was"), View.AS_IS: Text("现行口径", "As is")}
COMPARISON_NAMES: dict[Comparison, Text] = {
    Comparison.PREVIOUS_DAY: Text("较上日", "vs day before"),
    Comparison.PREVIOUS_WORKING_DAY: Text("较上一工作日", "vs working day before"),
    Comparison.PREVIOUS_MONTH: Text("较上月", "vs last month"),
    Comparison.PREVIOUS_QUARTER: Text("较上季", "vs last quarter"),
    Comparison.YEAR_START: Text("较年初", "vs year start"),
    Comparison.SAME_DATE_LAST_YEAR: Text("同比", "vs last year"),
}
COMPARISON_SHORT_NAMES: dict[Comparison, Text] = {
    Comparison.PREVIOUS_DAY: Text("较上日", "DoD"),
    Comparison.PREVIOUS_WORKING_DAY: Text("较上工作日", "WDoWD"),
    Comparison.PREVIOUS_MONTH: Text("较上月", "MoM"),
    Comparison.PREVIOUS_QUARTER: Text("较上季", "QoQ"),
    Comparison.YEAR_START: Text("较年初", "YTD"),
    Comparison.SAME_DATE_LAST_YEAR: Text("同比", "YoY"),
}


@dataclass(frozen=True, slots=True)
class State:
    """What an address of a page of figures says; what it does not say is None or the default."""

    organisation: str | None = None
    day: date | None = None
    period: Period = Period.MONTH
    comparisons: tuple[Comparison, ...] = DEFAULT_COMPARISONS
    metric: str = KPIS[0]
    sort: str = f"-{KPIS[0]}"
    page: int = 1
    columns: tuple[str, ...] = KPIS
    is_compact: bool = False
    view: View = View.AS_WAS
    split: str = ""
    within: tuple[tuple[str, str], ...] = ()
    explained: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        plain, said = cls(), {name: str(value) for name, value in query.items()}
        words = [word for chosen in query.getlist("compare") for word in str(chosen).split(",") if word]
        chosen = {_choice(Comparison, word, "compare") for word in words if word != NO_COMPARISON}
        columns = tuple(code for code in said.get("columns", "").split(",") if code in KPIS)
        return cls(
            organisation=said.get("org") or None,
            day=_day(said.get("date", "")),
            period=_choice(Period, said["period"], "period") if said.get("period") else plain.period,
            comparisons=tuple(item for item in Comparison if item in chosen) if words else plain.comparisons,
            metric=said.get("metric") or plain.metric,
            sort=said.get("sort") or plain.sort,
            page=_page(said.get("page", "1")),
            columns=columns or plain.columns,
            is_compact=said.get("density") == "compact",
            view=_choice(View, said["view"], "view") if said.get("view") else plain.view,
            split=said.get("split", ""),
            within=tuple(_within(str(word)) for word in query.getlist("within")),
            explained=said.get("of", "") if said.get("part") == "explain" else "",
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), type(self)()
        pairs = [
            ("org", wanted.organisation),
            ("date", wanted.day.isoformat() if wanted.day else None),
            ("period", wanted.period.value if wanted.period is not plain.period else None),
            ("compare", (",".join(wanted.comparisons) or NO_COMPARISON) if wanted.comparisons != plain.comparisons else None),
            ("metric", wanted.metric if wanted.metric != plain.metric else None),
            ("sort", wanted.sort if wanted.sort != plain.sort else None),
            ("page", wanted.page if wanted.page != plain.page else None),
            ("columns", ",".join(wanted.columns) if wanted.columns != plain.columns else None),
            ("density", "compact" if wanted.is_compact else None),
            ("view", wanted.view.value if wanted.view is not plain.view else None),
            ("split", wanted.split or None),
            *(("within", f"{dimension}:{value}") for dimension, value in wanted.within),
            ("part", "explain" if wanted.explained else None),
            ("of", wanted.explained or None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None], safe=",")

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return the state as form fields, `without` those that the form itself asks."""
        return [(name, value) for name, value in parse_qsl(self.query()) if name not in without]

    def question(self, metric: str, by: tuple[str, ...] = ()) -> Question:
        """Return the question this state asks about a metric."""
        return Question(metric, by, self.organisation, self.day, self.period, view=self.view)

    def toggled(self, comparison: Comparison) -> tuple[Comparison, ...]:
        """Return the comparisons with one of them switched on or off."""
        chosen = set(self.comparisons) ^ {comparison}
        return tuple(item for item in Comparison if item in chosen)


def words_of_state(state: State) -> tuple[tuple[str, str], ...]:
    """Return what the state says beside organisation and day, label by label, for the cover of an export."""
    said = [(choose("期间", "Period"), str(PERIOD_NAMES[state.period])), (choose("机构口径", "Organisations"), str(VIEW_NAMES[state.view]))]
    if state.comparisons:
        said.append((choose("对比", "Compared"), choose("、", ", ").join(str(COMPARISON_NAMES[item]) for item in state.comparisons)))
    return tuple(said)


def _choice(kind: type[Choice], word: str, where: str) -> Choice:
    try:
        return kind(word)
    except ValueError as error:
        known = ", ".join(item.value for item in kind)
        raise QuestionError(f"there is no {where} {word!r}", where=where, next_step=f"choose one of: {known}") from error


def _within(word: str) -> tuple[str, str]:
    dimension, colon, value = word.partition(":")
    if not colon:
        raise QuestionError(f"{word!r} narrows nothing", where="within", next_step="write a dimension and a value, as in channel:atm")
    return dimension, value


def _day(word: str) -> date | None:
    if not word:
        return None
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise QuestionError(f"{word!r} is not a day", where="date", next_step="write it as YYYY-MM-DD") from error


def _page(word: str) -> int:
    return int(word) or 1 if word.isascii() and word.isdigit() and len(word) < 5 else 1  # noqa: PLR2004 - no bank has more pages
