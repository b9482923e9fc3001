"""What changed for a customer this month, in yuan: each product group he holds, and his contribution, against the month before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maisui.metrics.measure_sql import last_month_end
from maisui.warehouse.reader import Reader

DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """One line of what changed: `kind` is deposit, loan, asset or contribution; `code` the product group, or contribution."""

    kind: str
    code: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        """Return by how much it changed."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class CustomerChanges:
    """What changed between two month ends, the largest change first, and what falls due within DAYS_AHEAD days."""

    day: date
    base_day: date | None
    lines: tuple[CustomerChange, ...]
    maturing_amount: Decimal
    matured_amount: Decimal


_LINES = """
WITH held AS (
  SELECT account_kind AS kind, product_group AS code, month_start = ? AS is_now, closing_balance AS amount
  FROM account_month
  WHERE account_number IN (SELECT account_number FROM account WHERE customer_number = ?) AND month_start IN (?, ?)
    AND customer_number = ?
  UNION ALL
  SELECT 'asset', product_group, true, market_amount FROM asset_holding
  WHERE customer_number = ? AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
  UNION ALL
  SELECT 'asset', product_group, false, market_amount FROM asset_holding
  WHERE customer_number = ? AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
  UNION ALL
  SELECT 'contribution', 'contribution', business_date = ?, contribution_amount FROM customer_contribution_month
  WHERE customer_number = ? AND business_date IN (?, ?)
)
SELECT kind, code, coalesce(sum(amount) FILTER (NOT is_now), 0), coalesce(sum(amount) FILTER (is_now), 0) FROM held GROUP BY kind, code
"""


def customer_changes(reader: Reader, customer_number: str) -> CustomerChanges:
    """Return what changed for a customer since the month end before the reporting date; nothing where there is none."""
    day = reader.manifest.reporting_date
    base = last_month_end(day)
    due = reader.rows(
        "SELECT coalesce(sum(m.closing_balance) FILTER (t.matures_on > ? AND t.matures_on <= ?), 0), "
        "coalesce(sum(b.closing_balance) FILTER (t.matures_on > ? AND t.matures_on <= ?), 0) "
        "FROM deposit_term AS t "
        "LEFT JOIN account_month AS m ON m.account_number = t.account_number AND m.currency = t.currency AND m.month_start = ? "
        "LEFT JOIN account_month AS b ON b.account_number = t.account_number AND b.currency = t.currency AND b.month_start = ? "
        "WHERE t.account_number IN (SELECT account_number FROM account WHERE customer_number = ?)",
        [day, day + timedelta(days=DAYS_AHEAD), base, day, day.replace(day=1), base.replace(day=1), customer_number],
    )[0]
    if base < reader.manifest.first_date:
        return CustomerChanges(day, None, (), due[0], due[1])
    month, before, own = day.replace(day=1), base.replace(day=1), customer_number
    values = [month, own, month, before, own, own, day, day, own, base, base, day, own, day, base]
    lines = [CustomerChange(*row) for row in reader.rows(_LINES, values)]
    moved = sorted((line for line in lines if line.change), key=lambda line: (-abs(line.change), line.kind, line.code))
    return CustomerChanges(day, base, tuple(moved), due[0], due[1])
