"""Fees of cards and payments as purchases without a contract: by month, with gates that decide whether their rhythm may be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import numpy as np

from maisui.models.panel import Marts, month_number
from maisui.models.purchases import BetaGeometric, GammaGamma, Purchases, fit_beta_geometric, fit_gamma_gamma

_LEAST_REPEATERS, _LEAST_GAPS, _MOST_CORRELATION = 500, 6, 0.2
_RATIO_LOW, _RATIO_HIGH = 0.85, 1.15
_YEAR = 12
_CENT = Decimal("0.01")
_FEES = """
SELECT c.person_customer_number, year(m.business_date) * 12 + month(m.business_date), CAST(sum(m.fee_amount) AS DECIMAL(38,2))
FROM customer_contribution_month AS m
INNER JOIN customer AS c ON c.customer_number = m.customer_number
WHERE m.currency = 'CNY' AND m.business_date = last_day(m.business_date) AND m.business_date <= ?
GROUP BY 1, 2
HAVING sum(m.fee_amount) > 0
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class FeeRhythm:
    """What was found of months with fees: the gates, what was held out, and the fitted models where the gates are passed."""

    repeaters: int
    months: int
    median_gap: float | None
    correlation: float | None
    held_out_ratio: float | None
    order: float | None
    order_of_past: float | None
    buying: dict[str, float] | None
    spending: dict[str, float] | None
    why_not: list[tuple[str, str]]

    @property
    def is_used(self) -> bool:
        """Return whether fees to come are told from it."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class _Panel:
    customers: list[str]
    seen: Purchases
    mean_value: np.ndarray
    year_fees: list[Decimal]
    gaps: np.ndarray


def judge_fees(reader: Marts, ends: tuple[date, ...]) -> FeeRhythm:
    """Return whether fees may be told from the rhythm of their months, on the history `ends`; the last third is held out.

    Raises:
        HomeError: when the model libraries are missing and there are buyers enough to fit.
    """
    now = _panel(reader, ends[-1])
    again = now.seen.repeats > 0
    repeaters, months = int(again.sum()), len(ends)
    gap = np.median(now.gaps).item() if len(now.gaps) else None
    correlation = _correlation(now.seen.repeats[again], now.mean_value[again])
    gates = [
        (repeaters >= _LEAST_REPEATERS, f"重复发生手续费的客户仅 {repeaters} 户（需 {_LEAST_REPEATERS} 户）",
         f"{repeaters} customers paid fees again, {_LEAST_REPEATERS} are needed"),
        (gap is not None and months >= _LEAST_GAPS * gap, f"历史 {months} 个月不足中位间隔的 {_LEAST_GAPS} 倍", f"{months} months of history are less than {_LEAST_GAPS} median gaps"),
        (correlation is not None and abs(correlation) < _MOST_CORRELATION, f"频次与金额相关 {_shown(correlation)}（需低于 0.2）",
         f"how often and how much correlate at {_shown(correlation)}, below 0.2 is needed"),
    ]  # fmt: skip
    why_not = [(zh, en) for passes, zh, en in gates if not passes]
    if why_not:
        return FeeRhythm(repeaters, months, gap, correlation, None, None, None, None, None, why_not)
    ratio, order, of_past = _held_out(reader, ends)
    if not _RATIO_LOW <= ratio <= _RATIO_HIGH:
        why_not.append((f"留出期实际为预计的 {ratio:.2f}（需 0.85–1.15）", f"held out, {ratio:.2f} of what was expected came, 0.85–1.15 is needed"))  # fmt: skip
    if order is None or of_past is None or order <= of_past:
        why_not.append(("未优于过去次数", "no better than how often they came before"))
    buying, spending = fit_beta_geometric(now.seen), fit_gamma_gamma(now.seen.repeats[again], now.mean_value[again])
    return FeeRhythm(
        repeaters, months, gap, correlation, ratio, order, of_past,
        {"r": buying.r, "alpha": buying.alpha, "a": buying.a, "b": buying.b, "log_likelihood": buying.log_likelihood},
        {"p": spending.p, "q": spending.q, "v": spending.v, "log_likelihood": spending.log_likelihood}, why_not,
    )  # fmt: skip


def fees_to_come(reader: Marts, rhythm: FeeRhythm, ends: tuple[date, ...], discounts: list[float]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return for each who ever paid fees those of the last twelve months, and those to come, one factor of `discounts` a month."""
    assert rhythm.buying is not None  # noqa: S101 - it is used
    assert rhythm.spending is not None  # noqa: S101
    now = _panel(reader, ends[-1])
    buying, spending = BetaGeometric(**rhythm.buying), GammaGamma(**rhythm.spending)
    total, before = np.zeros(len(now.customers)), np.zeros(len(now.customers))
    for month, discount in enumerate(discounts, 1):
        until = buying.expected_of(now.seen, month)
        total, before = total + (until - before) * discount, until
    amounts = total * spending.expected_of(now.seen.repeats, now.mean_value)
    return {
        customer: (past, Decimal(f"{amount:.4f}").quantize(_CENT, ROUND_HALF_UP))
        for customer, past, amount in zip(now.customers, now.year_fees, amounts.tolist(), strict=True)
    }


def _held_out(reader: Marts, ends: tuple[date, ...]) -> tuple[float, float | None, float | None]:
    """Return what came of what was expected in the last third of the history, and how far it keeps the order, and past months do."""
    held = len(ends) // 3
    before, later = _panel(reader, ends[-1 - held]), _panel(reader, ends[-1])
    times = dict(zip(later.customers, later.seen.repeats.tolist(), strict=True))
    came = np.array([times.get(one, 0) for one in before.customers]) - before.seen.repeats
    expected = fit_beta_geometric(before.seen).expected_of(before.seen, held)
    return (came.sum() / expected.sum()).item(), _correlation(expected, came), _correlation(before.seen.repeats, came)


def _panel(reader: Marts, day: date) -> _Panel:
    """Return all who ever paid fees until `day`: a month with fees is one purchase."""
    last, paid = month_number(day), {}
    for customer, month, amount in reader.rows(_FEES, [day]):
        paid.setdefault(customer, []).append((month, amount))
    firsts = [months[0][0] for months in paid.values()]
    lasts = [months[-1][0] for months in paid.values()]
    repeats = np.array([len(months) - 1 for months in paid.values()], np.float64)
    sums = np.array([sum((amount for _, amount in months[1:]), Decimal(0)) for months in paid.values()], np.float64)
    return _Panel(
        customers=list(paid),
        seen=Purchases(repeats, np.array(lasts, np.float64) - firsts, last - np.array(firsts, np.float64)),
        mean_value=sums / np.maximum(repeats, 1),
        year_fees=[sum((amount for month, amount in months if month > last - _YEAR), Decimal("0.00")) for months in paid.values()],
        gaps=np.array([b[0] - a[0] for months in paid.values() for a, b in pairwise(months)], np.float64),
    )


def _correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    if len(first) < 2 or not np.ptp(first) or not np.ptp(second):  # noqa: PLR2004 - one has no order
        return None
    return np.corrcoef(first, second)[0, 1].item()


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
