"""How figures are written: 万 and 亿 or K, M and B, fixed decimals, a true minus, — for what does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from maisui.answers import Unit
from maisui.web.components.figures import column_scale, delta_of, exact, fitting, scale_of, scaled_unit, short, table_scales
from maisui.web.components.templatetags.maisui import added, signed_exactly


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("74792684.69", Unit.YUAN, "7,479.27万", "74.79M"),
        ("1193081300.00", Unit.YUAN, "11.93亿", "1.19B"),
        ("-74792684.69", Unit.YUAN, "−7,479.27万", "−74.79M"),
        ("9999.99", Unit.YUAN, "9,999.99", "10.00K"),
        ("0", Unit.YUAN, "0.00", "0.00"),
        ("0.028365", Unit.SHARE, "2.84%", "2.84%"),
        ("1.6162", Unit.SHARE, "161.62%", "161.62%"),
        ("99999", Unit.COUNT, "99,999", "99,999"),
        ("100000", Unit.COUNT, "10.00万", "100.00K"),
        ("61053.62", Unit.YUAN_EACH, "6.11万", "61.05K"),
        ("1140.5", Unit.COUNT_EACH, "1,140.50", "1,140.50"),
        ("99999.99", Unit.COUNT_EACH, "99,999.99", "99,999.99"),
        ("114050", Unit.COUNT_EACH, "11.41万", "114.05K"),
        ("1812.4", Unit.INDEX, "1,812.40", "1,812.40"),
    ],
)
def test_a_figure_is_written_short_by_its_unit_and_language(value, unit, zh, en):
    with override("zh-hans"):
        assert "".join(short(Decimal(value), unit)) == zh
    with override("en"):
        assert "".join(short(Decimal(value), unit)) == en


def test_what_does_not_exist_is_a_dash_and_never_0():
    assert short(None, Unit.YUAN) == ("—", "")
    with override("en"):
        assert exact(None, Unit.YUAN) == "no data"
        assert delta_of(None, None, Unit.YUAN).text == "—"


def test_the_exact_value_keeps_every_cent():
    with override("zh-hans"):
        assert exact(Decimal("1193081300.05"), Unit.YUAN) == "1,193,081,300.05 元"
        assert exact(Decimal("0.028365"), Unit.SHARE) == "2.8365%"


@pytest.mark.parametrize(
    ("change", "rate", "unit", "direction", "text"),
    [
        ("2380121.92", "0.099585", Unit.YUAN, "up", "+9.96%"),
        ("-251971.66", "-0.014655", Unit.YUAN, "down", "−1.47%"),
        ("0.0026", "0.1007", Unit.SHARE, "up", "+0.26 pp"),
        ("-0.0518", "-0.0734", Unit.SHARE, "down", "−5.18 pp"),
        ("0", "0", Unit.COUNT, "flat", "0.00%"),
        ("-1.00", "-0.000001", Unit.YUAN, "flat", "0.00%"),
    ],
)
def test_a_change_carries_sign_and_direction_shares_in_points(change, rate, unit, direction, text):
    with override("en"):
        shown = delta_of(Decimal(change), Decimal(rate), unit)
        assert (shown.direction, shown.text) == (direction, text)


def test_a_change_from_nothing_has_no_rate():
    with override("en"):
        assert delta_of(Decimal(5), None, Unit.COUNT).direction == "none"


def test_a_column_is_scaled_by_its_middle_value():
    values = [Decimal(360_496_400), Decimal(98_398_400), Decimal(57_229_200), None]
    with override("zh-hans"):
        assert scaled_unit(Unit.YUAN, column_scale(values, Unit.YUAN)) == "万元"
        assert scaled_unit(Unit.YUAN, scale_of(values[0], Unit.YUAN)) == "亿元"
        assert scaled_unit(Unit.COUNT, scale_of(Decimal(5), Unit.COUNT)) == ""


def test_a_common_scale_gives_way_where_it_would_write_nothing():
    """112,000 at a scale of 亿 would be 0.00; 1,000,000 is 0.01 and stays, so do nothing at all and 0."""
    with override("zh-hans"):
        billions = scale_of(Decimal(150_000_000), Unit.YUAN)
        assert billions.word == "亿"
        assert "".join(short(Decimal(-112_000), Unit.YUAN, fitting(billions, Decimal(-112_000), Unit.YUAN))) == "−11.20万"
        for kept in (Decimal(1_000_000), Decimal(0), None):
            assert fitting(billions, kept, Unit.YUAN) == billions
    assert fitting(None, Decimal(5), Unit.YUAN) is None


def test_a_term_below_zero_is_taken_away() -> None:
    assert added(Decimal("-14681.58")) == "− 14,681.58"
    assert added(Decimal("15822792.69")) == "+ 15,822,792.69"
    assert added(0) == "+ 0"


def words(**columns):
    with override("zh-hans"):
        return {
            name: scale.word for name, scale in table_scales({name: (unit, numbers) for name, (unit, numbers) in columns.items()}).items()
        }


def yuan(*numbers):
    return Unit.YUAN, [Decimal(number) if number is not None else None for number in numbers]


def test_amounts_of_one_table_have_one_scale_and_counts_their_own():
    """Deposits of 1.2 亿 beside loans of 3,000 万 and a contribution of 40 万: all in 万; customers are written out."""
    found = words(deposits=yuan(120_000_000), loans=yuan(30_000_000, 0, None), gain=yuan(400_000), heads=(Unit.COUNT, [Decimal(8214)]))
    assert found == {"deposits": "万", "loans": "万", "gain": "万", "heads": ""}


def test_amounts_of_one_size_keep_the_scale_they_have_alone():
    assert words(deposits=yuan(360_000_000), loans=yuan(110_000_000)) == {"deposits": "亿", "loans": "亿"}


def test_amounts_too_far_apart_for_one_scale_have_each_their_own():
    """Turnover of 4,611,489 and fees of 58 yuan: at 万 the fees are 0.01, at yuan the turnover has a dozen digits."""
    assert words(turnover=yuan(4_611_489), fees=yuan(58)) == {"turnover": "万", "fees": ""}


def test_a_table_without_amounts_has_no_scale():
    assert words(deposits=yuan(None, 0)) == {"deposits": ""}


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("-23002.61", Unit.YUAN, "−23,002.61 元", "−23,002.61 CNY"),
        ("12345678.9", Unit.YUAN, "+12,345,678.90 元", "+12,345,678.90 CNY"),
        ("0.0189", Unit.SHARE, "+1.89pp", "+1.89 pp"),
    ],
)
def test_a_difference_beside_whole_figures_is_whole_too(value: str, unit: Unit, zh: str, en: str):
    """What a parameter moves stands to the cent, never at 万 or K."""
    for language, told in (("zh-hans", zh), ("en", en)):
        with override(language):
            assert signed_exactly(Decimal(value), unit) == told
