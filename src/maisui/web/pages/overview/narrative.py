"""The overview in words: each sentence of `answers.narrative` in the reader's language, every number a link to where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from string import Formatter
from typing import Any

from django.urls import reverse

from maisui.answers import (
    CHILD,
    DAILY,
    Comparison,
    MainCause,
    Metric,
    Narrative,
    Period,
    Remark,
    Sentence,
    Situation,
    TargetLine,
    Timing,
    Unit,
)
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import MINUS, delta_of, digits, exact, scale_of, short, unit_word
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import own_code
from maisui.web.pages.overview.inclusive import is_whole_bank
from maisui.web.pages.overview.narrative_words import REMARKS, WORDS
from maisui.web.pages.overview.state import COMPARISON_NAMES, PERIOD_NAMES, State
from maisui.web.pages.overview.words import namer
from maisui.web.text import Text, choose

SHOWN = 5
"""Sentences that stand open; the others are folded."""
_MOST_LISTED = 4

_ADDRESSES: dict[Situation, tuple[str, Permission]] = {
    Situation.DATA_LATE: ("deliveries", Permission.DATA_VIEW),
    Situation.TIES_BROKEN: ("tie_outs", Permission.DATA_VIEW),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: words, or a number with its exact value and the address of where it comes from."""

    text: str
    title: str = ""
    exact: str = ""
    address: str = ""
    is_explained: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in words, and how it is marked: good, bad or neither."""

    situation: Situation
    pieces: tuple[Piece, ...]
    kind: str
    sign: str
    mark: Text


_MARKS = {
    True: ("good", "✓", Text("向好", "Good news")),
    False: ("behind", "!", Text("需关注", "Needs attention")),
    None: ("open", "–", Text("变动", "A change")),
}


def narrative_of(gateway: Gateway, state: State) -> dict[str, Any]:
    """Return the overview in words: what stands open, what is folded, and what was looked at.

    Raises:
        MaisuiError: as the gateway does.
    """
    found, said = told_of(gateway, state)
    return {"narrative": found, "said": said[:SHOWN], "folded": said[SHOWN:], "against": COMPARISON_NAMES[found.comparison]}


def told_of(gateway: Gateway, state: State) -> tuple[Narrative, list[Said]]:
    """Return what is worth saying, and every sentence in the active language.

    Raises:
        MaisuiError: as the gateway does.
    """
    asked = replace(state, organisation=None) if is_whole_bank(gateway, state) else state
    comparison = state.comparisons[0] if state.comparisons else Comparison.PREVIOUS_MONTH
    found = gateway.narrative(replace(asked.question(""), comparison=comparison))
    writer = _Writer(gateway, state, found)
    return found, [writer.said(sentence) for sentence in found.sentences]


def _outstanding(sentence: Sentence) -> str:
    """Return how many of all that stand so do it beyond the usual; nothing where all do."""
    if sentence.count == sentence.whole_count:
        return ""
    return choose(f"，其中 {sentence.count} 项超出平常波动", f", {sentence.count} of them beyond the usual")


class _Writer:
    """Puts sentences into words for one viewer, page and language."""

    def __init__(self, gateway: Gateway, state: State, found: Narrative) -> None:
        self._gateway = gateway
        self._state = replace(state, comparisons=(found.comparison,))
        self._page = state
        self._found = found
        self._names = namer(gateway, CHILD)
        self._own = own_code(gateway, state)
        self._may_explain = gateway.may(Permission.FIGURE_EXPLAIN)

    def said(self, sentence: Sentence) -> Said:
        """Return one sentence in words."""
        text = str(WORDS[sentence.situation])
        pieces: list[Piece] = []
        for words, slot, _, _ in Formatter().parse(text):
            if words:
                pieces.append(Piece(words))
            if slot:
                pieces.extend(self._slot(sentence, slot))
        pieces += [Piece(self._remark(remark)) for remark in sentence.remarks]
        if sentence.situation is not Situation.LIMIT_BREACHED:
            pieces += self._beside(sentence)
        pieces += self._causes(sentence)
        return Said(sentence.situation, tuple(pieces), *_MARKS[sentence.is_good])

    def _slot(self, sentence: Sentence, slot: str) -> list[Piece]:
        match slot:
            case "limits":
                return self._listed([self._limit(one.metric, one.value, one.limit) for one in sentence.beside])
            case "targets":
                return self._listed([self._target(line) for line in sentence.targets])
            case _:
                return [self._single(sentence, slot)]

    def _single(self, sentence: Sentence, slot: str) -> Piece:
        """Return what stands in one pair of braces."""
        plain: dict[str, Callable[[], Piece]] = {
            "count": lambda: self._count(sentence, sentence.count),
            "whole": lambda: self._count(sentence, sentence.whole_count),
            "outstanding": lambda: Piece(_outstanding(sentence)),
            "day": lambda: Piece(str(sentence.base_day)),
            "period": lambda: Piece(str(PERIOD_NAMES[self._state.period])),
            "branch": lambda: self._branch(sentence.organisation),
        }
        metric = sentence.metric
        if metric is None:
            return plain[slot]()
        return (
            plain
            | {
                "metric": lambda: Piece(choose(metric.name_zh, metric.name_en.lower())),
                "value": lambda: self._value(metric, sentence.value),
                "change": lambda: self._change(metric, sentence),
                "rate": lambda: self._rate(metric, sentence, sentence.rate),
                "peers": lambda: self._peers(metric, sentence.peers_rate),
            }
        )[slot]()

    def _count(self, sentence: Sentence, number: int) -> Piece:
        page, permission = _ADDRESSES.get(sentence.situation, ("", None))
        address = reverse(page) if page and permission and self._gateway.may(permission) else ""
        return Piece(str(number), address=address)

    def _value(self, metric: Metric, value: Decimal | None) -> Piece:
        """Return a figure of the page's organisation, with its explanation or, for who may not see that, its drivers behind it."""
        if self._may_explain:
            return Piece(
                amount(value, metric.unit),
                exact(value, metric.unit),
                str(value),
                f"?{self._page.query(explained=metric.code)}",
                is_explained=True,
            )
        return Piece(amount(value, metric.unit), exact(value, metric.unit), str(value), self._drivers(metric.code))

    def _change(self, metric: Metric, sentence: Sentence) -> Piece:
        change = sentence.change or Decimal(0)
        title = f"{COMPARISON_NAMES[self._found.comparison]} {sentence.base_day} · {difference(change, metric.unit)}"
        return Piece(amount(abs(change), metric.unit, is_change=True), title, str(change), self._drivers(metric.code))

    def _rate(self, metric: Metric, sentence: Sentence, rate: Decimal | None) -> Piece:
        organisation = sentence.organisation or self._state.organisation
        return Piece(_percent(rate), exact=str(rate), address=self._drivers(metric.code, organisation=organisation))

    def _peers(self, metric: Metric, rate: Decimal | None) -> Piece:
        """Return the median of the organisations below, with their table ordered by the change behind it."""
        address = f"?{self._page.query(metric=metric.code, sort=f'-{metric.code}.change', page=1)}"
        return Piece(_percent(rate), exact=str(rate), address=address)

    def _limit(self, metric: Metric, value: Decimal, limit: Decimal | None) -> list[Piece]:
        name = choose(metric.name_zh, metric.name_en)
        bound = amount(limit, metric.unit)
        kind = "ratio_floor" if limit is not None and value < limit else "ratio_ceiling"
        may = self._gateway.may(Permission.PARAMETER_VIEW)
        address = reverse("parameters_one", args=(f"{kind}.{metric.code}",)) if may else ""
        before, after = choose("（限值 ", " (limit "), choose("）", ")")
        return [Piece(f"{name} "), self._value(metric, value), Piece(before), Piece(bound, address=address), Piece(after)]

    def _target(self, line: TargetLine) -> list[Piece]:
        name = choose(line.metric.name_zh, line.metric.name_en)
        plain = State()
        address = f"{reverse('targets')}?{self._page.query(metric=line.metric.code, period=plain.period, sort=plain.sort)}"
        shown = "—" if line.completion is None else f"{digits(line.completion * 100, 1)}%"
        title = f"{exact(line.actual, line.metric.unit)} / {exact(line.target, line.metric.unit)}"
        return [Piece(f"{name} "), Piece(shown, title, str(line.actual), address)]

    def _branch(self, code: str) -> Piece:
        return Piece(self._shortened(str(self._names(code))), address=f"?{self._page.query(organisation=code, page=1)}")

    def _listed(self, items: list[list[Piece]]) -> list[Piece]:
        """Return the first few of a list, and that there are more."""
        found = _joined(items[:_MOST_LISTED], choose("、", ", "))
        return [*found, Piece(choose("等", " and others"))] if len(items) > _MOST_LISTED else found

    def _remark(self, remark: Remark) -> str:
        if remark is Remark.SPRING_FESTIVAL and self._found.festival:
            first, last = self._found.festival
            return str(REMARKS[remark]).format(f"{first:%m-%d}–{last:%m-%d}")
        days = self._found.comparison in DAILY
        return str(REMARKS[remark]).format(choose("12 天", "12 days") if days else choose("12 个月", "12 months"))

    def _beside(self, sentence: Sentence) -> list[Piece]:
        items: list[list[Piece]] = []
        for one in sentence.beside:
            runs = one.metric.numerator.timing is Timing.PERIOD
            name = choose(one.metric.name_zh, one.metric.name_en.lower())
            period = f"{PERIOD_NAMES[self._state.period]}" if runs and self._state.period is not Period.TO_DATE else ""
            lead = choose(f"{period}{name} ", f"{name} ({period.lower()}) " if period else f"{name} ")
            items.append([Piece(lead), self._value(one.metric, one.value)])
        return [Piece(choose("；", "; ")), *_joined(items, choose("、", ", "))] if items else []

    def _causes(self, sentence: Sentence) -> list[Piece]:
        found: list[Piece] = []
        metric = sentence.metric
        told = [cause for cause in sentence.causes if metric is not None and is_seen(cause.effect, metric.unit)]
        for split in dict.fromkeys(cause.split for cause in told):
            assert metric is not None  # noqa: S101 - causes are of a figure
            items = [self._cause(metric, cause) for cause in told if cause.split == split]
            lead = choose("；主要来自", "; mainly ") if split == CHILD else choose("；其中", "; of it ")
            found += [Piece(lead), *_joined(items, choose("、", ", "))]
        return found

    def _cause(self, metric: Metric, cause: MainCause) -> list[Piece]:
        if cause.split == CHILD:
            own = cause.code == self._own
            name = choose("本级", "itself") if own else str(self._names(cause.code))
            address = self._drivers(metric.code) if own else self._drivers(metric.code, organisation=cause.code)
        else:
            name, address = str(namer(self._gateway, cause.split)(cause.code)), self._drivers(metric.code, split=cause.split)
        shown = difference(cause.effect, metric.unit)
        return [Piece(f"{self._shortened(name)} "), Piece(shown, exact(cause.effect, metric.unit), str(cause.effect), address)]

    def _shortened(self, name: str) -> str:
        return name.removeprefix(str(self._names(self._own))) or name

    def _drivers(self, code: str, **changes: Any) -> str:
        return f"{reverse('drivers')}?{self._state.query(metric=code, page=1, **changes)}"


def amount(value: Decimal | None, unit: Unit, *, is_change: bool = False) -> str:
    """Return a figure with its unit, as a sentence names it; a change of a share in percentage points."""
    if is_change and unit is Unit.SHARE and value is not None:
        return f"{digits(value * 100, 2)}{choose(' 个百分点', ' pp')}"
    number, word = short(value, unit)
    after = "" if unit is Unit.SHARE or value is None else unit_word(unit)
    return choose(f"{number}{word}{after}", f"{number}{word} {after}".strip())


def difference(change: Decimal, unit: Unit) -> str:
    """Return a difference with its sign."""
    if unit is Unit.SHARE:
        return delta_of(change, None, unit).text
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{amount(abs(change), unit)}"


def is_seen(change: Decimal, unit: Unit) -> bool:
    """Return whether a difference is more than zero as `difference` writes it."""
    scale = scale_of(change, unit)
    return abs(change / scale.divisor) >= Decimal("0.5").scaleb(-scale.decimals)


def _percent(rate: Decimal | None) -> str:
    if rate is None:
        return "—"
    return f"{'+' if rate > 0 else MINUS if rate < 0 else ''}{digits(abs(rate) * 100, 2)}%"


def _joined(items: Iterable[list[Piece]], between: str) -> list[Piece]:
    found: list[Piece] = []
    for item in items:
        if found:
            found.append(Piece(between))
        found += item
    return found
