"""The overview's address: what it says, what it leaves out, and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from maisui.answers import BY_CODE, Comparison, OrganisationNode, Period, Trend, Unit, WorkingDays
from maisui.errors import QuestionError
from maisui.web.components.figures import scale_of
from maisui.web.pages.overview.children import Cell, _Asked, _ordered
from maisui.web.pages.overview.drawings import bars, sparkline
from maisui.web.pages.overview.figures import Change, attempt, changes_in, finding_of, months_before, own_code, trend_of
from maisui.web.pages.overview.page import trend_card
from maisui.web.pages.overview.state import State
from maisui.web.text import Text


def one_trend(values):
    """Return a gateway that knows one metric's `values`, of which nothing is forecast, and nothing else."""
    points = tuple(sorted(values.items()))
    return SimpleNamespace(
        trend=lambda *_asked, **_named: Trend(BY_CODE["deposit_balance"], None, "v", points),
        working_days=WorkingDays,
        forecasts=SimpleNamespace(next_month=lambda _query: None),
    )


def test_an_empty_address_is_the_default_and_the_default_writes_nothing():
    assert State.of(QueryDict("")) == State()
    assert State().query() == ""


def test_an_address_survives_a_round_trip():
    said = "org=B1&date=2026-03-31&period=quarter&compare=previous_day,year_start&metric=npl_ratio&sort=name&page=3&density=compact"
    state = State.of(QueryDict(said))
    assert state.comparisons == (Comparison.PREVIOUS_DAY, Comparison.YEAR_START)
    assert (state.day, state.period, state.page) == (date(2026, 3, 31), Period.QUARTER, 3)
    assert State.of(QueryDict(state.query())) == state


def test_no_comparison_at_all_is_not_the_default():
    assert State.of(QueryDict("compare=none")).comparisons == ()
    assert "compare=none" in State(comparisons=()).query()


@pytest.mark.parametrize("said", ["period=fortnight", "compare=yesterday", "date=31.3.2026", "date=2026-02-30"])
def test_a_value_that_means_nothing_is_refused(said):
    with pytest.raises(QuestionError):
        State.of(QueryDict(said))


@pytest.mark.parametrize("said", ["0", "-1", "two", "٣", "99999999999999999999"])
def test_a_page_that_is_none_is_the_first(said):
    assert State.of(QueryDict(f"page={said}")).page == 1


def test_a_year_before_a_month_end_is_a_month_end():
    moved = {date(2025, 2, 28): date(2024, 2, 29), date(2024, 2, 29): date(2023, 2, 28), date(2026, 10, 15): date(2025, 10, 15)}
    values = {day: Decimal(number) for number, day in enumerate([*moved, *moved.values()])}

    _, before = trend_of(one_trend(values), State(), tuple(moved))
    assert before == {day: values[earlier] for day, earlier in moved.items()}


def test_the_unit_above_a_trend_is_that_of_its_axis():
    """The line of last year is the higher one: axis and heading are scaled by both."""
    day = date(2026, 3, 31)
    found = trend_card(one_trend({day: Decimal(90_000_000), date(2025, 3, 31): Decimal(120_000_000)}), State(), (day,))
    assert found["scale"] == scale_of(Decimal(120_000_000), Unit.YUAN) != scale_of(Decimal(90_000_000), Unit.YUAN)


def test_children_stand_in_the_order_of_the_change_that_is_shown():
    """A share's change is shown in percentage points, any other as a rate; what shows none stands last."""

    def ordered(code: str, changes: dict[str, tuple[str, str | None]]) -> list[str]:
        metric = BY_CODE[code]
        names = (Text("", ""), Text("", ""))
        cells = {
            child: Cell(
                metric,
                scale_of(None, metric.unit),
                Decimal(1),
                Change(Comparison.PREVIOUS_MONTH, *names, None, None, Decimal(change), None if rate is None else Decimal(rate)),
            )
            for child, (change, rate) in changes.items()
        }
        column = _Asked(metric, scale_of(None, metric.unit), cells, next(iter(cells.values())))
        return _ordered(set(cells), [column], State(sort=f"-{code}.change"), {})

    assert ordered("npl_ratio", {"A": ("0.001", "1.0"), "B": ("0.002", "0.1"), "C": ("0.003", None)}) == ["C", "B", "A"]
    assert ordered("deposit_balance", {"A": ("5", "1.0"), "B": ("90", "0.1"), "C": ("70", None)}) == ["A", "B", "C"]


def test_a_bank_whose_files_know_several_tops_is_none_of_them():
    def seen(top: str | None, *tops: str) -> SimpleNamespace:
        nodes = tuple(OrganisationNode(code, code, "branch", None, 0, is_open=True) for code in tops)
        return SimpleNamespace(organisations=lambda: nodes, top=top)

    assert own_code(seen(None, "B0"), State()) == "B0"
    assert own_code(seen(None, "B0", "B9"), State()) == ""
    assert own_code(seen("B1", "B1", "B2"), State()) == "B1", "of several granted subtrees the first is shown"
    assert own_code(seen(None, "B0", "B9"), State(organisation="B9")) == "B9"
    assert own_code(seen(""), State()) == ""


def test_months_before_a_day_are_month_ends_of_earlier_months():
    ends = (date(2026, 3, 31), date(2026, 2, 28), date(2026, 1, 31))
    assert months_before(date(2026, 3, 15), ends, 3) == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15))


def test_a_sparkline_breaks_where_a_value_is_missing():
    drawn = sparkline([Decimal(1), Decimal(3), None, Decimal(2), Decimal(2)])
    assert drawn is not None
    assert [len(line.split()) for line in drawn.lines] == [2, 2]
    assert sparkline([Decimal(1), None]) is None


def test_bars_begin_at_zero_and_negative_ones_run_left():
    up, down, gone = bars([Decimal(30), Decimal(-10), None])
    assert up is not None
    assert down is not None
    assert (up.x, up.width) == (25, 75)
    assert (down.x, down.width) == (0, 25)
    assert gone is None


def test_a_card_that_fails_says_so_instead_of_failing_the_page(caplog):
    def broken() -> int:
        raise ZeroDivisionError

    def unanswerable() -> int:
        raise QuestionError("no", where="here", next_step="ask otherwise")

    assert attempt(broken).is_bug
    assert "a card of the overview failed" in caplog.text
    assert attempt(unanswerable).error is not None
    assert finding_of(()) is None


def test_sums_over_spans_of_unlike_length_are_marked():
    """Fifteen days of a quarter against seventy-seven of the one before: the rate is shown, but not as a fall."""
    day = date(2026, 10, 15)
    values = {day: Decimal(100), date(2026, 9, 15): Decimal(500), date(2025, 10, 15): Decimal(80)}
    compared = (Comparison.PREVIOUS_MONTH, Comparison.SAME_DATE_LAST_YEAR)

    month_ago, year_ago = changes_in(values, BY_CODE["transaction_count"], day, compared, Period.QUARTER)
    assert month_ago.unlike is not None
    assert "15" in month_ago.unlike.en
    assert "77" in month_ago.unlike.en
    assert (year_ago.unlike, year_ago.rate) == (None, Decimal("0.250000"))

    assert all(change.unlike is None for change in changes_in(values, BY_CODE["transaction_count"], day, compared, Period.MONTH))
    assert all(change.unlike is None for change in changes_in(values, BY_CODE["npl_ratio"], day, compared, Period.QUARTER))

    begun = date(2026, 9, 1)  # of the quarter before only fifteen days are kept: both spans are of one length
    month_ago, _ = changes_in(values, BY_CODE["transaction_count"], day, compared, Period.QUARTER, begun)
    assert month_ago.unlike is None
