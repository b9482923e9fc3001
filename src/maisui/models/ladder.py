"""How far a model may be trusted today: no data, the expert rule, base rates, trial, in use; and what is missing until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maisui.models.model import Described, Model
from maisui.models.registry import StoredModel

YELLOW_MONTHS, OFF_MONTHS = 12, 15
_BEFORE = 6
"""Months that a first judgement needs: three, and the three before them."""


class Rung(StrEnum):
    """The steps of the ladder, from the ground up."""

    NO_DATA = "no_data"
    RULE = "rule"
    BASELINE = "baseline"
    TRIAL = "trial"
    IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a model stands, why in both languages, and whether it must be looked at again soon."""

    rung: Rung
    said_zh: str
    said_en: str
    is_ageing: bool = False

    @property
    def has_probabilities(self) -> bool:
        """Return whether single customers may be given a probability."""
        return self.rung in (Rung.TRIAL, Rung.IN_USE)


def standing(model: Model | Described, ends: tuple[date, ...], stored: StoredModel | None, *, is_approved: bool) -> Standing:
    """Return where a model stands with the whole months `ends` of history, judged on the last of them."""
    months = len(ends)
    if not months:
        return Standing(Rung.NO_DATA, "还没有一个完整的月份", "there is not one whole month yet")
    lowest = Rung.BASELINE if model.has_base_rates and months >= _BEFORE + model.horizon else Rung.RULE
    if stored is None and months < model.least_months:
        first = _later(ends[-1], model.least_months - months)
        return Standing(
            lowest,
            f"模型未启用：仅有 {months} 个月历史（需 {model.least_months} 个月），最早 {first:%Y-%m} 可训练；{model.instead_zh}",
            f"no model: {months} months of history, {model.least_months} are needed, to be trained from {first:%Y-%m} at the earliest; "
            f"{model.instead_en}",
        )
    if stored is None:
        return Standing(
            lowest, f"历史已够，模型尚未训练；{model.instead_zh}", f"there is history enough, nothing is trained yet; {model.instead_en}"
        )
    return _of_trained(model, stored, ends[-1], lowest, is_approved=is_approved)


def _of_trained(model: Model | Described, stored: StoredModel, day: date, lowest: Rung, *, is_approved: bool) -> Standing:
    if stored.card["faults"]:
        told = stored.card["faults"]
        return Standing(
            lowest,
            "模型未通过检验：" + "；".join(zh for zh, _ in told) + f"；{model.instead_zh}",
            "the model did not pass: " + "; ".join(en for _, en in told) + f"; {model.instead_en}",
        )
    trained = date.fromisoformat(stored.card["data"]["last_outcome_on"])
    age = day.year * 12 + day.month - trained.year * 12 - trained.month
    if age >= OFF_MONTHS:
        return Standing(
            Rung.RULE, f"模型已 {age} 个月未复验，停用；{model.instead_zh}", f"not validated for {age} months, off; {model.instead_en}"
        )
    is_ageing = age >= YELLOW_MONTHS
    if not is_approved:
        return Standing(
            Rung.TRIAL,
            "试运行：已训练并通过检验，尚未由两人批准",
            "on trial: trained and passed, not approved by two people yet",
            is_ageing,
        )
    return Standing(Rung.IN_USE, "正式：已批准使用", "in use: approved", is_ageing)


def _later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
