"""The scheme of managers: points and pay from targets reached, by hand; a trial takes what the address says and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import Scheme, TargetLine, metric_of
from maisui.errors import QuestionError
from maisui.web.pages.performance.scheme import statement_of, statements_of, tried_scheme

DEPOSITS, LOANS, CUSTOMERS = "managed_deposit_average_daily_balance", "managed_loan_balance", "managed_customer_count"
SCHEME = Scheme(
    ((DEPOSITS, Decimal("0.4")), (LOANS, Decimal("0.3")), (CUSTOMERS, Decimal("0.3"))), Decimal("1.2"), Decimal("0.5"), Decimal(10)
)


def line(holder: str, metric: str, actual: str | None, target: str) -> TargetLine:
    reached = None if actual is None else Decimal(actual)
    day = date(2026, 6, 30)
    return TargetLine(holder, metric_of(metric), date(2026, 6, 1), day, day, Decimal(target), False, reached, None)


def test_points_are_weighted_completions_between_floor_and_cap() -> None:
    """Deposits 150 % count 120 %: 48. Loans 40 % are below the floor: 0. Customers 90 %: 27. 75 points, 750 yuan."""
    statement = statement_of(
        "M1", [line("M1", DEPOSITS, "150", "100"), line("M1", LOANS, "40", "100"), line("M1", CUSTOMERS, "9", "10")], SCHEME
    )
    assert statement is not None
    assert [part.points for part in statement.parts] == [Decimal("48.00"), Decimal("0.00"), Decimal("27.00")]
    assert (statement.points, statement.pay) == (Decimal("75.00"), Decimal("750.00"))


def test_without_a_target_or_a_figure_an_indicator_is_left_out_and_the_others_weigh_more() -> None:
    """Deposits 100 % at 0.4 and customers 50 % at 0.3 of 0.7: 57.14 + 21.43 = 78.57 points."""
    statement = statement_of(
        "M1", [line("M1", DEPOSITS, "10", "10"), line("M1", LOANS, None, "5"), line("M1", CUSTOMERS, "5", "10")], SCHEME
    )
    assert statement is not None
    assert (statement.points, statement.pay) == (Decimal("78.57"), Decimal("785.70"))


def test_who_has_no_target_of_the_scheme_has_no_statement() -> None:
    assert statements_of([line("M1", "deposit_balance", "1", "1"), line("M2", LOANS, None, "1")], SCHEME) == {}


def test_a_trial_changes_what_the_address_names_only() -> None:
    tried = tried_scheme(SCHEME, {f"weight.{LOANS}": "1", "cap": "2", "org": "B1"})
    assert tried.weights == ((DEPOSITS, Decimal("0.4")), (LOANS, Decimal(1)), (CUSTOMERS, Decimal("0.3")))
    assert (tried.cap, tried.floor, tried.point_price) == (Decimal(2), Decimal("0.5"), Decimal(10))
    assert tried_scheme(SCHEME, {}) == SCHEME


@pytest.mark.parametrize("word", ["much", "-1", "NaN", "Infinity", "100001", "0" * 17])
def test_what_is_no_number_of_a_scheme_is_told(word: str) -> None:
    with pytest.raises(QuestionError, match="a number of the scheme"):
        tried_scheme(SCHEME, {"cap": word})
