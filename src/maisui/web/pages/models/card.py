"""What a trained model's card says, as the desk shows it: its scorecard, its challenger, features that separate strongly, and groups."""

from __future__ import annotations

from typing import Any

from maisui.answers.fairness_gaps import FOUR_FIFTHS, Group, ratios, share_of
from maisui.answers.model_life import MOST_SHIFT, MOST_Z, SLOPE_HIGH, SLOPE_LOW
from maisui.web.model_desk.fairness import FIELDS, GROUPS, covers
from maisui.web.model_desk.models import FairnessReason
from maisui.web.pages.models.tested import fields, missing, tenths
from maisui.web.text import Text, choose, known_word

Reasons = dict[Group, FairnessReason]
_LEAST_EVENTS = 50
_FINE = 0.1


def told(card: dict[str, Any], reasons: Reasons) -> dict[str, Any]:
    """Return what a card says, for the template, with the reasons that hold today; parts that an earlier card does not know are empty."""
    words = card.get("feature_words", {})
    return {
        "scorecard": [_characteristic(one, words) for one in card.get("scorecard", ())],
        "challenger": _challenger(card.get("metrics", {})) if is_measured(card) else None,
        "strong": _strong(card.get("strong", ()), words),
        "groups": _groups(card.get("groups", ()), reasons),
        "proxies": _proxies(card.get("proxies", ())),
        "calibration": _calibration(_measured(card)),
        "tenths": tenths(_measured(card)),
        "fields": fields(card),
        "missing": missing(card),
    }


def _name(code: str, words: dict[str, list[str]]) -> str:
    return choose(words[code][0], words[code][1]) if code in words else code


def _strong(lines: Any, words: dict[str, list[str]]) -> list[tuple[str, Text]]:
    """Return the features that separate strongly by themselves, those with one reason together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in lines:
        found.setdefault(tuple(one["why"]) or ("未说明，须复核", "not explained, to be looked at"), []).append(_name(one["code"], words))
    return [(choose("、", ", ").join(names), Text(*why)) for why, names in found.items()]


def _characteristic(one: dict[str, Any], words: dict[str, list[str]]) -> dict[str, Any]:
    shape = words[one["code"]][2] if one["code"] in words else "count"
    return {
        "name": _name(one["code"], words),
        "information_value": f"{one['information_value']:.3f}",
        "classes": [
            {
                "range": _range(line, shape),
                "count": line["count"],
                "events": line["events"],
                "rate": f"{line['events'] / line['count']:.1%}",
                "weight": f"{line['weight']:+.3f}",
                "points": line["points"],
            }
            for line in one["classes"]
        ],
    }


def _range(line: dict[str, Any], shape: str) -> str:
    """Return the values of a class: what is at or above its lower edge and below its upper one."""
    if line["is_unknown"]:
        return choose("未知", "Unknown")
    low, high = line["from"], line["to"]
    if shape == "flag":
        return choose("是", "Yes") if low is not None else choose("否", "No")
    if low is None and high is None:
        return choose("全部", "All")
    if low is None:
        return f"< {_edge(high, shape)}"
    return f"≥ {_edge(low, shape)}" if high is None else f"{_edge(low, shape)} – {_edge(high, shape)}"


def _edge(value: float, shape: str) -> str:
    if shape == "share":
        return f"{value:.1%}"
    unit = {"days": Text(" 天", " days"), "months": Text(" 个月", " months")}.get(shape)
    return f"{value:,.0f}{unit or ''}" if shape in ("count", "days") else f"{value:,.1f}{unit or ''}"


def is_measured(card: dict[str, Any]) -> bool:
    """Return whether a model was tested on enough customers to whom it happened that its AUC says anything."""
    tested = card.get("windows", {}).get("test", {})
    return tested.get("customers", tested.get("events", 0)) >= _LEAST_EVENTS


def _measured(card: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of the test of a model that gives probabilities; none where too few had it happen to them."""
    if "metrics" in card:
        return card["metrics"] if is_measured(card) else {}
    said = card.get("hold_out", {})
    return said if said.get("takers", 0) >= _LEAST_EVENTS else {}


def _challenger(metrics: dict[str, Any]) -> dict[str, Any] | None:
    """Return the challenger beside the champion; None where a card has none. Better is only what chance does not explain."""
    if "auc_of_challenger" not in metrics:
        return None
    gain = metrics["gain_over_challenger"]
    if gain["high"] < 0:
        verdict = Text("挑战者更好，请评估是否更换", "the challenger is better: consider a change")
    elif gain["low"] > 0:
        verdict = Text("冠军更好", "the champion is better")
    else:
        verdict = Text("差异在偶然范围内，保留冠军", "no difference beyond chance: the champion stays")
    return {"auc": metrics["auc_of_challenger"], "gain": gain, "champion": metrics["auc"], "verdict": verdict}


def _calibration(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of calibration with their intervals and what they are held to; none of a card that does not know them."""
    if "spiegelhalter_z" not in said:
        return []
    slope, shift, z = said["calibration_slope"], said["calibration_shift"], said["spiegelhalter_z"]
    lines: tuple[tuple[Text, float | None, dict[str, float] | None, str], ...] = (
        (Text("校准斜率", "Calibration slope"), slope and slope["value"], slope, f"{SLOPE_LOW} – {SLOPE_HIGH}"),
        (Text("校准截距", "Calibration intercept"), shift and shift["value"], shift, f"±{MOST_SHIFT}"),
        (Text("Brier 技巧", "Brier skill"), said["brier_skill"], None, "> 0"),
        (Text("校准误差（ECE）", "Calibration error (ECE)"), said["calibration_error"], None, f"≤ {said['calibration_allowed']:.4f}"),
        (Text("Spiegelhalter z", "Spiegelhalter z"), z, None, f"±{MOST_Z}"),
    )
    return [
        {
            "name": name,
            "value": "—" if value is None else f"{value:.4f}" if abs(value) < _FINE else f"{value:.2f}",
            "interval": f"{spread['low']:.2f} – {spread['high']:.2f}" if spread else "—",
            "bound": bound,
        }
        for name, value, spread, bound in lines
    ]


def selection(lines: Any, reasons: Reasons) -> list[dict[str, Any]]:
    """Return for each group how often it is chosen now, against the group chosen most often; no share of fewer than fifty customers."""
    ratio_of, found = ratios(lines), []
    for line in lines:
        said: dict[str, Any] = {"field": FIELDS[line["field"]], "name": GROUPS.get(line["group"], line["group"]), "line": line}
        share = share_of(line)
        if share is not None:
            said |= {"share": f"{share:.1%}"} | _against(line, ratio_of, reasons)
        found.append(said)
    return found


def _against(line: Any, ratio_of: dict[Group, float], reasons: Reasons) -> dict[str, Any]:
    """Return the ratio of a group in words, whether it is low, and the reason that holds for it; firms and the unknown have none."""
    group = (line["field"], line["group"])
    if group not in ratio_of:
        return {"ratio": "—", "is_low": False}
    ratio = ratio_of[group]
    reason = reasons.get(group)
    held = reason if reason is not None and covers(reason, ratio) else None
    return {"ratio": f"{ratio:.2f}", "is_low": ratio < FOUR_FIFTHS, "reason": held if ratio < FOUR_FIFTHS else None}


def _proxies(lines: Any) -> list[str]:
    """Return how well the features give away sex and age, as words."""
    return [
        f"{FIELDS[line['field']]} · {known_word(GROUPS, line['group'])} "
        + (f"{line['value']:.2f} ({line['low']:.2f} – {line['high']:.2f})" if line["is_sufficient"] else choose("样本不足", "insufficient"))
        for line in lines
    ]


def realised(fairness: dict[str, Any] | None, reasons: Reasons) -> dict[str, Any] | None:
    """Return what came of months that are over by groups of people; no rate of a group with fewer than fifty events."""
    if fairness is None:
        return None
    rule, model = Text("入选为规则命中者", "chosen is whom the rule picks"), Text("入选为概率最高的两成", "chosen is the highest fifth")
    who = rule if fairness["by_rule"] else model
    return {"from": fairness["from"], "to": fairness["to"], "who": who, "groups": _groups(fairness["groups"], reasons)}


def _groups(lines: Any, reasons: Reasons) -> list[dict[str, Any]]:
    """Return a line for each group; the ratio is that of being chosen against the group chosen most often."""
    ratio_of, found = ratios(lines), []
    for line in lines:
        said: dict[str, Any] = {"field": FIELDS[line["field"]], "name": GROUPS.get(line["group"], line["group"]), "line": line}
        if line["is_sufficient"]:
            said |= {name: f"{line[name]:.1%}" for name in ("seen", "expected", "chosen", "found") if name in line}
            said |= {"interval": f"{line['low']:.1%} – {line['high']:.1%}"} | _against(line, ratio_of, reasons)
        found.append(said)
    return found
