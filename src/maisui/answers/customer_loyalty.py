"""How closely a customer stays with the bank: tenure, signs of a main bank, what he kept within a year, what he renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.customer_holdings import CustomerMonthEnd
from maisui.warehouse.reader import Reader

RENEWAL_DAYS = 7
YEAR = 12


@dataclass(frozen=True, slots=True)
class CustomerLoyalty:
    """Signs of loyalty at the reporting date.

    `retained_share` is the part of the assets of twelve months ago that is still here, at most 1; None without such a base.
    `renewed_count` of the `matured_count` term deposits that fell due within twelve months were renewed, or followed within a
    week by a new term deposit. `income_code` is wage or pension where one is paid into an account here.
    """

    joined_on: date | None
    income_code: str | None
    active_month_count: int
    has_account_elsewhere: bool
    base_day: date | None
    base_balance: Decimal | None
    balance: Decimal | None
    retained_share: Decimal | None
    matured_count: int
    renewed_count: int


def customer_loyalty(reader: Reader, customer_number: str, months: tuple[CustomerMonthEnd, ...]) -> CustomerLoyalty:
    """Return the signs of a customer's loyalty; `months` are his last month ends."""
    day = reader.manifest.reporting_date
    joined = reader.rows("SELECT min(opened_on) FROM account WHERE customer_number = ?", [customer_number])[0][0]
    codes = {
        row[0]
        for row in reader.rows("SELECT characteristic_code FROM customer_characteristic WHERE customer_number = ?", [customer_number])
    }
    active = reader.rows(
        "SELECT count(DISTINCT month_start) FROM customer_channel_month "
        "WHERE customer_number = (SELECT person_customer_number FROM customer WHERE customer_number = ?) AND month_start > ?",
        [customer_number, _year_before(day)],
    )[0][0]
    matured, renewed = reader.rows(
        "WITH own AS (SELECT account_number, opened_on, product_group FROM account WHERE customer_number = ?), "
        "due AS (SELECT account_number, matures_on FROM deposit_term "
        "WHERE account_number IN (SELECT account_number FROM own) "
        "AND matures_on > ? AND matures_on <= ? AND last_reported_on <= matures_on) "
        "SELECT count(*), count(*) FILTER (EXISTS (SELECT 1 FROM deposit_term AS n WHERE n.account_number = due.account_number "
        "AND n.matures_on > due.matures_on) OR EXISTS (SELECT 1 FROM own WHERE own.product_group = 'term_deposit' "
        f"AND own.opened_on BETWEEN due.matures_on AND due.matures_on + {RENEWAL_DAYS})) FROM due",
        [customer_number, _year_before(day), day - timedelta(days=1)],
    )[0]
    base = next((point for point in months if len(months) > YEAR and point is months[-1 - YEAR]), None)
    before, now = (base.asset_balance if base else None), (months[-1].asset_balance if months else None)
    return CustomerLoyalty(
        joined_on=joined,
        income_code=next((code for code in ("wage", "pension") if code in codes), None),
        active_month_count=active,
        has_account_elsewhere="own_account_elsewhere" in codes,
        base_day=base.day if base else None,
        base_balance=before,
        balance=now,
        retained_share=min(now or Decimal(0), before) / before if before is not None and before > 0 else None,
        matured_count=matured,
        renewed_count=renewed,
    )


def _year_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=365)).replace(day=28)
