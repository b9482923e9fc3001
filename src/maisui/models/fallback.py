"""When a model in use is put back to the rule by itself: what it said since its approval no longer holds, or nobody approved it anew.

Judged are only months from the day of the approval on, so that two people who looked at a red light and approved again are obeyed;
what has fallen stays down until they do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt
from typing import Any

import numpy as np

from maisui.models.drift import SCORE, Light
from maisui.models.measures import NORMAL_95, auc
from maisui.models.panel import Marts

LEAST_EVENTS = 50
"""With fewer events no AUC is shown, and none is judged."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a model holds: months of an approval, red months in a row that put it back, months a challenger runs in shadow."""

    approval_months: int = 15
    red_months: int = 2
    shadow_months: int = 3


DEFAULT_LIMITS = Limits()
"""What counts in a version that was made before these parameters were known."""
PARAMETERS = {name: f"model.{name}" for name in ("approval_months", "red_months", "shadow_months")}
"""The dated parameter of each limit."""


@dataclass(frozen=True, slots=True)
class Fallen:
    """Why a model in use was put back, and on which month end that was seen: `drift`, `realised`, `missing`, with what decided."""

    why: str
    on: str
    said_zh: str
    said_en: str


def limits_of(reader: Marts, day: date) -> Limits:
    """Return the limits that hold on a day."""
    found: dict[str, Decimal] = dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE parameter_code LIKE 'model.%' "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [day, day],
        )
    )
    return Limits(**{name: int(found[code]) for name, code in PARAMETERS.items() if code in found})


def fallen_by(approved_from: date, drift: list[dict[str, Any]], missed: Callable[[str], Fallen | None], limits: Limits) -> Fallen | None:
    """Return what puts a model back that is approved from a day; None where it holds.

    Args:
        approved_from: first day of the approval.
        drift: months with the stability of the score, oldest first.
        missed: what did not come true of months from a day on, as the model itself judges it.
        limits: how many red months in a row are too many.
    """
    return _drifted([one for one in drift if one["day"] >= f"{approved_from}"], limits) or missed(f"{approved_from}")


def missed_auc(auc_approved: float, realised: list[dict[str, Any]]) -> Callable[[str], Fallen | None]:
    """Return how a model with an AUC is judged by what came true: months oldest first, each with `auc` and `events`."""
    return lambda since: _missed([one for one in realised if one["day"] >= since], auc_approved)


def _drifted(months: list[dict[str, Any]], limits: Limits) -> Fallen | None:
    row: list[dict[str, Any]] = []
    for month in months:
        row = [*row, month] if month["columns"][SCORE]["light"] == Light.RED else []
        if len(row) >= limits.red_months:
            said = [(one["day"], one["columns"][SCORE]["index"], one["columns"][SCORE]["bound"]) for one in row]
            zh = "、".join(f"{day} 为 {index:.2f}（抽样界 {bound:.2f}）" for day, index, bound in said)
            en = ", ".join(f"{index:.2f} on {day} (bound by chance {bound:.2f})" for day, index, bound in said)
            return Fallen(
                "drift", month["day"], f"评分 PSI 连续 {len(row)} 个月为红：{zh}", f"PSI of the score red for {len(row)} months: {en}"
            )
    return None


def _missed(months: list[dict[str, Any]], auc_approved: float) -> Fallen | None:
    """Return that an AUC of all months together fell below half of what was approved; each month is weighed by its events."""
    events, needed = 0, 0.5 + (auc_approved - 0.5) / 2
    weighed = 0.0
    for month in months:
        if month.get("auc") is None:
            continue
        events += month["events"]
        weighed += month["auc"] * month["events"]
        if events < LEAST_EVENTS:
            continue
        low = lower_bound(weighed / events, events, month["count"])
        if low < needed:
            return Fallen(
                "realised",
                month["day"],
                f"到期核对：AUC {weighed / events:.3f}（下限 {low:.3f}）低于批准时一半区分力的 {needed:.3f}",
                f"what came true: AUC {weighed / events:.3f} (lower bound {low:.3f}) below {needed:.3f}, half of what was approved",
            )
    return None


def lower_bound(value: float, events: int, count: int) -> float:
    """Return the lower end of the 95 % interval of an AUC (Hanley and McNeil) of so many events among so many."""
    others = max(1, count - events)
    first, second = value / (2 - value), 2 * value * value / (1 + value)
    variance = (value * (1 - value) + (events - 1) * (first - value * value) + (others - 1) * (second - value * value)) / (events * others)
    return value - NORMAL_95 * sqrt(max(0.0, variance))


def known_auc(happened: np.ndarray, chances: np.ndarray) -> float | None:
    """Return the AUC of a month; None where it happened to nobody, or to all."""
    found = auc(happened, chances)
    return None if np.isnan(found) else found
