"""How offers, their reasons and what the model was held against are said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers.next_products import OfferLine
from maisui.web.pages.churn.words import sentence
from maisui.web.text import Text, choose

BASES = {
    "model": Text("模型", "model"),
    "popularity": Text("同类客户开办率", "taken up by like customers"),
    "holding": Text("同类客户持有率", "held by like customers"),
}
"""On what an offer rests."""


def share(value: Decimal | float | None) -> str:
    """Return a share in percent with one place; — where there is none."""
    return "—" if value is None else f"{value:.1%}"


def reasons_of(offer: OfferLine, months: int) -> list[str]:
    """Return why this is offered, in sentences: what raises his chance, or what customers like him do."""
    held = choose(
        f"同大类、同等级客户 {share(offer.peer_share)} 已持有", f"{share(offer.peer_share)} of customers of his kind and tier hold it"
    )
    if offer.basis == "model":
        return [*(sentence(reason) for reason in offer.reasons), held]
    if offer.basis == "popularity":
        taken = choose(
            f"同类客户 {months} 个月内 {share(offer.chance)} 开办（{share(offer.low)}–{share(offer.high)}）",
            f"{share(offer.chance)} of his like take it up within {months} months ({share(offer.low)} to {share(offer.high)})",
        )
        return [taken, held]
    return [held]


def quality_lines(card: dict[str, Any] | None) -> list[tuple[Text, str, str, str]]:
    """Return what the model was held against in the test: figure, model with interval, popularity, and the difference with interval."""
    said = card["hold_out"] if card else {}
    names = {"hit": Text("前 3 名命中率", "Hit rate of the best 3"), "ndcg": Text("排序质量 NDCG@3", "Order, NDCG@3")}
    return [
        (
            name,
            f"{said[code]:.3f} ({said[f'{code}_low']:.3f} – {said[f'{code}_high']:.3f})",
            f"{said[f'{code}_of_popularity']:.3f}",
            f"{said[code] - said[f'{code}_of_popularity']:+.3f} ({said[f'{code}_gain_low']:+.3f} – {said[f'{code}_gain_high']:+.3f})",
        )
        for code, name in names.items()
        if code in said
    ]
