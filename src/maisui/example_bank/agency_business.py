"""What the bank sells for others: funds, insurance, government bonds and wealth products, their fees and their market value."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import NO_DAY
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Population

FEES, CLEARING = "602104", "100302"
RICH = 2_000_000
SALES_A_DAY = 0.004


@dataclass(frozen=True)
class SoldProduct:
    """Name, code of the bank's own list, category, kind of agency business, issuer, fee and yearly rise (parts per million)."""

    name: str
    code: str
    category: str
    kind: str
    issuer: str
    fee: int
    rise: int

    @property
    def is_wealth(self) -> bool:
        """Whether it is reported in the wealth tables."""
        return self.category == "wealth_product"


SOLD = (
    SoldProduct("云岭货币基金A", "F001", "agency_fund", "代销基金", "云岭基金管理有限公司", 500, 18_000),
    SoldProduct("云岭稳健混合基金", "F002", "agency_fund", "代销基金", "云岭基金管理有限公司", 8_000, 55_000),
    SoldProduct("平川富贵年金", "I001", "agency_insurance", "代销保险", "平川人寿保险股份有限公司", 30_000, 25_000),
    SoldProduct("2026年储蓄国债（电子式）三期", "B001", "agency_bond", "代销国债", "财政部", 3_000, 20_000),
    SoldProduct("稳利九十天", "Z7000126000001", "wealth_product", "代销理财", "云川理财有限责任公司", 2_000, 28_000),
    SoldProduct("丰收一年定开", "Z7000126000002", "wealth_product", "代销理财", "云川理财有限责任公司", 3_000, 34_000),
)
WEALTH = np.array([product.is_wealth for product in SOLD])
_FEE = np.array([product.fee for product in SOLD])
_RISE = np.array([product.rise for product in SOLD])


@dataclass(frozen=True)
class Trades:
    """Sales and redemptions of one day; money in cents."""

    day: int
    customer: np.ndarray
    product: np.ndarray
    cents: np.ndarray
    fee: np.ndarray
    is_sale: np.ndarray


@dataclass
class AgencyBook:
    """Everything ever sold that somebody held, by position, and the trades not yet handed over."""

    customer: np.ndarray
    product: np.ndarray
    cents: np.ndarray
    since: np.ndarray
    until: np.ndarray
    trades: list[Trades] = field(default_factory=list)

    def take(self) -> list[Trades]:
        """Hand over the trades since the last call."""
        taken, self.trades = self.trades, []
        return taken

    def held(self) -> np.ndarray:
        """Positions of what is held now."""
        return np.flatnonzero(self.until == NO_DAY)

    def value(self, holdings: np.ndarray, day: int) -> np.ndarray:
        """Market value on `day` in cents."""
        days = day - self.since[holdings]
        return self.cents[holdings] + self.cents[holdings] * _RISE[self.product[holdings]] // 1_000_000 * days // 365


def empty_agency_book() -> AgencyBook:
    """A book before the first sale."""
    nothing = np.zeros(0, np.int64)
    return AgencyBook(nothing, nothing, nothing, nothing, nothing)


def live_agency_day(book: AgencyBook, people: Population, ledger: Ledger, rng: np.random.Generator, day: int) -> None:
    """Sell and redeem; the customers' money passes through clearing within the day, the fee stays."""
    persons, _ = people.joined_by(day)
    rich = np.flatnonzero(people.wealth[:persons] > RICH)
    if not len(rich):
        return
    count = int(rng.poisson(len(rich) * SALES_A_DAY))
    buyer = rich[rng.integers(0, len(rich), count)]
    product = rng.integers(0, len(SOLD), count)
    cents = np.maximum((np.exp(9.6 + 0.8 * rng.standard_normal(count))).astype(np.int64) // 100, 1) * 10_000
    fee = cents * _FEE[product] // 1_000_000
    held = book.held()
    leaving = held[rng.random(len(held)) < 0.002]
    value = book.value(leaving, day)
    book.until[leaving] = day
    trades = Trades(
        day=day,
        customer=np.r_[buyer, book.customer[leaving]],
        product=np.r_[product, book.product[leaving]],
        cents=np.r_[cents, value],
        fee=np.r_[fee, np.zeros(len(leaving), np.int64)],
        is_sale=np.r_[np.ones(count, bool), np.zeros(len(leaving), bool)],
    )
    if len(trades.customer):
        book.trades.append(trades)
    ledger.post(HEAD_OFFICE, leaf(CLEARING), people.org[buyer], leaf(FEES), fee)
    book.customer = np.r_[book.customer, buyer]
    book.product = np.r_[book.product, product]
    book.cents = np.r_[book.cents, cents]
    book.since = np.r_[book.since, np.full(count, day)]
    book.until = np.r_[book.until, np.full(count, NO_DAY)]
