"""What a page of scores says of the model behind it: how far to trust it, what it said and what came true."""

from __future__ import annotations

from typing import Any

from maisui.answers import ScorePage
from maisui.web.pages.churn.words import RUNGS
from maisui.web.text import Text


def told_of(found: ScorePage) -> dict[str, Any]:
    """Return what every page of scores tells of its model, for the template."""
    return {
        "found": found,
        "rung": RUNGS[found.standing.rung.value],
        "said": Text(found.standing.said_zh, found.standing.said_en),
        "question": Text(found.model.question_zh, found.model.question_en),
        "rule": Text(found.model.rule_zh, found.model.rule_en),
        "limits": Text(found.model.limits_zh, found.model.limits_en),
        "has_probabilities": found.standing.has_probabilities,
        "without": [(Text(zh, en), count) for zh, en, count in found.without],
        "rates": _rates(found),
        "bins": _bins(found),
        "compared": _compared(found),
        "realised": found.facts.get("realised", []),
    }


def _compared(found: ScorePage) -> list[tuple[Text, float]]:
    """Return the AUC of what the model was held against."""
    words = {"rule": Text("规则", "rule"), "logistic": Text("逻辑回归", "logistic"), "challenger": Text("挑战者", "challenger")}
    said = found.card["metrics"] if found.card else {}
    return [(name, said[f"auc_of_{code}"]["value"]) for code, name in words.items() if f"auc_of_{code}" in said]


def _rates(found: ScorePage) -> list[tuple[Text, int, int, str]]:
    """Return how often it happened with the rule and without it, as intervals."""
    words = {True: Text("规则命中", "Picked by the rule"), False: Text("规则未命中", "Not picked")}
    return [
        (words[one["is_flagged"]], one["count"], one["events"], f"{one['low']:.1%} – {one['high']:.1%}")
        for one in found.facts["base_rates"]
    ]


def _bins(found: ScorePage) -> list[dict[str, Any]]:
    """Return the tenths of the test months: expected beside seen, as words and as lengths in percent of the largest."""
    bins = found.card["metrics"]["bins"] if found.card else []
    longest = max((max(one["expected"], one["high"]) for one in bins), default=1)
    return [
        {
            "number": number,
            "count": one["count"],
            "expected": f"{one['expected']:.1%}",
            "seen": f"{one['seen'] / one['count']:.1%}",
            "interval": f"{one['low']:.1%} – {one['high']:.1%}",
            "expected_length": f"{100 * one['expected'] / longest:.1f}",
            "seen_at": f"{100 * one['seen'] / one['count'] / longest:.1f}",
            "low_at": f"{100 * one['low'] / longest:.1f}",
            "interval_length": f"{100 * (one['high'] - one['low']) / longest:.1f}",
        }
        for number, one in enumerate(bins, 1)
    ]
