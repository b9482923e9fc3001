"""The formula of a line of the bank's own: what is understood, what is refused, and how a parameter says so."""

from __future__ import annotations

from datetime import date

import pytest

from maisui.parameters import fault_of
from maisui.parameters.own_formula import Formula, FormulaTerm, parse_formula


def test_subjects_beginnings_ranges_sides_and_lines_are_understood() -> None:
    assert parse_formula("+1001 - 1003D + 1304*C - 2001:2099 + [loans.net]") == Formula(
        (
            FormulaTerm(1, first="1001"),
            FormulaTerm(-1, first="1003", side="D"),
            FormulaTerm(1, first="1304", begins=True, side="C"),
            FormulaTerm(-1, first="2001", last="2099"),
            FormulaTerm(1, line="loans.net"),
        )
    )


def test_a_quotient_is_one_sum_over_another() -> None:
    found = parse_formula("[farm]/+1303-1304")
    assert found == Formula((FormulaTerm(1, line="farm"),), (FormulaTerm(1, first="1303"), FormulaTerm(-1, first="1304")))
    assert found.is_quotient
    assert not found.is_of_lines_only


@pytest.mark.parametrize(
    "text",
    ["", "+", "1001+", "1001 1003*", "1001++1003", "a/b/c", "1/2/3", "1001/", "2099:2001", "[Line]", "1001E", "1001*:1003", "（1001）"],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    assert parse_formula(text) is None
    fault = fault_of({"code": "own_line.x", "valid_from": date(2026, 1, 1), "text": text})
    assert fault is not None
    assert fault.field == "value"


def test_a_range_takes_every_subject_that_begins_within_it() -> None:
    term = FormulaTerm(1, first="2211", last="2231")
    assert [code for code in ("2210", "2211", "221101", "2221", "223199", "2232") if term.names(code)] == [
        "2211",
        "221101",
        "2221",
        "223199",
    ]


def test_a_long_formula_and_the_word_off_may_be_stated_and_words_of_other_families_stay_short() -> None:
    long = "+1001" * 60
    day = date(2026, 1, 1)
    assert fault_of({"code": "own_line.x", "valid_from": day, "text": long}) is None
    assert fault_of({"code": "own_line.x", "valid_from": day, "text": "off"}) is None
    assert fault_of({"code": "own_line.x", "valid_from": day, "text": "+1001" * 100}) is not None
    assert fault_of({"code": "own_line_name.x", "valid_from": day, "text": "行" * 65}) is not None
