"""The ratios of the institution as the page shows them: value, limit of the day, state, course, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import LimitState, Metric, RatioLimit
from maisui.answers.missing_side import missing_side
from maisui.errors import QuestionError
from maisui.web.components.figures import exact
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import State
from maisui.web.pages.overview.figures import SPARK_MONTHS, Card, card_of, months_before, read_series
from maisui.web.text import Text, choose

RATIOS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        Text("盈利", "Earnings"),
        (
            "net_interest_margin",
            "return_on_assets",
            "return_on_equity",
            "cost_to_income_ratio",
            "fee_income_share",
            "deposit_cost_rate",
        ),
    ),
    (
        Text("资产质量", "Asset quality"),
        (
            "npl_ratio",
            "special_mention_ratio",
            "overdue_loan_ratio",
            "overdue_90d_loan_ratio",
            "provision_coverage_ratio",
            "provision_to_loan_ratio",
        ),
    ),
    (
        Text("资本与集中度", "Capital and concentration"),
        (
            "capital_adequacy_ratio",
            "largest_borrower_ratio",
            "largest_group_ratio",
            "top_ten_borrowers_ratio",
            "related_party_ratio",
            "deposit_hhi",
        ),
    ),
    (Text("流动性", "Liquidity"), ("loan_to_deposit_ratio", "liquidity_ratio", "core_liability_ratio", "deposit_deviation")),
)
"""The ratios by which an institution is judged, in reading order."""

STATES: dict[LimitState, Text] = {
    LimitState.WITHIN: Text("✓ 达标", "✓ within"),
    LimitState.NEAR: Text("临近", "near"),
    LimitState.BREACHED: Text("✗ 突破", "✗ breached"),
    LimitState.MISSING: Text("缺数据", "no data"),
    LimitState.UNLIMITED: Text("监测", "monitored"),
}
WHOLE_BANK = Text("仅全行", "whole bank only")
_NO_LIMIT = RatioLimit(None, None, Decimal(0))


@dataclass(frozen=True, slots=True)
class ShownRatio:
    """One ratio on the screen; `missing` says which input it lacks. A ratio that an organisation cannot have has no card."""

    metric: Metric
    card: Card | None
    limit: RatioLimit
    limit_words: str
    state: LimitState
    state_name: Text
    room: Decimal | None
    missing: str


@dataclass(frozen=True, slots=True)
class ShownRatios:
    """All ratios by kind, with how many breach, are near and have no value."""

    groups: tuple[tuple[Text, tuple[ShownRatio, ...]], ...]
    breached: int
    near: int
    missing: int


def shown_ratios(gateway: Gateway, state: State, day: date) -> ShownRatios:
    """Return the ratios of the state's organisation and period, each against the limits that hold on the day.

    Raises:
        MaisuiError: as the gateway does; a ratio that cannot be asked of an organisation says so in its place.
    """
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    limits = gateway.ledger.ratio_limits(day)
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    read_series(gateway, state, [code for _, codes in RATIOS for code in codes], days)
    groups = tuple(
        (name, tuple(_shown(gateway, state, metrics[code], limits.get(code, _NO_LIMIT), days) for code in codes if code in metrics))
        for name, codes in RATIOS
    )
    states = [ratio.state for _, ratios in groups for ratio in ratios]
    return ShownRatios(groups, *(states.count(one) for one in (LimitState.BREACHED, LimitState.NEAR, LimitState.MISSING)))


def _shown(gateway: Gateway, state: State, metric: Metric, limit: RatioLimit, days: Sequence[date]) -> ShownRatio:
    try:
        card = card_of(gateway, state, metric, days)
        missing = _missing(gateway, state, metric) if card.value is None else ""
    except QuestionError:
        return ShownRatio(metric, None, limit, _limit_words(metric, limit), LimitState.UNLIMITED, WHOLE_BANK, None, "")
    found = limit.state_of(card.value)
    return ShownRatio(metric, card, limit, _limit_words(metric, limit), found, STATES[found], limit.room_of(card.value), missing)


def _limit_words(metric: Metric, limit: RatioLimit) -> str:
    words = [f"≥ {exact_short(limit.floor, metric)}"] if limit.floor is not None else []
    words += [f"≤ {exact_short(limit.ceiling, metric)}"] if limit.ceiling is not None else []
    return " · ".join(words)


def exact_short(value: Decimal, metric: Metric) -> str:
    """Return a limit without the noughts at its end."""
    word = exact(value, metric.unit)
    number, percent, _ = word.partition("%")
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number}{percent}"


def _missing(gateway: Gateway, state: State, metric: Metric) -> str:
    """Return the side of the fraction that has no data, in the words of its formula."""
    rows = gateway.ask(state.question(metric.code)).rows
    found = missing_side(metric, rows[0] if rows else None)
    return choose(found.zh, found.en)
