"""One customer's transactions: narrowed by account, channel, content, direction and days, paged, with sums over all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

MOST_ROWS = 100
DIRECTIONS = ("in", "out")


@dataclass(frozen=True, slots=True)
class TransactionQuery:
    """Which transactions of a customer; None does not narrow. `direction` is in or out by the change of the account's balance."""

    account_number: str | None = None
    channel_code: str | None = None
    transaction_type: str | None = None
    direction: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class CustomerTransaction:
    """One posting; `balance_change` is signed, positive where the account's balance rose."""

    posted_on: date
    posted_time: str | None
    account_number: str
    account_kind: str
    currency: str
    transaction_type: str
    channel_code: str
    balance_change: Decimal
    amount: Decimal
    is_reversal: bool
    counterparty_name: str | None
    counterparty_account: str | None
    counterparty_bank_name: str | None


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """One page of a customer's transactions, the newest first, with the sums over all that fit.

    `accounts`, `channels` and `types` are those that occur among all transactions of the chosen days.
    """

    query: TransactionQuery
    page: int
    total_count: int
    in_amount: Decimal
    out_amount: Decimal
    accounts: tuple[str, ...]
    channels: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[CustomerTransaction, ...]


_IN_LOCAL_CURRENCY = (
    f"SELECT t.*, {in_local_currency('t.balance_change', 'x')} AS local_change "
    f"FROM account_transaction AS t {rate_of_day('t', 't.posted_on', 'x')}"
)
"""Postings with what they changed in local currency, by which alone postings of several currencies may be added up."""
_COLUMNS = (
    "posted_on, posted_time, account_number, account_kind, currency, transaction_type, channel_code, balance_change, amount, is_reversal, "
    "counterparty_name, counterparty_account, counterparty_bank_name"
)


def customer_transactions(reader: Reader, customer_number: str, query: TransactionQuery) -> TransactionPage:
    """Return one page of a customer's transactions; a page after the last is the last."""
    numbers = [row[0] for row in reader.rows("SELECT DISTINCT account_number FROM account WHERE customer_number = ?", [customer_number])]
    if not numbers:
        return TransactionPage(query, 1, 0, Decimal("0.00"), Decimal("0.00"), (), (), (), ())
    base, values = _days(numbers, customer_number, query)
    narrowed, chosen = list[str](), list[Any]()
    for column, value in (
        ("account_number", query.account_number),
        ("channel_code", query.channel_code),
        ("transaction_type", query.transaction_type),
    ):
        if value is not None:
            narrowed.append(f"{column} = ?")
            chosen.append(value)
    if query.direction in DIRECTIONS:
        narrowed.append("balance_change > 0" if query.direction == "in" else "balance_change < 0")
    fits = " AND ".join(narrowed) or "true"
    total, came, went, accounts, channels, types = reader.rows(
        f"SELECT count(*) FILTER ({fits}), coalesce(sum(local_change) FILTER ({fits} AND balance_change > 0), 0), "
        f"coalesce(-sum(local_change) FILTER ({fits} AND balance_change < 0), 0), list_sort(list(DISTINCT account_number)), "
        f"list_sort(list(DISTINCT channel_code)), list_sort(list(DISTINCT transaction_type)) FROM ({_IN_LOCAL_CURRENCY}) AS t WHERE {base}",
        [*chosen, *chosen, *chosen, *values],
    )[0]
    size = min(max(query.size, 1), MOST_ROWS)
    page = min(max(query.page, 1), max(1, -(-total // size)))
    rows = reader.rows(
        f"SELECT {_COLUMNS} FROM account_transaction WHERE {base} AND {fits} "
        "ORDER BY posted_on DESC, posted_time DESC NULLS LAST, account_number, transaction_number LIMIT ? OFFSET ?",
        [*values, *chosen, size, (page - 1) * size],
    )
    return TransactionPage(
        query, page, total, came, went, tuple(accounts or ()), tuple(channels or ()), tuple(types or ()),
        tuple(CustomerTransaction(*row) for row in rows),
    )  # fmt: skip


def _days(numbers: list[str], customer_number: str, query: TransactionQuery) -> tuple[str, list[Any]]:
    """Return the condition for the customer's transactions on the chosen days; parts are sorted by account, so accounts are named.

    A posting that names no customer is that of the account's.
    """
    conditions = [f"account_number IN ({', '.join('?' for _ in numbers)})", "coalesce(customer_number, ?) = ?"]
    values: list[Any] = [*numbers, customer_number, customer_number]
    if query.first_day is not None:
        conditions.append("posted_on >= ?")
        values.append(query.first_day)
    if query.last_day is not None:
        conditions.append("posted_on <= ?")
        values.append(query.last_day)
    return " AND ".join(conditions), values
