"""What a customer holds: accounts, agency and wealth products, product groups, and his assets at the ends of two years of months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.metrics.measure_sql import last_month_end
from maisui.warehouse.reader import Reader

MOST_ACCOUNTS = 200
NIL = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CustomerMonthEnd:
    """What a customer held at the end of a month, or at the reporting date.

    Deposits and loans are None where he held no account in the month, `product_balance` (agency and wealth products at market
    value) before the first day on which the bank's holdings were delivered; `asset_balance` is deposits and products together.
    """

    day: date
    deposit_balance: Decimal | None
    loan_balance: Decimal | None
    product_balance: Decimal | None

    @property
    def asset_balance(self) -> Decimal | None:
        """Return deposits and products together; None where neither is known."""
        known = [value for value in (self.deposit_balance, self.product_balance) if value is not None]
        return sum(known, NIL) if known and self.product_balance is not None else None


@dataclass(frozen=True, slots=True)
class CustomerAccount:
    """One account of a customer in one currency; `matures_on` is its next maturity, or its last where none lies ahead."""

    account_number: str
    currency: str
    account_kind: str
    product_group: str
    balance: Decimal
    opened_on: date
    closed_on: date | None
    organisation_code: str
    organisation_name: str
    interest_rate: Decimal | None
    matures_on: date | None


@dataclass(frozen=True, slots=True)
class CustomerProduct:
    """One agency or wealth product that a customer holds at the reporting date, at market value."""

    product_code: str
    product_name: str
    product_group: str
    currency: str
    held_since: date
    market_amount: Decimal


@dataclass(frozen=True, slots=True)
class GroupHeld:
    """One product group a customer holds: how many accounts or products, and how much."""

    product_line: str
    product_group: str
    count: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class CustomerHoldings:
    """Everything a customer holds at the reporting date; `accounts` are at most MOST_ACCOUNTS of `account_count`."""

    groups: tuple[GroupHeld, ...]
    account_count: int
    accounts: tuple[CustomerAccount, ...]
    products: tuple[CustomerProduct, ...]


def customer_months(reader: Reader, customer_number: str, count: int) -> tuple[CustomerMonthEnd, ...]:
    """Return what a customer held at the last `count` month ends within the bank's history, the reporting date last."""
    days = [reader.manifest.reporting_date]
    while len(days) < count and (before := last_month_end(days[-1])) >= reader.manifest.first_date:
        days.append(before)
    held = {
        row[0]: (row[1], row[2])
        for row in reader.rows(
            "SELECT month_start, deposit_balance, loan_balance FROM customer_month WHERE customer_number = ? AND month_start >= ?",
            [customer_number, days[-1].replace(day=1)],
        )
    }
    first = reader.rows("SELECT min(valid_from) FROM asset_holding")[0][0]
    spans = reader.rows(
        "SELECT valid_from, valid_until, market_amount FROM asset_holding WHERE customer_number = ? "
        "AND (valid_until IS NULL OR valid_until > ?)",
        [customer_number, days[-1]],
    )

    def products(day: date) -> Decimal | None:
        if first is None or day < first:
            return None
        return sum((amount for start, end, amount in spans if start <= day and (end is None or end > day)), NIL)

    def month_end(end: date) -> CustomerMonthEnd:
        deposits, loans = held.get(end.replace(day=1), (None, None))
        return CustomerMonthEnd(end, deposits, loans, products(end))

    return tuple(month_end(end) for end in reversed(days))


def customer_holdings(reader: Reader, customer_number: str) -> CustomerHoldings:
    """Return what a customer holds at the reporting date."""
    day = reader.manifest.reporting_date
    accounts = _accounts(reader, customer_number, day)
    counted = reader.rows("SELECT count(*) FROM account WHERE customer_number = ?", [customer_number])
    groups = reader.rows(
        "SELECT a.account_kind, a.product_group, count(*) FILTER (a.closed_on IS NULL), coalesce(sum(m.closing_balance), 0) "
        "FROM account AS a LEFT JOIN account_month AS m "
        "ON m.account_number = a.account_number AND m.currency = a.currency AND m.month_start = ? "
        "WHERE a.customer_number = ? GROUP BY ALL HAVING count(*) FILTER (a.closed_on IS NULL) > 0 OR sum(m.closing_balance) <> 0 "
        "UNION ALL SELECT product_line, product_group, count(*), sum(market_amount) FROM asset_holding "
        "WHERE customer_number = ? AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) GROUP BY ALL "
        "ORDER BY 1, 4 DESC, 2",
        [day.replace(day=1), customer_number, customer_number, day, day],
    )
    products = reader.rows(
        "SELECT h.product_code, coalesce(max(p.product_name), h.product_code), h.product_group, h.currency, "
        "(SELECT min(e.valid_from) FROM asset_holding AS e WHERE e.customer_number = ? AND e.product_code = h.product_code), "
        "sum(h.market_amount) FROM asset_holding AS h LEFT JOIN product AS p ON p.product_code = h.product_code "
        "WHERE h.customer_number = ? AND h.valid_from <= ? AND (h.valid_until IS NULL OR h.valid_until > ?) "
        "GROUP BY h.product_code, h.product_group, h.currency ORDER BY 6 DESC, 1, 4",
        [customer_number, customer_number, day, day],
    )
    return CustomerHoldings(
        groups=tuple(GroupHeld(*row) for row in groups),
        account_count=counted[0][0],
        accounts=accounts,
        products=tuple(CustomerProduct(*row) for row in products),
    )


def _accounts(reader: Reader, customer_number: str, day: date) -> tuple[CustomerAccount, ...]:
    rows = reader.rows(
        "WITH own AS (SELECT * FROM account WHERE customer_number = ?), "
        "due AS (SELECT account_number, currency, coalesce(min(matures_on) FILTER (matures_on > ?), max(matures_on)) AS matures_on "
        "FROM deposit_term WHERE account_number IN (SELECT account_number FROM own) GROUP BY ALL "
        "UNION ALL SELECT account_number, currency, max(matures_on) FROM loan WHERE customer_number = ? AND account_number IS NOT NULL "
        "GROUP BY ALL) "
        "SELECT a.account_number, a.currency, a.account_kind, a.product_group, coalesce(m.closing_balance, 0), a.opened_on, a.closed_on, "
        "a.organisation_code, coalesce(o.organisation_name, a.organisation_code), a.interest_rate, d.matures_on "
        "FROM own AS a "
        "LEFT JOIN account_month AS m ON m.account_number = a.account_number AND m.currency = a.currency AND m.month_start = ? "
        "LEFT JOIN organisation AS o ON o.organisation_code = a.organisation_code "
        "LEFT JOIN due AS d ON d.account_number = a.account_number AND d.currency = a.currency "
        "ORDER BY a.closed_on IS NOT NULL, a.account_kind, coalesce(m.closing_balance, 0) DESC, a.account_number, a.currency LIMIT ?",
        [customer_number, day, customer_number, day.replace(day=1), MOST_ACCOUNTS],
    )
    return tuple(CustomerAccount(*row) for row in rows)
