"""The feed of fees: what accounts, agency sales, instalments, merchants and collecting for others paid, as the ledger has it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from maisui.example_bank.agency_business import SOLD, Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import INSTALMENT_FEE, CardRows
from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.codes import Kind
from maisui.example_bank.days import NO_DAY, day_text, is_month_end
from maisui.example_bank.deposit_book import CORPORATE
from maisui.example_bank.merchant_business import COST, FEES, MerchantTrade, MonthFees
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Segment
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

SUBJECT_OF_KIND = {
    "账户服务费": "602101",
    "代收代付手续费": "602102",
    "分期手续费": "602103",
    "代销手续费": "602104",
    "收单手续费": FEES,
    "收单手续费支出": COST,
}
"""Kinds of fee and the ledger subject of each; what other counties' banks pay for their cards here no customer pays."""
_SOLD_CODES = [product.code for product in SOLD]


class FeeNotes:
    """Takes down fees as they are charged and hands them over at the month's end."""

    def __init__(self, bank: Bank) -> None:
        """Begin with nothing noted."""
        self._bank = bank
        self._merchants = MerchantTrade(bank)
        self._collected = 0
        self._parts: list[Mapping[str, ArrowText]] = []
        self._serials: dict[str, int] = {}

    def hand_over(self) -> list[Mapping[str, ArrowText]]:
        """Columns of the feed for everything noted since the last call."""
        parts, self._parts = self._parts, []
        return parts

    def note(self, delivery: Delivery, trades: list[Trades], cards: list[CardRows]) -> None:
        """Take down the fees since the last delivery."""
        bank, people = self._bank, self._bank.population
        for day in delivery.deposit_movements:
            rows = day.chosen(np.flatnonzero((day.kind == Kind.FEE) & (day.amount < 0)))
            book, account = bank.deposits, rows.account
            numbers = bank.county.account_numbers(account, CORPORATE[book.product[account]])
            self._add(book.customer[account], book.org[account], rows.day, -rows.amount, "账户服务费", numbers)
        for part in trades:
            paid = part.fee > 0
            owner = part.customer[paid]
            sold = word_text(_SOLD_CODES, part.product[paid])
            self._add(owner, people.org[owner], np.full(len(owner), part.day), part.fee[paid], "代销手续费", products=sold)
        for part in cards:
            paid = (part.kind == INSTALMENT_FEE) & (part.cents > 0)
            owner = bank.cards.customer[part.account[paid]]
            numbers = bank.county.card_account_numbers(part.account[paid])
            self._add(owner, people.org[owner], part.day[paid], part.cents[paid], "分期手续费", numbers, series="K")
        self._collected += int(delivery.ledger.credits[HEAD_OFFICE, leaf("602102")])
        if is_month_end(delivery.day):
            merchants = self._merchants.fees_of_month(delivery.day)
            self._note_merchants(merchants, delivery.day)
            self._note_collecting(self._collected - int(merchants.fee.sum()), delivery.day)
            self._collected = 0

    def _note_merchants(self, fees: MonthFees, day: int) -> None:
        """What merchants paid in the month, and what was passed on of it, on the accounts their takings are settled to."""
        people, book = self._bank.population, self._bank.deposits
        account = self._bank.demand_of[fees.customer]
        numbers = self._bank.county.account_numbers(account, CORPORATE[book.product[account]])
        for kind, cents in (("收单手续费", fees.fee), ("收单手续费支出", -fees.cost)):
            self._add(fees.customer, people.org[fees.customer], np.full(len(account), day), cents, kind, numbers, series="M")

    def _note_collecting(self, cents: int, day: int) -> None:
        """Share the head office's income of the month from collecting and paying among the employers and public bodies it works for."""
        people = self._bank.population
        if not cents:
            return
        served = (people.segment == Segment.PUBLIC) & (people.joined <= day) & (people.left == NO_DAY)
        served[people.employer[people.employer >= 0]] = True
        payer = np.flatnonzero(served)
        weight = people.income[payer] // 100
        share = cents * weight // max(int(weight.sum()), 1)
        share[0] += cents - int(share.sum())
        paid = share > 0
        payer, share = payer[paid], share[paid]
        place = np.full(len(payer), HEAD_OFFICE)
        self._add(payer, place, np.full(len(payer), day), share, "代收代付手续费", series="P")

    def _add(
        self,
        customer: np.ndarray,
        org: np.ndarray,
        days: np.ndarray,
        cents: np.ndarray,
        kind: str,
        accounts: ArrowText | None = None,
        *,
        products: ArrowText | None = None,
        series: str = "S",
    ) -> None:
        """Note fees, with the products they are for where they are for one; each series counts its own numbers."""
        before = self._serials.get(series, 0)
        self._serials[series] = before + len(customer)
        self._parts.append({
            "fee_number": glued(series, number_text(before + 1 + np.arange(len(customer)), 10)),
            "charged_on": day_text(days),
            "customer_number": self._bank.population.numbers.take(pa.array(customer.astype(np.int64))),
            "account_number": pa.repeat("", len(customer)) if accounts is None else accounts,
            "product_code": pa.repeat("", len(customer)) if products is None else products,
            "currency": pa.repeat("CNY", len(customer)),
            "organisation_code": word_text(self._bank.organisations.codes, org),
            "fee_type": pa.repeat(kind, len(customer)),
            "fee_amount": yuan_text(cents),
        })  # fmt: skip
