"""The overview in words on the example bank: every number of every sentence is what `ask` answers, and silence means the usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pytest

from maisui.answers import (
    Comparison,
    Narrative,
    Period,
    Question,
    Sentence,
    ask,
    by_target,
    month_ends,
    movement,
    narrative,
    target_lines_of,
)
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

if TYPE_CHECKING:
    from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

PLACES = (None, "53990101", "53990104")
DAYS = (date(2026, 10, 31), date(2026, 9, 16))


@pytest.fixture(scope="module")
def reader(demo: Demo) -> Iterator[Reader]:
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as found:
        yield found


def told(reader: Reader, organisation: str | None, day: date, comparison: Comparison) -> tuple[Question, Narrative]:
    question = Question("", organisation=organisation, day=day, comparison=comparison)
    year = by_target(Question("target_completion_rate", (), organisation, day, Period.YEAR))
    return question, narrative(reader, question, target_lines_of(reader, year))


@pytest.mark.parametrize("comparison", [Comparison.PREVIOUS_MONTH, Comparison.PREVIOUS_DAY])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("organisation", PLACES)
def test_every_number_is_what_ask_answers(reader: Reader, organisation: str | None, day: date, comparison: Comparison) -> None:
    question, found = told(reader, organisation, day, comparison)
    assert found.sentences
    for sentence in found.sentences:
        _check(reader, question, sentence)


def _check(reader: Reader, question: Question, sentence: Sentence) -> None:
    if sentence.metric is not None:
        place = sentence.organisation or question.organisation
        (row,) = ask(reader, replace(question, metric=sentence.metric.code, organisation=place)).rows
        assert (sentence.value, sentence.change, sentence.rate) == (row.value, row.change, row.change_rate), sentence.situation
    for one in sentence.beside:
        (row,) = ask(reader, replace(question, metric=one.metric.code, comparison=None)).rows
        assert one.value == row.value, one.metric.code
    for split in {cause.split for cause in sentence.causes}:
        assert sentence.metric is not None
        compared = replace(question, metric=sentence.metric.code, by=(split,))
        now = ask(reader, replace(compared, comparison=None))
        before = ask(reader, replace(compared, day=sentence.base_day, comparison=None))
        moved = movement(now, before, {})
        assert moved is not None
        assert moved.change == sentence.change
        effects = {one.code: one.effect for one in moved.drivers}
        causes = [cause for cause in sentence.causes if cause.split == split]
        assert [(cause.code, cause.effect) for cause in causes] == [(cause.code, effects[cause.code]) for cause in causes]
        sizes = [abs(cause.effect) for cause in causes]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[0] == max(abs(effect) for effect in effects.values() if effect * moved.change > 0)


@pytest.mark.parametrize("organisation", PLACES)
def test_what_is_not_spoken_of_moved_no_more_than_usual(reader: Reader, organisation: str | None) -> None:
    """Month by month from `ask`: a change is spoken of beyond 1.5 times the median size of the twelve changes before, and only then."""
    question, found = told(reader, organisation, DAYS[0], Comparison.PREVIOUS_MONTH)
    spoken = {one.metric.code for one in found.sentences if one.metric is not None and not one.organisation}
    for code in ("deposit_balance", "loan_balance", "npl_ratio", "customer_count", "electronic_substitution_rate"):
        ends = sorted(end for end in month_ends(reader) if end <= DAYS[0])[-14:]
        plain = replace(question, metric=code, comparison=None)
        values = [ask(reader, replace(plain, day=end)).rows[0].value for end in ends]
        changes = [after - before for before, after in pairwise(values) if after is not None and before is not None]
        assert len(changes) == 13
        usual = Decimal(median(abs(change) for change in changes[:-1]))
        assert (abs(changes[-1]) > Decimal("1.5") * usual) == (code in spoken), code
