"""In which stage of its life a product is: a rule on twelve months of active holders and balance, its thresholds dated parameters."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from maisui.answers.figure import moved
from maisui.answers.product_months import ProductMonth
from maisui.answers.product_settings import ProductSettings


class Stage(StrEnum):
    """The stages, in the order of a life."""

    INTRODUCTION = "introduction"
    GROWTH = "growth"
    MATURITY = "maturity"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Life:
    """A stage with the two rates it was judged by; a stage is None where too few customers hold the product, or nothing is known."""

    stage: Stage | None
    holder_rate: Decimal | None
    balance_rate: Decimal | None


def life_of(now: ProductMonth, before: ProductMonth, settings: ProductSettings, *, has_history: bool) -> Life:
    """Return the stage of a product held against twelve months before.

    Introduction: nobody held it then. Growth: active holders or balance rose by `product_growth_rate` and neither fell by
    `product_decline_rate`. Decline: one fell by `product_decline_rate` and neither rose by `product_growth_rate`. Else maturity.
    Fewer than `product_fewest_holders` holders, or a history shorter than twelve months, leave the stage open.
    """
    holder_rate = moved(_counted(now.active_holder_count), _counted(before.active_holder_count))[1]
    balance_rate = moved(now.balance, before.balance)[1]
    if not has_history or now.holder_count is None or now.holder_count < settings.number("product_fewest_holders"):
        return Life(None, holder_rate, balance_rate)
    if not before.holder_count:
        return Life(Stage.INTRODUCTION, holder_rate, balance_rate)
    rates = [rate for rate in (holder_rate, balance_rate) if rate is not None]
    rose = any(rate >= settings.number("product_growth_rate") for rate in rates)
    fell = any(rate <= -settings.number("product_decline_rate") for rate in rates)
    if rose == fell:
        return Life(Stage.MATURITY if rates else None, holder_rate, balance_rate)
    return Life(Stage.GROWTH if rose else Stage.DECLINE, holder_rate, balance_rate)


def _counted(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)
