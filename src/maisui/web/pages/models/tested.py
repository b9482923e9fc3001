"""How well a trained model parts those to whom it happened from the others, tenth by tenth, and its card field by field."""

from __future__ import annotations

from typing import Any

from maisui.answers.model_life import lacking
from maisui.web.text import Text, choose

_TIERS = {"high": Text("高", "high"), "medium": Text("中", "medium"), "low": Text("低", "low")}
_WINDOWS = {
    "train": Text("训练", "train"),
    "calibrate": Text("校准", "calibrate"),
    "test": Text("检验", "test"),
    "history": Text("历史", "history"),
    "hold_out": Text("留出", "held out"),
    "found": Text("分群月", "found on"),
    "judged": Text("判断期", "judged"),
    "persons": Text("人员", "persons"),
}
_ALL = 100
_SHOWN = 21
"""Characters of a version or a hash that are shown: a whole version, enough of a hash to know it."""


def tenths(said: dict[str, Any]) -> dict[str, Any] | None:
    """Return the tenths of the test months with what was caught up to each, and the figures above them; None of a card without them."""
    bins = said.get("bins")
    if not bins or "ks" not in said:
        return None
    count, events = sum(one["count"] for one in bins), sum(one["seen"] for one in bins)
    expected = sum(one["expected"] * one["count"] for one in bins)
    found: list[dict[str, Any]] = []
    caught = 0
    for place, one in enumerate(bins, 1):
        caught += one["seen"]
        share, rate = caught / events if events else 0.0, one["seen"] / one["count"]
        found.append({
            "place": place, "count": one["count"], "expected": f"{one['expected']:.1%}", "seen": one["seen"], "rate": f"{rate:.1%}",
            "interval": f"{one['low']:.1%} – {one['high']:.1%}", "lift": f"{rate * count / events:.1f}" if events else "—",
            "caught": f"{share:.1%}", "width": f"{_ALL * share:.1f}",
        })  # fmt: skip
    ratio = said["auc"]
    return {
        "lines": found,
        "count": count,
        "events": events,
        "expected": f"{expected / count:.1%}",
        "rate": f"{events / count:.1%}",
        "accuracy_ratio": f"{said.get('accuracy_ratio', said['gini']):.3f}",
        "interval": f"{2 * ratio['low'] - 1:.3f} – {2 * ratio['high'] - 1:.3f}",
        "ks": f"{said['ks']:.3f}",
    }


def fields(card: dict[str, Any]) -> list[tuple[Text, str]]:
    """Return the card as lines of a name and what is said; what an earlier card does not know is left out."""
    data, words, valid = card.get("data", {}), card.get("feature_words", {}), card.get("valid_months")
    many, few = choose("；", "; "), choose("、", ", ")
    lines: tuple[tuple[Text, str], ...] = (
        (Text("责任部门", "Owner"), choose(card.get("owner_zh", ""), card.get("owner_en", ""))),
        (Text("重要性分级", "Tier"), str(_TIERS.get(card.get("tier", ""), ""))),
        (Text("预测期", "Horizon"), choose(f"{card['horizon']} 个月", f"{card['horizon']} months") if card.get("horizon") else ""),
        (Text("数据时段", "Windows"), many.join(_window(name, one) for name, one in card.get("windows", {}).items())),
        (Text("排除", "Excluded"), few.join(choose(zh, en) for _, zh, en in card.get("exclusions", ()))),
        (
            Text("数据版本", "Data version"),
            few.join(data[name][:_SHOWN] for name in ("version", "content_hash", "reporting_date") if name in data),
        ),
        (Text("最后结果日", "Last outcome"), data.get("last_outcome_on", "")),
        (Text("代码与库", "Code and libraries"), few.join(_versions(card))),
        (Text("变量与信息级别", "Features with privacy class"), many.join(_feature(code, words) for code in card.get("features", ()))),
        (Text("有效期", "Valid"), choose(f"{valid} 个月须复验", f"to be validated every {valid} months") if valid else ""),
    )
    return [(name, value) for name, value in lines if value]


def missing(card: dict[str, Any]) -> str:
    """Return the fields that a card does not fill: it cannot be put into use; nothing where it is whole."""
    return choose("、", ", ").join(choose(zh, en) for zh, en in lacking(card))


def _window(name: str, one: dict[str, Any]) -> str:
    days = " – ".join(dict.fromkeys(f"{one[end]}" for end in ("from", "to") if end in one))
    return f"{_WINDOWS.get(name, name)} {days}"


def _versions(card: dict[str, Any]) -> list[str]:
    libraries = [f"{name} {version}" for name, version in sorted(card.get("libraries", {}).items())]
    return [f"Maisui {card['code_version']}", *libraries] if "code_version" in card else libraries


def _feature(code: str, words: dict[str, list[str]]) -> str:
    if code not in words:
        return code
    return f"{choose(words[code][0], words[code][1])} {words[code][3]}"
