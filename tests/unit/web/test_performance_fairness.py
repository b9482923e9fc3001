"""Fairness of figures of persons: scores within a post, rates of few cases, bands among enough peers; and the seven items."""

from decimal import Decimal

import pytest

from maisui.answers import BY_CODE
from maisui.web.pages.performance.fairness import band_of, drawn_rate, standard_scores
from maisui.web.pages.performance.items import DIMENSIONS, ITEMS, Subject


def test_the_average_of_a_post_scores_a_thousand() -> None:
    """10, 20 and 30 a day: 60 in all, 20 on average; 500, 1000 and 1500."""
    assert standard_scores({"a": Decimal(10), "b": Decimal(20), "c": Decimal(30)}) == {
        "a": Decimal("500.00"),
        "b": Decimal("1000.00"),
        "c": Decimal("1500.00"),
    }


def test_where_nobody_did_anything_nobody_has_a_score() -> None:
    assert standard_scores({"a": Decimal(0), "b": Decimal(0)}) == {}
    assert standard_scores({}) == {}


def test_a_rate_of_few_cases_stays_near_that_of_all() -> None:
    """1 error in 20 is 5 %; with 500 at 1 ‰ added it is 1.5 in 520, 2.885 ‰; 50 in 1,000 hardly moves: 50.5 in 1,500."""
    assert drawn_rate(Decimal(1), Decimal(20), Decimal("0.001"), Decimal(500)) == Decimal("0.002885")
    assert drawn_rate(Decimal(50), Decimal(1000), Decimal("0.001"), Decimal(500)) == Decimal("0.033667")
    assert drawn_rate(Decimal(0), Decimal(0), Decimal("0.001"), Decimal(0)) is None


@pytest.mark.parametrize(("value", "place"), [("8", "top quarter"), ("7", "top quarter"), ("5", "upper middle"), ("2", "last quarter")])
def test_a_band_is_a_quarter_of_the_peers(value: str, place: str) -> None:
    peers = [Decimal(n) for n in range(1, 9)]
    band = band_of(Decimal(value), peers, more_is_better=True, fewest=Decimal(5))
    assert band is not None
    assert band.en == place


def test_where_less_is_better_the_smallest_leads_and_equals_share_the_best_place() -> None:
    peers = [Decimal(n) for n in (0, 0, 0, 4)]
    assert [str(band_of(p, peers, more_is_better=False, fewest=Decimal(2)).en) for p in peers] == ["top quarter"] * 3 + ["last quarter"]


def test_among_few_nobody_is_ranked() -> None:
    assert band_of(Decimal(3), [Decimal(3), Decimal(2)], more_is_better=True, fewest=Decimal(5)) is None


@pytest.mark.parametrize("subject", list(Subject))
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_each_of_the_seven_items_is_filled_or_excused_for_every_subject(item, subject: Subject) -> None:
    filled, reason = item.filled.get(subject, ()), item.reasons.get(subject)
    assert bool(filled) != bool(reason)
    if reason:
        assert reason.zh
        assert reason.en
    for code in filled:
        wanted = "organisation" if subject is Subject.BRANCH else DIMENSIONS[subject]
        assert wanted in BY_CODE[code].dimensions


def test_there_are_seven_items() -> None:
    assert [item.code for item in ITEMS] == ["volume", "deposits", "result", "customers", "quality", "channels", "agency"]
