"""Loans to agriculture and small firms against all loans, and the bank's place in its county: the second screen of the overview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers import Comparison, Metric, Row
from maisui.answers.figure import divide, moved
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import Bar, Sparkline, bars, sparkline
from maisui.web.pages.overview.figures import changes_in, first_day_of, metrics_by_code, own_code, read_series, series_of
from maisui.web.pages.overview.state import State

BALANCES = ("agriculture_loan_balance", "inclusive_small_micro_loan_balance")
ALL_LOANS = "npl_ratio"
"""Below this ratio stand all loans in the same scope as the balances: receipts as delivered, without entrusted and written-off ones."""
SMALL_TICKETS = "small_ticket_loan_share"
MARKET_SHARES = ("market_share_deposit", "market_share_loan")
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class InclusiveLine:
    """One balance: its share of all loans, its growth since the year began and by how much that is ahead of all loans' growth."""

    metric: Metric
    value: Decimal | None
    share: Decimal | None
    change: Decimal | None
    growth: Decimal | None
    ahead: Decimal | None
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class Inclusive:
    """Agriculture and small firms: all loans and their growth, the balances, and the share of small tickets."""

    all_loans: Decimal | None
    all_change: Decimal | None
    all_growth: Decimal | None
    lines: tuple[InclusiveLine, ...]
    small_tickets: tuple[Metric, Decimal | None] | None


@dataclass(frozen=True, slots=True)
class MarketShare:
    """A share of the county's market: its change since the year began, its line, and the shares by product, the largest first."""

    metric: Metric
    value: Decimal | None
    change: Decimal | None
    spark: Sparkline | None
    parts: tuple[tuple[str, Decimal | None, Bar | None], ...]


def inclusive_of(gateway: Gateway, state: State, days: Sequence[date]) -> Inclusive:
    """Return loans to agriculture and small firms of the page's organisation.

    Raises:
        MaisuiError: as the gateway does.
    """
    now, before = _sides(gateway, state, ALL_LOANS)
    all_loans, all_before = (row.denominator if row else None for row in (now, before))
    all_change, all_growth = moved(all_loans, all_before)
    catalogue = metrics_by_code(gateway)
    read_series(gateway, state, BALANCES, days)
    lines: list[InclusiveLine] = []
    for code in BALANCES:
        values = series_of(gateway, state, catalogue[code], days)
        value = values.get(days[-1])
        (change,) = changes_in(values, catalogue[code], days[-1], (Comparison.YEAR_START,), state.period, first_day_of(gateway))
        share = divide(value, all_loans, _DECIMALS) if value is not None and all_loans else None
        ahead = change.rate - all_growth if change.rate is not None and all_growth is not None else None
        lines.append(
            InclusiveLine(catalogue[code], value, share, change.change, change.rate, ahead, sparkline([values.get(day) for day in days]))
        )
    is_whole = is_whole_bank(gateway, state)
    small = _sides(gateway, replace(state, organisation=None), SMALL_TICKETS)[0] if is_whole else None  # kept for the whole bank only
    small_tickets = (catalogue[SMALL_TICKETS], small.value if small else None) if is_whole else None
    return Inclusive(all_loans, all_change, all_growth, tuple(lines), small_tickets)


def is_whole_bank(gateway: Gateway, state: State) -> bool:
    """Return whether the page stands on the whole bank, for a viewer who may see it."""
    return gateway.top is None and own_code(gateway, state) == own_code(gateway, replace(state, organisation=None))


def market_of(gateway: Gateway, state: State, days: Sequence[date]) -> tuple[MarketShare, ...] | None:
    """Return the bank's shares of the county's market; None where the page stands on a part of the bank, of which no market is known.

    Raises:
        MaisuiError: as the gateway does.
    """
    if not is_whole_bank(gateway, state):
        return None
    whole, catalogue = replace(state, organisation=None), metrics_by_code(gateway)
    read_series(gateway, whole, MARKET_SHARES, days)
    found: list[MarketShare] = []
    for code in MARKET_SHARES:
        values = series_of(gateway, whole, catalogue[code], days)
        (change,) = changes_in(values, catalogue[code], days[-1], (Comparison.YEAR_START,), state.period, first_day_of(gateway))
        rows = sorted(gateway.ask(whole.question(code, ("market_product",))).rows, key=lambda row: -(row.denominator or 0))
        drawn = bars([row.value for row in rows])
        parts = tuple((row.dimensions["market_product"], row.value, bar) for row, bar in zip(rows, drawn, strict=True))
        line = sparkline([values.get(day) for day in days])
        found.append(MarketShare(catalogue[code], values.get(days[-1]), change.change, line, parts))
    return tuple(found)


def _sides(gateway: Gateway, state: State, code: str) -> tuple[Row | None, Row | None]:
    """Return a figure's row now and when the year began."""
    compared = gateway.compare(state.question(code), (Comparison.YEAR_START,))
    base = compared.bases[Comparison.YEAR_START]
    return next(iter(compared.answer.rows), None), next(iter(base.rows), None) if base else None
