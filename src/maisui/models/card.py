"""The card of a trained model: what every card says of its model in words, and what one lacks that is to be put into use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from maisui import __version__
from maisui.models.model import Described, Feature, Model

_WORDS = (
    "code", "name_zh", "name_en", "question_zh", "question_en", "owner_zh", "owner_en", "tier", "horizon", "limits_zh", "limits_en",
    "personal_information_zh", "personal_information_en",
)  # fmt: skip
VALID_MONTHS = 12
"""Months after which a model is to be validated again, as its card says."""
_DATA = ("version", "content_hash", "reporting_date", "last_outcome_on")
_FIELDS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("purpose", ("name_zh", "name_en", "question_zh", "question_en"), "用途与标签", "purpose and label"),
    ("owner", ("owner_zh", "owner_en"), "责任部门", "owner"),
    ("tier", ("tier",), "重要性分级", "tier"),
    ("horizon", ("horizon",), "预测期", "horizon"),
    ("limits", ("limits_zh", "limits_en"), "使用限制", "limits"),
    ("personal_information", ("personal_information_zh", "personal_information_en"), "个人信息影响评估", "assessment of personal data"),
    ("windows", ("windows",), "数据时段", "windows"),
    ("code", ("code_version", "libraries"), "代码与库版本", "versions of code and libraries"),
    ("expiry", ("valid_months",), "有效期", "expiry"),
)
_OF_OUTCOMES: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("exclusions", ("exclusions",), "排除条件", "exclusions"),
    ("definition", ("definition",), "口径定义", "definition"),
    ("groups", ("groups",), "分组检验", "groups of people"),
)


def words_of(model: Model | Described, features: Iterable[Feature] | None = None) -> dict[str, Any]:
    """Return what a card says of its model in words: purpose, owner, tier, limits, data, every feature with its privacy class, expiry."""
    known = model.features if features is None else tuple(features)
    return {name: getattr(model, name) for name in _WORDS} | {
        "feature_words": {one.code: [one.name_zh, one.name_en, one.shape.value, one.privacy] for one in known},
        "code_version": __version__,
        "valid_months": VALID_MONTHS,
    }


def lacking(card: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields that a card does not fill, in both languages; none where it may be put into use."""
    wanted = _FIELDS + (_OF_OUTCOMES if "metrics" in card else ())
    found = [(zh, en) for _, names, zh, en in wanted if any(card.get(name) in (None, "", [], {}, ()) for name in names)]
    if any(not card.get("data", {}).get(name) for name in _DATA):
        found.append(("数据版本", "data version"))
    words = card.get("feature_words", {})
    if any(len(words.get(code, ())) < 4 or not words[code][3] for code in card.get("features", ())):  # noqa: PLR2004 - the class is the fourth
        found.append(("变量及其信息级别", "features with their privacy class"))
    figures = card.get("metrics") or card.get("hold_out") or {}
    if not figures or ("metrics" in card and {"value", "low", "high"} - set(figures.get("auc", ()))):
        found.append(("检验指标与区间", "figures of the test with intervals"))
    return found
