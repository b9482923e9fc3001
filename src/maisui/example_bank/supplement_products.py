"""Supplement feeds of products: the bank's own product list, deposit terms, holdings, fees and a sample of daily balances."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from maisui.example_bank.agency_business import SOLD, WEALTH, Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import CardRows
from maisui.example_bank.days import NO_DAY, compact, day_text, months_later
from maisui.example_bank.deposit_book import CLOSED, CORPORATE, MONTHS, PERSONAL_DEMAND, PRODUCTS
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_fees import FeeNotes
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, number_text, word_text, yuan_text

_SAMPLE = 50
_CATEGORIES = {"活期": "demand_deposit", "保证金": "guarantee_deposit", "通知": "notice_deposit", "其他": "large_certificate"}
_DEPOSIT_CODES = [f"D{number:03d}" for number in range(len(PRODUCTS))]


Columns = Mapping[str, ArrowText]


class ProductSupplement:
    """Notes what happens between month ends and writes the files of a month end."""

    def __init__(self, bank: Bank, *, has_balances: bool) -> None:
        """Begin with nothing noted; without `has_balances` daily balances come some other way."""
        self._bank = bank
        self._has_balances = has_balances
        self._balances: list[Columns] = []
        self._fees = FeeNotes(bank)
        self._has_products = False

    def note(self, delivery: Delivery, trades: list[Trades], cards: list[CardRows]) -> None:
        """Take down the fees since the last delivery and, at its evening, the sample of balances."""
        self._fees.note(delivery, trades, cards)
        if not self._has_balances:
            return
        book = self._bank.deposits
        accounts = np.flatnonzero((book.product[: book.count] == PERSONAL_DEMAND) & (book.status[: book.count] != CLOSED))[:_SAMPLE]
        self._balances.append({
            "account_number": self._bank.county.account_numbers(accounts, np.zeros(len(accounts), bool)),
            "currency": pa.repeat("CNY", len(accounts)),
            "held_on": pa.repeat(compact(delivery.day), len(accounts)),
            "end_balance": yuan_text(book.balance[accounts]),
        })  # fmt: skip

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the files of a month's end."""
        if not self._has_products:
            folder.write("product_master", day, _product_master())
            self._has_products = True
        folder.write_batches("deposit_term", day, map(self._deposit_terms, slices(self._term_accounts())))
        folder.write("agency_holding", day, self._holdings(day))
        balances, self._balances = self._balances, []
        for feed, parts in (("fee", self._fees.hand_over()), ("daily_balance", balances)):
            if parts:
                folder.write(feed, day, {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]})

    def _term_accounts(self) -> np.ndarray:
        book = self._bank.deposits
        used = slice(0, book.count)
        return np.flatnonzero((book.matures[used] != NO_DAY) & (book.status[used] != CLOSED))

    def _deposit_terms(self, accounts: np.ndarray) -> Columns:
        book = self._bank.deposits
        product = book.product[accounts]
        begun = np.maximum(months_later(book.matures[accounts], -MONTHS[product]), book.opened[accounts])
        return {
            "account_number": self._bank.county.account_numbers(accounts, CORPORATE[product]),
            "currency": pa.repeat("CNY", len(accounts)),
            "value_on": day_text(begun),
            "term_months": number_text(MONTHS[product]),
            "matures_on": day_text(book.matures[accounts]),
            "is_auto_renewal": word_text(("否", "是"), (accounts % 3 != 0).astype(np.int32)),
            "product_code": word_text(_DEPOSIT_CODES, product),
        }

    def _holdings(self, day: int) -> Columns:
        """Agency products by customer number; wealth products are reported by certificate in their own table."""
        book = self._bank.agency
        held = book.held()
        held = held[~WEALTH[book.product[held]]]
        key, where = np.unique(book.customer[held] * len(SOLD) + book.product[held], return_inverse=True)
        cents = np.zeros(len(key), np.int64)
        np.add.at(cents, where, book.value(held, day))
        since = np.full(len(key), day)
        np.minimum.at(since, where, book.since[held])
        return {
            "customer_number": self._bank.population.numbers.take(pa.array(key // len(SOLD))),
            "product_code": word_text([product.code for product in SOLD], key % len(SOLD)),
            "product_name": word_text([product.name for product in SOLD], key % len(SOLD)),
            "currency": pa.repeat("CNY", len(key)),
            "market_amount": yuan_text(cents),
            "held_since": day_text(since),
        }


def _product_master() -> Columns:
    names = [f"{product.word}{product.months}个月" if product.months else product.word for product in PRODUCTS]
    categories = [next((code for word, code in _CATEGORIES.items() if word in product.word), "term_deposit") for product in PRODUCTS]
    codes = [*_DEPOSIT_CODES, *(product.code for product in SOLD)]
    return {
        "product_code": pa.array(codes),
        "product_name": pa.array([*names, *(product.name for product in SOLD)]),
        "product_category": pa.array([*categories, *(product.category for product in SOLD)]),
    }
