"""Figures read together are those read alone, line by line, also where one of them has no row that another has, and cost fewer questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from maisui.answers import Period, Question, View, ask
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.together import read_series_together, read_together
from maisui.answers.trend import trend
from maisui.errors import QuestionError
from maisui.metrics import CATALOGUE
from maisui.warehouse.reader import Reader

CHANNELS = """
    business_date | organisation_code | channel_code | account_kind | is_electronic | is_own_electronic | is_bank_initiated | transaction_count | reversal_count | transaction_amount
    --------------+-------------------+--------------+--------------+---------------+-------------------+-------------------+-------------------+----------------+-------------------
    2026-06-03    | B1                | mobile       | deposit      | yes           | yes               | no                | 6                 | 1              | 600.00
    2026-06-04    | B1                | counter      | deposit      | no            | no                | no                | 2                 | 0              | 1200.00
    2026-06-05    | B2                | atm          | deposit      | no            | no                | no                | 3                 | 0              | 40.00
    2026-06-06    | B2                | mobile       | deposit      | yes           | yes               | yes               | 9                 | 2              | 90.00
    2026-06-07    | B2                | transfer     | loan         | no            | no                | no                | 8                 | 0              | 80.00
    2026-05-08    | B1                | counter      | deposit      | no            | no                | no                | 5                 | 0              | 50.00
"""
TREE = {
    "organisation": """
        organisation_code | parent_code | first_reported_on | last_reported_on
        ------------------+-------------+-------------------+-----------------
        B0                |             | 2026-01-31        | 2026-06-30
        B1                | B0          | 2026-01-31        | 2026-06-30
        B2                | B0          | 2026-01-31        | 2026-06-30
    """,
    "organisation_closure": """
        organisation_code | ancestor_code | distance
        ------------------+---------------+---------
        B0                | B0            | 0
        B1                | B0            | 1
        B1                | B1            | 0
        B2                | B0            | 1
        B2                | B2            | 0
    """,
}
OF_CHANNELS = ("transaction_count", "transaction_amount", "reversal_count", "electronic_substitution_rate", "electronic_share")
LEAVE_RATE = "counter_leave_rate"
"""It asks another table for its weights, and is read with the others all the same."""
WEIGHTS = """
    parameter_code                                    | valid_from | number_value
    --------------------------------------------------+------------+-------------
    counter_leave_weight.electronic_share             | 1900-01-01 | 0.5
    counter_leave_weight.electronic_substitution_rate | 1900-01-01 | 0.5
"""
DAYS = (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30))


class CountingReader(AskedOnceReader):
    """Counts how many questions reach the version."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(_Counted(reader))

    @property
    def asked(self) -> int:
        return self._reader.asked


class _Counted(Reader):
    def __init__(self, reader: Reader) -> None:
        self.manifest, self._below, self.asked = reader.manifest, reader, 0

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.asked += 1
        return self._below.rows(query, values)

    def facts(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._below.facts(query, values)


def lines(reader: Reader, question: Question) -> object:
    """Return the lines of an answer, or why there are none."""
    try:
        return ask(reader, question).rows
    except QuestionError as error:
        return str(error)


def test_what_looks_at_the_same_rows_is_read_once(version) -> None:
    """Of June 6 + 2 + 3 were made by customers; 1 + 2 were taken back, two of them posted by the bank; of 8 made 6 are electronic."""
    version.draw(channel_day=CHANNELS, parameter=WEIGHTS, **TREE)
    reader = CountingReader(version.reader)
    questions = [*(Question(code, by) for code in OF_CHANNELS for by in ((), ("channel",))), Question(LEAVE_RATE)]
    read_together(reader, questions)
    assert reader.asked == 2
    found = {question: ask(reader, question) for question in questions}
    assert reader.asked == 2
    assert [found[Question(code, ())].rows[0].value for code in (*OF_CHANNELS, LEAVE_RATE)] == [
        Decimal(11),
        Decimal("1840.00"),
        Decimal(3),
        Decimal("0.75"),
        Decimal("0.75"),
        Decimal("0.75"),
    ]
    by_channel = {row.dimensions["channel"]: row.value for row in found[Question("transaction_count", ("channel",))].rows}
    assert by_channel == {"mobile": 6, "counter": 2, "atm": 3}
    by_channel = {row.dimensions["channel"]: row.value for row in found[Question("electronic_share", ("channel",))].rows}
    assert by_channel == {"mobile": 1, "counter": 0}


@pytest.mark.parametrize("by", [(), ("channel",), ("organisation",), ("child",), ("date",)])
@pytest.mark.parametrize("organisation", [None, "B2"])
def test_no_line_comes_or_goes_by_being_read_together(version, by, organisation) -> None:
    version.draw(channel_day=CHANNELS, parameter=WEIGHTS, **TREE)
    questions = [
        Question(metric.code, by, organisation, day, period)
        for metric in CATALOGUE
        for day in (None, date(2026, 5, 31), date(2026, 4, 30))
        for period in (Period.MONTH, Period.YEAR)
    ]
    reader = AskedOnceReader(version.reader)
    read_together(reader, questions)
    for question in questions:
        assert lines(reader, question) == lines(version.reader, question), question


def test_courses_of_figures_on_the_same_rows_are_read_once(version) -> None:
    """April has no rows at all; in May 5 were made, all of them at the counter."""
    version.draw(channel_day=CHANNELS, parameter=WEIGHTS, **TREE)
    reader = CountingReader(version.reader)
    codes = (*OF_CHANNELS, LEAVE_RATE)
    read_series_together(reader, [*codes, "no_such_metric"], None, DAYS, Period.MONTH, View.AS_WAS)
    assert reader.asked == 1
    moved = {code: trend(reader, code, organisation=None, days=DAYS) for code in codes}
    assert reader.asked == 1
    assert [[value for _, value in moved[code].points] for code in codes] == [
        [None, 5, 11],
        [None, Decimal("50.00"), Decimal("1840.00")],
        [None, 0, 3],
        [None, 0, Decimal("0.75")],
        [None, 0, Decimal("0.75")],
        [None, 0, Decimal("0.75")],
    ]
    assert moved == {code: trend(version.reader, code, organisation=None, days=DAYS) for code in codes}


def test_no_point_of_a_course_differs_by_being_read_together(version) -> None:
    version.draw(channel_day=CHANNELS, parameter=WEIGHTS, **TREE)
    codes = [metric.code for metric in CATALOGUE if not metric.is_per_target and metric.numerator.has_organisation]
    for organisation in (None, "B1"):
        for period in (Period.MONTH, Period.YEAR):
            reader = AskedOnceReader(version.reader)
            read_series_together(reader, codes, organisation, DAYS, period, View.AS_WAS)
            for code in codes:
                words = {"organisation": organisation, "days": DAYS, "period": period}
                assert trend(reader, code, **words) == trend(version.reader, code, **words), code
