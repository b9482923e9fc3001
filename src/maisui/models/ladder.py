"""How far a model may be trusted today: no data, the expert rule, base rates, trial, in use; and what is missing until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from maisui.models.model import Described, Feature, Model
from maisui.models.registry import StoredModel

OFF_MONTHS, WARNED_MONTHS = 15, 3
"""Months after the last validation at which a model is off, where no parameter says otherwise, and how long before that it is yellow."""
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


def standing(
    model: Model | Described,
    ends: tuple[date, ...],
    stored: StoredModel | None,
    *,
    is_approved: bool,
    approved_from: date | None = None,
    off_months: int = OFF_MONTHS,
) -> Standing:
    """Return where a model stands with the whole months `ends` of history, judged on the last of them.

    It is validated by the last outcome it learnt from and by its approval; `off_months` after the later of them it is off.
    """
    months = len(ends)
    if not months:
        return Standing(
            Rung.NO_DATA,
            "还没有一个完整的月份，首个月末发布后再评",
            "there is not one whole month yet; asked again once the first month end is published",
        )
    lowest = lowest_rung(model, months)
    if stored is None and is_approved:
        return Standing(
            lowest,
            f"已批准的模型文件缺失或被改动，未予读取（系统管理员从备份恢复，或由两人停用）；{model.instead_zh}",
            "the files of the approved model are missing or altered and were not read (restore them from a backup, or take the model "
            f"out of use by two people); {model.instead_en}",
        )
    if stored is None and months < model.least_months:
        first = _later(ends[-1], model.least_months - months)
        instead_zh, instead_en = _instead(model, ends)
        return Standing(
            lowest,
            f"模型未启用：仅有 {months} 个月历史（需 {model.least_months} 个月），最早 {first:%Y-%m} 可训练；{instead_zh}",
            f"no model: {months} months of history, {model.least_months} are needed, to be trained from {first:%Y-%m} at the earliest; "
            f"{instead_en}",
        )
    if stored is None:
        return Standing(
            lowest, f"历史已够，模型尚未训练；{model.instead_zh}", f"there is history enough, nothing is trained yet; {model.instead_en}"
        )
    if stored.card["faults"]:
        told = stored.card["faults"]
        return Standing(
            lowest,
            "模型未通过检验：" + "；".join(zh for zh, _ in told) + f"；{model.instead_zh}",
            "the model did not pass: " + "; ".join(en for _, en in told) + f"; {model.instead_en}",
        )
    validated = max(date.fromisoformat(stored.card["data"]["last_outcome_on"]), approved_from or date.min)
    return _of_passed(model, validated, ends[-1], off_months, is_approved=is_approved)


def _instead(model: Model | Described, ends: tuple[date, ...]) -> tuple[str, str]:
    """Return what is done in both languages while no model speaks, with so many months as there are."""
    early = model.early
    if early is None or len(ends) >= early.months:
        return model.instead_zh, model.instead_en
    month = f"{_later(ends[-1], early.months - len(ends)):%Y-%m}"
    return early.said_zh.format(month=month), early.said_en.format(month=month)


def _of_passed(model: Model | Described, validated: date, day: date, off_months: int, *, is_approved: bool) -> Standing:
    age = day.year * 12 + day.month - validated.year * 12 - validated.month
    if age >= off_months:
        return Standing(
            Rung.RULE,
            f"模型已 {age} 个月未复验，停用；复验后由两人重新批准即恢复；{model.instead_zh}",
            f"not validated for {age} months, off until two people approve it again; {model.instead_en}",
        )
    is_ageing = age >= off_months - WARNED_MONTHS
    until = _later(validated, off_months)
    if not is_approved:
        return Standing(
            Rung.TRIAL,
            "试运行：已训练并通过检验，尚未由两人批准",
            "on trial: trained and passed, not approved by two people yet",
            is_ageing,
        )
    return Standing(
        Rung.IN_USE,
        f"正式：已批准使用，{until:%Y-%m} 前须复验",
        f"in use: approved, to be validated again before {until:%Y-%m}",
        is_ageing,
    )


def lowest_rung(model: Model | Described, months: int) -> Rung:
    """Return what speaks with so many months where no model may."""
    if not months:
        return Rung.NO_DATA
    return Rung.BASELINE if model.has_base_rates and months >= _BEFORE + model.horizon else Rung.RULE


def put_back(model: Model | Described, months: int, why_zh: str, why_en: str) -> Standing:
    """Return where an approved model stands that was put back by itself, and what brings it up again."""
    return Standing(
        lowest_rung(model, months),
        f"已自动回落：{why_zh}；复验后由两人重新批准，或批准新模型，即恢复；{model.instead_zh}",
        f"put back by itself: {why_en}; it comes back when two people approve it again after a check, or another model; {model.instead_en}",
    )


def without_feed(model: Model | Described, months: int, features: Sequence[Feature]) -> Standing:
    """Return where a model stands of which some features tell nobody apart: what they are made of did not come."""
    zh, en = "、".join(one.name_zh for one in features), ", ".join(one.name_en for one in features)
    return Standing(
        lowest_rung(model, months),
        f"已自动回落：{zh} 全部缺失或全为零（训练时不是），疑为数据未送达；数据恢复后下次评分自动恢复；{model.instead_zh}",
        f"put back by itself: {en}: unknown or nought for everybody, which was not so in training, as if a feed did not come; "
        f"it comes back with the next scoring once the data do; {model.instead_en}",
    )


def approved_for_later(stands: Standing, day: date, valid_from: date) -> Standing:
    """Return where a model stands on `day` that two people approved from a later day on."""
    return replace(
        stands,
        said_zh=f"试运行：已由两人批准，自 {valid_from} 起启用；本次评的是 {day}，尚在其前",
        said_en=f"on trial: approved by two people, in use from {valid_from}; what is scored here is {day}, which lies before it",
    )


def followed_by(stands: Standing, sha256: str, valid_from: date) -> Standing:
    """Return where a model stands while a trained one that two people approved comes into use on a later day."""
    name = sha256[:12]
    return replace(
        stands,
        said_zh=f"{stands.said_zh}；模型 {name} 已由两人批准，自 {valid_from} 起启用",
        said_en=f"{stands.said_en}; model {name} was approved by two people and is in use from {valid_from}",
    )


def without_transactions(stands: Standing) -> Standing:
    """Return where a model stands, with word that no transaction came in three months, so that nobody is called idle by its rule."""
    return replace(
        stands,
        said_zh=f"{stands.said_zh}；近三个月没有任何交易流水送达，规则中“没有主动交易”一项不判断",
        said_en=f"{stands.said_en}; no transaction came in three months, so that the rule calls nobody idle",
    )


def without_library(model: Model | Described, months: int) -> Standing:
    """Return where a model stands whose library is not installed."""
    return Standing(
        lowest_rung(model, months),
        f"未安装模型库，无法询问模型（系统管理员运行 make setup-models）；{model.instead_zh}",
        f"the model library is not installed, so that the model cannot be asked (`make setup-models`); {model.instead_en}",
    )


def _later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
