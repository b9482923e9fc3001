"""How a borrower's state, its severity, reasons and past warnings are said."""

from __future__ import annotations

from datetime import date
from typing import Any

from maisui.answers.credit_watch import BorrowerState
from maisui.web.text import Text, choose

CLASSES = {
    "none": Text("无贷款", "No loan"),
    "pass": Text("正常", "Pass"),
    "special_mention": Text("关注", "Special mention"),
    "substandard": Text("次级", "Substandard"),
    "doubtful": Text("可疑", "Doubtful"),
    "loss": Text("损失", "Loss"),
    "unclassified": Text("未分类", "Unclassified"),
    "settled": Text("结清", "Settled"),
    "written_off": Text("核销", "Written off"),
    "transferred": Text("转让", "Transferred"),
}
"""Classes of loans, and what they may have become instead."""
SEVERITIES = {3: Text("高", "High"), 2: Text("中", "Medium"), 1: Text("低", "Low"), 0: Text("—", "—")}
"""How grave the gravest line of the rule is."""
SEVERITY_CLASSES = {3: "severity-high", 2: "severity-medium", 1: "severity-low", 0: ""}


def class_word(borrower: BorrowerState | None) -> str:
    """Return the worst class of a borrower; — where it is not known."""
    return str(CLASSES[borrower.loan_class]) if borrower else "—"


def guarantee_words(borrower: BorrowerState | None) -> list[str]:
    """Return what a borrower is to guarantee circles and chains today."""
    if borrower is None:
        return []
    found = (
        [choose(f"担保圈（{borrower.circle_party_count} 方）", f"circle of {borrower.circle_party_count}")]
        if borrower.circle_party_count
        else []
    )
    found += [choose("互保", "mutual")] if borrower.has_mutual else []
    return found + ([choose("担保链", "chain")] if borrower.is_in_chain and not borrower.circle_party_count else [])


def too_short_word(months: int, known: int, day: date) -> str:
    """Return why nothing is told of what classes become within `months`: of `known` whole months up to `day`, one more is needed."""
    number = day.year * 12 + day.month - 1 + months + 1 - known
    first = f"{number // 12}-{number % 12 + 1:02}"
    return choose(
        f"历史只有 {known} 个整月，看 {months} 个月的迁徙需 {months + 1} 个，最早 {first} 月末；现只有当前余额。",
        f"{known} whole months of history; what becomes of classes in {months} months needs {months + 1}, "
        f"from the end of {first} at the earliest. Shown is the balance now.",
    )


def lead_line(line: dict[str, Any]) -> dict[str, Any]:
    """Return what became of past warnings of the rule or the model, in words."""
    return line | {
        "name": Text("规则", "Rule") if line["by"] == "rule" else Text("模型前两成", "Model, first fifth"),
        "warned_share": _share(line["warned"], line["went_bad"]),
        "early_share": _share(line["early"], line["went_bad"]),
        "interval": f"{line['early_low']:.0%} – {line['early_high']:.0%}" if line["went_bad"] else "—",
    }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "—"
