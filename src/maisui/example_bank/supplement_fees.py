"""The feed of fees: what accounts, agency sales, instalments and collecting for others paid, equal to the ledger's fee income."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from maisui.example_bank.agency_business import Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import INSTALMENT_FEE, CardRows
from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.codes import Kind
from maisui.example_bank.days import NO_DAY, as_date, day_text
from maisui.example_bank.deposit_book import CORPORATE
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Segment
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

SUBJECT_OF_KIND = {"账户服务费": "602101", "代收代付手续费": "602102", "分期手续费": "602103", "代销手续费": "602104"}
"""Kinds of fee and the ledger subject that earns each; what other counties' banks pay for their cards here no customer pays."""
_COLLECTED_ON = 27


class FeeNotes:
    """Takes down fees as they are charged and hands them over at the month's end."""

    def __init__(self, bank: Bank) -> None:
        """Begin with nothing noted."""
        self._bank = bank
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
            self._add(owner, people.org[owner], np.full(len(owner), part.day), part.fee[paid], "代销手续费")
        for part in cards:
            paid = (part.kind == INSTALMENT_FEE) & (part.cents > 0)
            owner = bank.cards.customer[part.account[paid]]
            numbers = bank.county.card_account_numbers(part.account[paid])
            self._add(owner, people.org[owner], part.day[paid], part.cents[paid], "分期手续费", numbers, series="K")
        self._note_collecting(delivery)

    def _note_collecting(self, delivery: Delivery) -> None:
        """Share the head office's income from collecting and paying among the employers and public bodies it works for."""
        people = self._bank.population
        cents = int(delivery.ledger.credits[HEAD_OFFICE, leaf("602102")])
        days = [day for day in range(delivery.previous + 1, delivery.day + 1) if as_date(day).day == _COLLECTED_ON]
        if not cents or not days:
            return
        served = (people.segment == Segment.PUBLIC) & (people.joined <= delivery.day) & (people.left == NO_DAY)
        served[people.employer[people.employer >= 0]] = True
        payer = np.flatnonzero(served)
        weight = people.income[payer] // 100
        share = cents * weight // max(int(weight.sum()), 1)
        share[0] += cents - int(share.sum())
        paid = share > 0
        payer, share = payer[paid], share[paid]
        place = np.full(len(payer), HEAD_OFFICE)
        self._add(payer, place, np.full(len(payer), days[-1]), share, "代收代付手续费", series="P")

    def _add(
        self,
        customer: np.ndarray,
        org: np.ndarray,
        days: np.ndarray,
        cents: np.ndarray,
        kind: str,
        accounts: ArrowText | None = None,
        *,
        series: str = "S",
    ) -> None:
        """Note fees; each series counts its own numbers."""
        before = self._serials.get(series, 0)
        self._serials[series] = before + len(customer)
        self._parts.append({
            "fee_number": glued(series, number_text(before + 1 + np.arange(len(customer)), 10)),
            "charged_on": day_text(days),
            "customer_number": self._bank.population.numbers.take(pa.array(customer.astype(np.int64))),
            "account_number": pa.repeat("", len(customer)) if accounts is None else accounts,
            "product_code": pa.repeat("", len(customer)),
            "currency": pa.repeat("CNY", len(customer)),
            "organisation_code": word_text(self._bank.organisations.codes, org),
            "fee_type": pa.repeat(kind, len(customer)),
            "fee_amount": yuan_text(cents),
        })  # fmt: skip
