"""From which movement of assets on a follower is told: a dated parameter in ten thousands of yuan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings

from maisui.answers import desk_parameters

MOVEMENT_PARAMETER = "follow.asset_movement"
_TEN_THOUSAND = 10_000


def smallest_movement(day: date) -> Decimal:
    """Return the smallest movement, in yuan, that counts on a day."""
    line = next(one for one in desk_parameters(settings.HOME) if one.code == MOVEMENT_PARAMETER).in_force(day)
    assert line is not None  # noqa: S101 - the product's line holds from 1900
    return Decimal(line.value) * _TEN_THOUSAND
