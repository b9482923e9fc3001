"""What is known of everybody on a month end for segments: what they are put together by, and what only describes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from maisui.models.panel import Marts, month_number
from maisui.models.segments.described import SEGMENTS, TRAITS

_QUERY = """
WITH merged AS (
  SELECT customer_number, surviving_number FROM customer_merge
  WHERE valid_from <= {day} AND (valid_until IS NULL OR valid_until > {day})
),
terms AS (
  SELECT
    coalesce(m.surviving_number, a.customer_number) AS customer_number,
    CAST(sum(a.average_daily_balance) AS DOUBLE) AS whole,
    CAST(sum(CASE WHEN a.product_group = 'demand_deposit' THEN 0 ELSE a.average_daily_balance END) AS DOUBLE) AS term
  FROM account_month AS a
  LEFT JOIN merged AS m ON m.customer_number = a.customer_number
  WHERE a.account_kind = 'deposit' AND a.currency = 'CNY' AND a.month_start = date_trunc('month', {day}) AND a.average_daily_balance > 0
  GROUP BY 1
),
ways AS (
  SELECT
    coalesce(m.surviving_number, c.customer_number) AS customer_number, CAST(sum(c.transaction_count) AS DOUBLE) AS whole,
    CAST(sum(CASE WHEN c.channel_code = 'counter' THEN c.transaction_count ELSE 0 END) AS DOUBLE) AS counter,
    CAST(sum(CASE WHEN c.channel_code IN ('mobile_bank', 'internet_bank') THEN c.transaction_count ELSE 0 END) AS DOUBLE) AS mobile
  FROM customer_channel_month AS c
  LEFT JOIN merged AS m ON m.customer_number = c.customer_number
  WHERE c.business_date <= {day} AND year(c.month_start) * 12 + month(c.month_start) > {month} - 3
  GROUP BY 1
)
SELECT
  n.customer_number, n.organisation_code, n.customer_kind, n.tier_code, n.recent_asset_balance, n.loan_balance, n.year_contribution_amount,
  CASE WHEN n.customer_kind <> 'personal' THEN 'not_a_person' WHEN NOT n.is_holder THEN 'left_already' END AS why_not,
  CAST(greatest(n.recent_asset_balance, 0) AS DOUBLE) AS assets,
  coalesce(t.term / t.whole, 0.0) AS term_share,
  coalesce(w.counter / nullif(w.whole, 0), 0.0) AS counter_share,
  coalesce(w.mobile / nullif(w.whole, 0), 0.0) AS mobile_share,
  CAST(n.transaction_count AS DOUBLE) AS transactions,
  least(coalesce(CAST(n.payroll_amount AS DOUBLE) / nullif(CAST(n.inflow_amount AS DOUBLE), 0), 0.0), 1.0) AS payroll_share,
  coalesce(CAST(n.loan_balance AS DOUBLE) / nullif(CAST(n.loan_balance + greatest(n.recent_asset_balance, 0) AS DOUBLE), 0), 0.0) AS loan_share,
  CAST({year} - year(p.born_on) AS DOUBLE) AS age,
  CASE WHEN coalesce(p.is_farmer, false) THEN 1.0 ELSE 0.0 END AS farmer,
  CAST(n.held_month_count AS DOUBLE) AS held_months
FROM customer_fact_month AS n
LEFT JOIN terms AS t ON t.customer_number = n.customer_number
LEFT JOIN ways AS w ON w.customer_number = n.customer_number
LEFT JOIN customer AS p ON p.customer_number = n.customer_number
WHERE n.business_date = {day}
ORDER BY n.customer_number"""
_LOGARITHMS = ("assets", "transactions")


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a day in the order of customer numbers; `traits` has a column for each of TRAITS, nan where unknown.

    `values` has the columns of what they are put together by: shares as they are, amounts and counts as logarithms.
    """

    day: date
    customers: np.ndarray
    organisations: np.ndarray
    kinds: np.ndarray
    tiers: np.ndarray
    why_not: np.ndarray
    money: dict[str, list[Decimal]]
    traits: np.ndarray
    values: np.ndarray

    @property
    def is_put(self) -> np.ndarray:
        """Return who is put into a segment."""
        return np.array([why is None for why in self.why_not], bool)


@dataclass(frozen=True, slots=True)
class Scale:
    """How columns are made comparable: less the middle, over the spread, drawn in beyond three spreads."""

    middle: list[float]
    spread: list[float]

    @classmethod
    def of(cls, values: np.ndarray) -> Scale:
        """Return the scale of columns: mean and standard deviation, one where nothing differs."""
        spread = values.std(axis=0)
        return cls(values.mean(axis=0).tolist(), np.where(spread > 0, spread, 1.0).tolist())

    def applied(self, values: np.ndarray) -> np.ndarray:
        """Return columns on this scale."""
        return np.clip((values - np.array(self.middle)) / np.array(self.spread), -3, 3)


def people_on(reader: Marts, day: date) -> People:
    """Return everybody of a month end; nothing after the day is read."""
    money = ("recent_asset_balance", "loan_balance", "year_contribution_amount")
    asked = _QUERY.format(day=f"DATE '{day}'", month=month_number(day), year=day.year)
    texts = ", ".join(f"CAST(q.{name} AS VARCHAR) AS {name}_text" for name in money)
    found = reader.arrays(f"SELECT q.*, {texts} FROM ({asked}) AS q ORDER BY q.customer_number")
    why = np.array(np.ma.getdata(found["why_not"]), object)
    why[np.ma.getmaskarray(found["why_not"])] = None
    traits = np.column_stack([np.ma.filled(np.ma.asarray(found[one.code], np.float64), np.nan) for one in TRAITS])
    place = {one.code: number for number, one in enumerate(TRAITS)}
    values = np.column_stack([
        np.log1p(traits[:, place[one.code]]) if one.code in _LOGARITHMS else traits[:, place[one.code]] for one in SEGMENTS.features
    ])  # fmt: skip
    return People(
        day=day,
        customers=np.asarray(found["customer_number"], object),
        organisations=np.asarray(found["organisation_code"], object),
        kinds=np.asarray(found["customer_kind"], object),
        tiers=np.asarray(found["tier_code"], object),
        why_not=why,
        money={name: [Decimal(text) for text in found[f"{name}_text"]] for name in money},
        traits=traits,
        values=values,
    )
