"""Reasons in writing for groups of people whom a model chooses much less often than others: which hold on a day, and what lacks one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from maisui.answers.fairness_gaps import Group
from maisui.web.model_desk.models import FairnessReason, State
from maisui.web.text import Text, known_word

FIELDS = {"sex": Text("性别", "Sex"), "age": Text("年龄", "Age")}
GROUPS = {
    "male": Text("男", "Men"),
    "female": Text("女", "Women"),
    "under_30": Text("30 岁以下", "Under 30"),
    "30_44": Text("30–44 岁", "30 to 44"),
    "45_59": Text("45–59 岁", "45 to 59"),
    "60_over": Text("60 岁及以上", "60 and over"),
    "unknown": Text("未知或对公", "Unknown, or a firm"),
}
LEEWAY = Decimal("0.05")
"""By how much a ratio may fall below that for which a reason was written before it needs a new one."""


def group_word(group: Group) -> Text:
    """Return the name of a group with its field."""
    field, name = FIELDS[group[0]], known_word(GROUPS, group[1])
    return Text(f"{field.zh} · {name.zh}", f"{field.en} · {name.en}")


def standing_reasons(model: str, day: date) -> dict[Group, FairnessReason]:
    """Return the approved reason of each group that holds on a day; the last one where there are several."""
    found = FairnessReason.objects.filter(model=model, state=State.APPROVED, ends_on__gte=day).select_related("proposed_by", "decided_by")
    return {(one.field, one.group): one for one in found.order_by("id")}


def unexplained(model: str, found: Mapping[Group, float], day: date) -> dict[Group, float]:
    """Return those of the groups with a gap whose reason is missing, has run out, or was written for a clearly smaller gap."""
    reasons = standing_reasons(model, day)
    return {group: ratio for group, ratio in found.items() if group not in reasons or not covers(reasons[group], ratio)}


def covers(reason: FairnessReason, ratio: float) -> bool:
    """Return whether a reason was written for a gap as large as this one."""
    return Decimal(f"{ratio:.4f}") >= reason.ratio - LEEWAY
