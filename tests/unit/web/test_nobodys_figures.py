"""What managers' lines leave of the organisation's figures is the line of nobody, so that the column adds up to the whole."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import cast

from maisui.answers import Answer, Row
from maisui.web.pages.performance.figures import OF_ALL, UNASSIGNED, left_over


def _answer(**values: str) -> Answer:
    rows = tuple(Row({"manager": line}, Decimal(value), None, Decimal(value)) for line, value in values.items())
    return cast("Answer", SimpleNamespace(rows=rows))


def test_nobodys_line_is_what_the_managers_leave_to_the_cent() -> None:
    answers = {code: _answer(E1="100.10", E2="20.05") for code in OF_ALL}
    wholes = {code: _answer(all="150.00") for code in OF_ALL}
    found = left_over(answers, wholes)
    assert {code: row.value for code, row in found.items()} == dict.fromkeys(OF_ALL, Decimal("29.85"))
    assert {row.dimensions["manager"] for row in found.values()} == {UNASSIGNED}


def test_a_figure_that_the_organisation_has_not_leaves_nothing_to_say() -> None:
    assert left_over({code: _answer(E1="1.00") for code in OF_ALL}, {"managed_loan_balance": _answer()}) == {}


def test_more_than_the_whole_is_shown_as_it_is() -> None:
    answers = {code: _answer(E1="12.00", unassigned="99.00") for code in OF_ALL}
    assert left_over(answers, {"managed_deposit_balance": _answer(all="10.00")})["managed_deposit_balance"].value == Decimal("-2.00")
