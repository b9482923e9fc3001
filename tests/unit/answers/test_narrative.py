"""What is worth saying: what is usual, what stands out of it, and what brought it, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import MainCause, Remark, Situation, TargetLine
from maisui.answers.course import Course, made_course
from maisui.answers.narrative import causes_of, outliers, remarks_of, target_sentences
from maisui.answers.periods import Comparison, earlier_days
from maisui.metrics import BY_CODE

DEPOSITS = BY_CODE["deposit_balance"]
DAY, BASE = date(2026, 10, 31), date(2026, 9, 30)


def numbers(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def course(value: int, base: int, past: tuple[Decimal, ...] = (), earlier: tuple[Decimal, ...] = ()) -> Course:
    return Course(DEPOSITS, DAY, BASE, Decimal(value), Decimal(base), earlier, past)


@pytest.mark.parametrize(
    ("day", "comparison", "expected"),
    [
        (date(2026, 3, 31), Comparison.PREVIOUS_MONTH, [date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31)]),
        (date(2026, 3, 30), Comparison.SAME_DATE_LAST_YEAR, [date(2026, 2, 28), date(2026, 1, 30), date(2025, 12, 30)]),
        (date(2026, 1, 2), Comparison.PREVIOUS_DAY, [date(2026, 1, 1), date(2025, 12, 31), date(2025, 12, 30)]),
    ],
)
def test_earlier_spans_stand_at_the_same_point(day: date, comparison: Comparison, expected: list[date]) -> None:
    assert list(earlier_days(day, comparison, 3)) == expected


def test_what_is_usual_is_the_median_size_of_the_changes_before() -> None:
    """Sizes 1, 2, 3, 4 and 100: the median is 3, and one odd month does not shift it."""
    found = course(110, 100, numbers(-1, 2, -3, 4, 100))
    assert found.usual == Decimal(3)
    assert found.weight == Decimal(10) / Decimal(3)
    assert not found.is_noise(Decimal("1.5"))
    assert course(104, 100, found.past_changes).is_noise(Decimal("1.5"))  # 4 is within 4.5
    assert not course(105, 100, found.past_changes).is_noise(Decimal("1.5"))  # 5 is beyond


def test_of_too_short_a_history_every_change_is_spoken_and_no_change_is() -> None:
    assert course(110, 100, numbers(1, 2)).usual is None
    assert not course(101, 100, numbers(1, 2)).is_noise(Decimal(9))
    assert course(100, 100).is_noise(Decimal(0))


def test_a_share_that_moves_by_less_than_is_written_is_not_spoken_of() -> None:
    moved = replace(course(0, 0), metric=BY_CODE["npl_ratio"], value=Decimal("0.020049"), base=Decimal("0.020000"))
    assert moved.is_noise(Decimal(0))
    assert not replace(moved, value=Decimal("0.020050")).is_noise(Decimal(0))


def test_a_course_ends_at_the_first_gap() -> None:
    points = (date(2026, 4, 30), date(2026, 3, 31), date(2026, 2, 28), date(2026, 1, 31))
    bases = (date(2026, 3, 31), date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31))
    values = dict(zip(points, numbers(10, 8, 9, 4), strict=True)) | {date(2025, 12, 31): None}
    found = made_course(DEPOSITS, points, bases, values)
    assert found is not None
    assert (found.value, found.base, found.change) == (Decimal(10), Decimal(8), Decimal(2))
    assert found.earlier == numbers(8, 9, 4)
    assert found.past_changes == numbers(-1, 5)
    assert made_course(DEPOSITS, points, bases, {points[0]: Decimal(1)}) is None
    assert made_course(DEPOSITS, points, bases, values | {date(2026, 2, 28): None}).earlier == numbers(8)  # type: ignore[union-attr]


def test_a_record_needs_twelve_spans_and_a_turn_three_changes_the_other_way() -> None:
    twelve = numbers(*range(90, 102))
    assert remarks_of(course(110, 101, numbers(-1, -2, -3), twelve)) == (Remark.HIGHEST, Remark.TURNED_UP)
    assert remarks_of(course(80, 101, numbers(1, 2, 3), twelve)) == (Remark.LOWEST, Remark.TURNED_DOWN)
    assert remarks_of(course(110, 101, numbers(-1, 2, -3), twelve[:11])) == ()
    assert remarks_of(course(101, 100, numbers(-1, 0, -3), twelve)) == ()


def test_causes_are_those_of_the_changes_own_direction_by_amount() -> None:
    drivers = zip("ABCDEF", numbers(5, -40, 60, 30, 25, 9), strict=True)
    assert causes_of(drivers, Decimal(89), "child") == (
        MainCause("child", "C", Decimal(60)),
        MainCause("child", "D", Decimal(30)),
        MainCause("child", "E", Decimal(25)),
    )
    assert causes_of([("A", Decimal(-9)), ("B", Decimal(-1)), ("C", Decimal(100))], Decimal(-10), "child") == (
        MainCause("child", "A", Decimal(-9)),
        MainCause("child", "B", Decimal(-1)),
    )


def test_a_branch_stands_out_by_its_distance_from_the_median() -> None:
    """Rates 1, 2, 3, 4 and 20: the median is 3, the distances 2, 1, 0, 1 and 17, the usual one 1; 1 is 2 away, 20 is 17."""
    rates = dict(zip("ABCDE", numbers(1, 2, 3, 4, 20), strict=True))
    assert outliers(rates, Decimal("1.5")) == [("E", Decimal(17), Decimal(3))]
    assert outliers(rates, Decimal("0.5")) == [("A", Decimal(-2), Decimal(3)), ("E", Decimal(17), Decimal(3))]
    assert outliers({"A": Decimal(1), "B": Decimal(2), "C": Decimal(90)}, Decimal(0)) == []
    assert outliers(dict.fromkeys("ABCD", Decimal(1)) | {"E": Decimal(9)}, Decimal(1)) == []


def target(code: str, goal: str, actual: str | None, due: str | None) -> TargetLine:
    metric = BY_CODE[code]
    reached, wanted = (None if side is None else Decimal(side) for side in (actual, due))
    return TargetLine("B0", metric, date(2026, 1, 1), date(2026, 12, 31), DAY, Decimal(goal), is_sum=False, actual=reached, due=wanted)


def test_targets_are_said_by_their_standing_the_furthest_first() -> None:
    lines = [
        target("deposit_balance", "100", "101", "90"),
        target("loan_balance", "100", "80", "90"),
        target("customer_count", "100", "45", "90"),
        target("npl_ratio", "0.02", "0.01", "0.02"),
        target("new_customer_count", "10", None, "5"),
    ]
    found = {sentence.situation: sentence for sentence in target_sentences(lines, {}, Decimal("1.5"))}
    assert set(found) == {Situation.TARGET_MET, Situation.TARGET_BEHIND, Situation.TARGET_AHEAD}
    assert [line.metric.code for line in found[Situation.TARGET_BEHIND].targets] == ["customer_count", "loan_balance"]
    assert (found[Situation.TARGET_BEHIND].count, found[Situation.TARGET_BEHIND].is_good) == (2, False)
    assert [line.metric.code for line in found[Situation.TARGET_AHEAD].targets] == ["npl_ratio"]


def test_a_target_within_what_its_figure_usually_moves_is_not_spoken_of() -> None:
    """Loans are 4 short of what was due and usually move by 3: within 1.5 times that, beyond once."""
    loans = replace(course(100, 100, numbers(3, -3, 3)), metric=BY_CODE["loan_balance"])
    line = target("loan_balance", "100", "86", "90")
    assert target_sentences([line], {"loan_balance": loans}, Decimal("1.5")) == []
    assert [one.situation for one in target_sentences([line], {"loan_balance": loans}, Decimal(1))] == [Situation.TARGET_BEHIND]
    (said,) = target_sentences([line, target("customer_count", "100", "45", "90")], {"loan_balance": loans}, Decimal("1.5"))
    assert (said.count, said.whole_count) == (1, 2)
