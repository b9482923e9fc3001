"""Between which limits ratios must stay on a day, and how near to them they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from maisui.warehouse.reader import Reader

_FLOOR, _CEILING, _NEAR = "ratio_floor.", "ratio_ceiling.", "ratio_near_share"


class LimitState(StrEnum):
    """How a ratio stands to its limits; `missing` is a ratio that has no value, `unlimited` one without limits."""

    WITHIN = "within"
    NEAR = "near"
    BREACHED = "breached"
    MISSING = "missing"
    UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True)
class RatioLimit:
    """What one ratio must not fall below and not exceed, each from a dated parameter; `near_share` tells when it is near."""

    floor: Decimal | None
    ceiling: Decimal | None
    near_share: Decimal

    def state_of(self, value: Decimal | None) -> LimitState:
        """Return how a value stands; a value on a limit keeps it."""
        if value is None:
            return LimitState.MISSING
        if self.floor is None and self.ceiling is None:
            return LimitState.UNLIMITED
        if (self.floor is not None and value < self.floor) or (self.ceiling is not None and value > self.ceiling):
            return LimitState.BREACHED
        is_near = (self.floor is not None and value < self.floor * (1 + self.near_share)) or (
            self.ceiling is not None and value > self.ceiling * (1 - self.near_share)
        )
        return LimitState.NEAR if is_near else LimitState.WITHIN

    def room_of(self, value: Decimal | None) -> Decimal | None:
        """Return how far a value is inside its nearest limit, negative beyond it; None without value or limits."""
        if value is None:
            return None
        rooms = [value - self.floor] if self.floor is not None else []
        rooms += [self.ceiling - value] if self.ceiling is not None else []
        return min(rooms, default=None)


def ratio_limits(reader: Reader, day: date) -> dict[str, RatioLimit]:
    """Return the limits of every metric that has some on `day`, by the metric's code."""
    rows = reader.rows(
        "SELECT parameter_code, number_value FROM parameter WHERE starts_with(parameter_code, 'ratio_') AND number_value IS NOT NULL "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    values = {code: Decimal(number) for code, number in rows}
    near = values.get(_NEAR, Decimal(0))
    codes = {code.removeprefix(kind) for code in values for kind in (_FLOOR, _CEILING) if code.startswith(kind)}
    return {code: RatioLimit(values.get(_FLOOR + code), values.get(_CEILING + code), near) for code in sorted(codes)}
