"""Of how few customers figures are withheld from whoever may not see customers: a dated parameter."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from maisui.answers import desk_parameters

FEWEST_PARAMETER = "fewest_customers_shown"


def fewest_shown(day: date) -> int:
    """Return the least number of customers whose figures are shown on a day."""
    line = next(one for one in desk_parameters(settings.HOME) if one.code == FEWEST_PARAMETER).in_force(day)
    assert line is not None  # noqa: S101 - the product's line holds from 1900
    return int(line.value)


def are_few(count: int, fewest: int) -> bool:
    """Tell whether a figure of so many customers is withheld; of nobody nothing is given away."""
    return 0 < count < fewest
