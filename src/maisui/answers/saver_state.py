"""What is known of savers beside their score: the amounts in yuan behind the shares and lines that are told as reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class SaverState:
    """A saver on the day he was scored, in yuan.

    Attributes:
        earlier_assets: mean assets of the three months before the last three; None where he was not here yet.
        recent_assets: mean assets of the last three months.
        month_assets: average assets of the last month.
        inflow: what came in during the last three months; `outflow`, `payroll` and `own_elsewhere` likewise.
        maturing: term deposits due within 30 days that are not rolled over.
        idle_days: days since his last own transaction; None where none is known.
    """

    earlier_assets: Decimal | None
    recent_assets: Decimal | None
    month_assets: Decimal | None
    inflow: Decimal | None
    outflow: Decimal | None
    payroll: Decimal | None
    own_elsewhere: Decimal | None
    maturing: Decimal | None
    idle_days: int | None


def saver_states(reader: Reader, day: date, customers: Sequence[str]) -> dict[str, SaverState]:
    """Return the state of each of `customers` that is known on `day`."""
    places = ", ".join("?" for _ in customers)
    found = reader.rows(
        f"""
SELECT
  customer_number, earlier_asset_balance, recent_asset_balance, asset_average_balance, inflow_amount, outflow_amount,
  payroll_amount, own_elsewhere_amount, maturing_deposit_amount, idle_day_count
FROM customer_fact_month
WHERE business_date = ? AND customer_number IN ({places or "NULL"})
ORDER BY customer_number""",
        [day, *customers],
    )
    return {number: SaverState(*rest) for number, *rest in found}
