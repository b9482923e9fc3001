"""Whether two people approved the way a figure is forecast: its series, methods, thresholds and library, under one hash.

A forecast has no trained file: what is approved is the procedure. It changes with the release or the library, and then is on trial again; it is
put back to trial by itself when the rolling test no longer bears it out, or the approval runs out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from maisui.models.approvals import Approval, approved_on, read_approvals
from maisui.models.fallback import Limits
from maisui.models.forecast.level_shift import FAR_LESS, LEAST_AROUND, LEAST_KNOWN, STANDS_STILL
from maisui.models.forecast.make import ForecastFile
from maisui.models.forecast.methods import LEAST_FOR_MODELS, LEAST_FOR_SEASON, LEAST_POINTS, Method
from maisui.models.forecast.nodes import COVERED
from maisui.models.forecast.selection import ORIGINS
from maisui.models.forecast.subject import MONTHS_AHEAD, SUBJECT_BY_CODE
from maisui.models.ladder import WARNED_MONTHS

LEAST_NEARER, MOST_RATIO = Decimal("0.7"), Decimal("0.9")
LEAST_COVERED, MOST_COVERED = Decimal("0.85"), Decimal("0.95")


@dataclass(frozen=True, slots=True)
class ForecastTrust:
    """How far a metric's forecasts are trusted: the hash of the procedure, its approval if any, what the rolling test lacks, and why not in use.

    `nearer` is the share of figures nearer than the year before; `covered` that of outcomes in the interval; None where nothing is known.
    """

    metric: str
    day: date
    procedure: str
    approval: Approval | None
    nearer: Decimal | None
    ratio: Decimal | None
    covered: Decimal | None
    faults: tuple[tuple[str, str], ...]
    said_zh: str
    said_en: str
    is_in_use: bool
    is_ageing: bool


def code_of(metric: str) -> str:
    """Return the name under which the forecasts of a metric are approved."""
    return f"forecast.{metric}"


def procedure_of(found: ForecastFile, metric: str) -> str:
    """Return the hash of everything by which a metric is forecast."""
    subject = SUBJECT_BY_CODE[metric]
    told = [
        [subject.metric_code, subject.dimension, subject.organisation_dimension, subject.is_flow, subject.may_be_negative],
        [method.value for method in Method],
        [LEAST_POINTS, LEAST_FOR_MODELS, LEAST_FOR_SEASON, MONTHS_AHEAD, list(ORIGINS), f"{COVERED}"],
        [LEAST_KNOWN, LEAST_AROUND, FAR_LESS, STANDS_STILL],
        found.libraries,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def forecast_trust(home: Path, found: ForecastFile, metric: str, limits: Limits) -> ForecastTrust:
    """Return how far the forecasts of a metric are trusted on the last whole month of a version.

    Raises:
        StorageError: when approvals cannot be read.
    """
    procedure, approval = procedure_of(found, metric), approved_on(read_approvals(home), code_of(metric), found.day)
    judged, nearer = (sum(getattr(one, name) for one in found.qualities.values()) for name in ("judged", "nearer"))
    tried, held = (sum(getattr(one, name) for one in found.spreads.values()) for name in ("tried", "covered"))
    ratios = [one.median for one in found.qualities.values() if one.median is not None]
    share, ratio = Decimal(nearer) / judged if judged else None, max(ratios, default=None)
    covered = Decimal(held) / tried if tried else None
    faults = _faults(share, ratio, covered)
    age = 0 if approval is None else found.day.year * 12 + found.day.month - approval.valid_from.year * 12 - approval.valid_from.month
    zh, en, is_in_use = _said(approval, procedure, faults, age, limits)
    return ForecastTrust(
        metric=metric,
        day=found.day,
        procedure=procedure,
        approval=approval,
        nearer=share,
        ratio=ratio,
        covered=covered,
        faults=faults,
        said_zh=zh,
        said_en=en,
        is_in_use=is_in_use,
        is_ageing=is_in_use and age >= limits.approval_months - WARNED_MONTHS,
    )


def _faults(share: Decimal | None, ratio: Decimal | None, covered: Decimal | None) -> tuple[tuple[str, str], ...]:
    """Return what the rolling test lacks, in both languages; without a year to compare with nothing can be approved."""
    if share is None or ratio is None or covered is None:
        return (
            (
                "历史不足，滚动检验无法与去年同月比较（需 13 个月以上）",
                "too little history to compare with the year before (13 months are needed)",
            ),
        )
    checks = (
        (
            share >= LEAST_NEARER,
            f"优于去年同月法的仅 {share:.0%}（需 70%）",
            f"only {share:.0%} nearer than the year before, 70 % are needed",
        ),
        (ratio <= MOST_RATIO, f"误差中位比 {ratio:.2f}（需不超过 0.90）", f"median ratio of errors {ratio:.2f}, at most 0.90 is needed"),
        (
            LEAST_COVERED <= covered <= MOST_COVERED,
            f"90% 区间命中 {covered:.1%}（需 85%–95%）",
            f"the interval of 90 % held {covered:.1%}, 85 to 95 % are needed",
        ),
    )
    return tuple((zh, en) for passes, zh, en in checks if not passes)


def _said(
    approval: Approval | None, procedure: str, faults: tuple[tuple[str, str], ...], age: int, limits: Limits
) -> tuple[str, str, bool]:
    if approval is None:
        if faults:
            return "未批准：" + "；".join(zh for zh, _ in faults), "not approved: " + "; ".join(en for _, en in faults), False
        return (
            "滚动检验通过，尚未由两人批准（模型台）",
            "the rolling test is passed, two people have not approved it yet (model desk)",
            False,
        )
    if approval.sha256 != procedure:
        return "预测方法或模型库已变，须重新批准", "methods or library changed since the approval: to be approved again", False
    if faults:
        return (
            "已自动回落到试运行：" + "；".join(zh for zh, _ in faults),
            "put back to trial by itself: " + "; ".join(en for _, en in faults),
            False,
        )
    if age >= limits.approval_months:
        return f"批准已满 {age} 个月，须重新批准", f"approved {age} months ago, to be approved again", False
    month = approval.valid_from.year * 12 + approval.valid_from.month - 1 + limits.approval_months
    until = f"{month // 12}-{month % 12 + 1:02d}"
    return f"正式：已批准使用，{until} 前须复验", f"in use: approved, to be validated again before {until}", True
