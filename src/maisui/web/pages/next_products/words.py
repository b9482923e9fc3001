"""How offers, their reasons and what the model was held against are said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from maisui.answers.model_scores import ScoreReason
from maisui.answers.next_products import OfferLine
from maisui.answers.saver_state import SaverState
from maisui.web.components.figures import digits
from maisui.web.pages.churn.words import sentence
from maisui.web.text import Text, choose

_VERBS = {"Holds": ("hold", "do not hold"), "Held": ("once held", "never held"), "Borrows": ("borrow", "do not borrow")}
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
        like = _like(offer.reasons)
        taken = choose(
            f"{like} {months} 个月内 {share(offer.chance)} 开办（{share(offer.low)}–{share(offer.high)}）",
            f"{share(offer.chance)} of {like} take it up within {months} months ({share(offer.low)} to {share(offer.high)})",
        )
        return [taken, held]
    return [held]


def own_words(saver: SaverState | None) -> str:
    """Return what he himself keeps and moves here, the amounts that are known and not nothing; empty where there are none."""
    if saver is None:
        return ""
    amounts = (
        (Text("近三个月资产日均", "average assets of three months"), saver.recent_assets),
        (Text("代发入账", "payroll"), saver.payroll),
        (Text("净转往本人他行账户", "moved to own accounts elsewhere"), saver.own_elsewhere),
        (Text("30 天内到期定期", "term deposits due within 30 days"), saver.maturing),
    )
    told = [f"{name} {digits(amount, 0)}" for name, amount in amounts if amount is not None and amount >= 1]
    return choose(f"本户：{'，'.join(told)} 元", f"He himself: {', '.join(told)} CNY") if told else ""


def _like(rests_on: Sequence[ScoreReason]) -> str:
    """Return who those like him are whose rate is told: of his kind and tier, and what they hold or do not hold."""
    zh, en = "、".join(map(_held_zh, rests_on)), " and ".join(map(_held_en, rests_on))
    return choose(f"{zh}的同类客户" if zh else "同类客户", f"his like who {en}" if en else "his like")


def _held_zh(one: ScoreReason) -> str:
    if one.value:
        return one.name_zh
    return one.name_zh.replace("有", "无", 1) if one.name_zh.startswith("有") else f"未{one.name_zh}"


def _held_en(one: ScoreReason) -> str:
    verb, _, rest = one.name_en.partition(" ")
    return f"{_VERBS[verb][0 if one.value else 1]} {rest}"


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
