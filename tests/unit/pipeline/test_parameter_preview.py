"""Which lines a proposed one replaces while its effect is reckoned."""

from __future__ import annotations

from datetime import date

from maisui.parameters import Parameter, ParameterSet
from maisui.pipeline.parameter_preview import with_line

CODE = "capital_cost_rate"


def held(*lines: tuple[date, str]) -> ParameterSet:
    return ParameterSet(tuple(Parameter(CODE, day, None, number) for day, number in lines))


def test_a_line_of_the_past_leaves_later_lines_as_they_stand() -> None:
    """Whoever proposes 12 % from 2025 does not change 2026, for which another line stands."""
    now = held((date(1900, 1, 1), "0.1"), (date(2026, 1, 1), "0.11"))
    proposed = Parameter(CODE, date(2025, 1, 1), None, "0.12")
    found = with_line(now, proposed, until=proposed.valid_from)
    assert found == held((date(1900, 1, 1), "0.1"), (date(2025, 1, 1), "0.12"), (date(2026, 1, 1), "0.11"))


def test_a_line_of_the_same_day_is_replaced_and_one_moved_into_the_month_holds_for_all_of_it() -> None:
    now = held((date(1900, 1, 1), "0.1"), (date(2026, 10, 1), "0.11"), (date(2026, 10, 15), "0.13"), (date(2026, 11, 1), "0.14"))
    proposed = Parameter(CODE, date(2026, 10, 1), None, "0.12")
    assert with_line(now, proposed, until=date(2026, 10, 31)) == held(
        (date(1900, 1, 1), "0.1"), (date(2026, 10, 1), "0.12"), (date(2026, 11, 1), "0.14")
    )
    assert with_line(now, proposed, until=date(2026, 10, 1)).parameters[1:3] == (proposed, now.parameters[2])
