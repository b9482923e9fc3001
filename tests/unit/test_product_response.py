"""How a balance answered past changes of the rate, and what another would do, reckoned by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.product_pairs import Interval
from maisui.answers.product_response import PricedMonth, Refused, Response, rate_response, rate_what_if, response_of, responses
from maisui.answers.product_settings import ProductSettings, Setting

POINT, SMALLEST = Decimal("0.01"), Decimal("0.0005")


def month(price: str | None, volume: int) -> PricedMonth:
    return PricedMonth(None if price is None else Decimal(price), Decimal(volume))


def test_a_response_is_growth_after_less_growth_before_a_point() -> None:
    """From 2 % to 2.5 % the balance stood still and then grew by a tenth: 0.1 for half a point is 0.2 a point."""
    assert responses([month("0.02", 100), month("0.025", 100), month("0.025", 110)], POINT, SMALLEST) == [Decimal("0.2")]


def test_a_month_without_sales_or_a_smaller_change_tells_nothing() -> None:
    assert responses([month("0.02", 100), month(None, 100), month("0.03", 110), month("0.0304", 120)], POINT, SMALLEST) == []


def test_the_interval_is_that_of_the_mean() -> None:
    """0.1, 0.2 and 0.3: mean 0.2, standard deviation 0.1, over √3 times 1.96 is 0.113161."""
    found = response_of([Decimal("0.1"), Decimal("0.2"), Decimal("0.3")], Decimal("1.96"), 3, None, grows=True)
    assert found == Response(Interval(Decimal("0.200000"), Decimal("0.086839"), Decimal("0.313161")), 3)


def settings(**stated: str) -> ProductSettings:
    day = date(2026, 3, 31)
    codes = {"product_smallest_change": "0.0005", "product_fewest_changes": "6", "product_significance": "1.96"}
    return ProductSettings(day, {code: Setting(Decimal(value), day) for code, value in (codes | stated).items()})


def test_too_few_changes_are_refused_unless_a_parameter_states_the_response() -> None:
    months = [month("0.02", 100), month("0.025", 100), month("0.025", 110)]
    assert rate_response(months, "term_deposit", settings(), is_deposit=True) == Refused(1, 6)
    stated = rate_response(months, "term_deposit", settings(**{"product_rate_response.term_deposit": "0.05"}), is_deposit=True)
    assert isinstance(stated, Response)
    assert (stated.share.value, stated.is_stated) == (Decimal("0.05"), True)


def test_what_no_price_does_is_refused_unless_a_parameter_states_the_response() -> None:
    """More use at higher fees: 0.0868 to 0.3132 lies above nothing as a whole; from −0.02 on it may be chance."""
    found = [Decimal("0.1"), Decimal("0.2"), Decimal("0.3")]
    interval = Interval(Decimal("0.200000"), Decimal("0.086839"), Decimal("0.313161"))
    assert response_of(found, Decimal("1.96"), 3, None, grows=False) == Refused(3, 3, interval)
    assert response_of(found, Decimal("1.96"), 3, Decimal("-0.1"), grows=False) == Response(Interval(*(Decimal("-0.1"),) * 3), 0)
    assert isinstance(response_of([Decimal(-1), Decimal(0), Decimal(2)], Decimal("1.96"), 3, None, grows=False), Response)
    assert isinstance(response_of([-one for one in found], Decimal("1.96"), 3, None, grows=True), Refused)


def test_a_higher_rate_brings_deposits_and_costs_margin() -> None:
    """1,000 at a margin of 2 %, half a point more, 0.2 a point: 1,100 at 1.5 % earn 16.50, 3.50 less; the low end 1,050 earns 15.75."""
    response = Response(Interval(Decimal("0.2"), Decimal("0.1"), Decimal("0.3")), 9)
    found = rate_what_if(Decimal(1000), Decimal(20), Decimal("0.5"), response, is_deposit=True)
    assert found.balance_after == Interval(Decimal("1100.00"), Decimal("1050.00"), Decimal("1150.00"))
    assert found.change == Interval(Decimal("-3.50"), Decimal("-4.25"), Decimal("-2.75"))


def test_a_higher_rate_earns_on_loans_and_loses_borrowers() -> None:
    """1,000 at 2 %, one point more, −0.1 a point: 900 at 3 % earn 27.00, 7.00 more."""
    response = Response(Interval(*(Decimal("-0.1"),) * 3), 0)
    found = rate_what_if(Decimal(1000), Decimal(20), Decimal(1), response, is_deposit=False)
    assert (found.balance_after.value, found.change.value) == (Decimal("900.00"), Decimal("7.00"))
