"""How near a ratio is to its limits: on the limit it is kept, within a tenth of it it is near."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maisui.answers import LimitState, RatioLimit

NEAR = Decimal("0.1")


@pytest.mark.parametrize(
    ("floor", "ceiling", "value", "state", "room"),
    [
        ("0.105", None, "0.105", LimitState.NEAR, "0.000"),
        ("0.105", None, "0.1049", LimitState.BREACHED, "-0.0001"),
        ("0.105", None, "0.1155", LimitState.WITHIN, "0.0105"),
        (None, "0.05", "0.05", LimitState.NEAR, "0.00"),
        (None, "0.05", "0.045", LimitState.WITHIN, "0.005"),
        (None, "0.05", "0.0501", LimitState.BREACHED, "-0.0001"),
        ("0.2", "0.8", "0.5", LimitState.WITHIN, "0.3"),
        ("0.2", "0.8", "0.78", LimitState.NEAR, "0.02"),
        (None, None, "0.5", LimitState.UNLIMITED, None),
        ("0.2", None, None, LimitState.MISSING, None),
    ],
)
def test_a_ratio_stands_to_its_limits(
    floor: str | None, ceiling: str | None, value: str | None, state: LimitState, room: str | None
) -> None:
    limit = RatioLimit(number(floor), number(ceiling), NEAR)
    assert limit.state_of(number(value)) is state
    assert limit.room_of(number(value)) == number(room)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
