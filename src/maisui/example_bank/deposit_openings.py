"""Opening deposit accounts: the book as it stands on the eve, and customers who join later."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import RATE_CUTS, Bank
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import as_date, day_number, months_later
from maisui.example_bank.deposit_book import (
    CORPORATE_DEMAND,
    CORPORATE_TERM,
    LARGE_CERTIFICATE,
    MARGIN,
    MONTHS,
    NORMAL,
    NOTICE,
    PERSONAL_DEMAND,
    RATES,
    rates_on,
)

_TERM_PRODUCTS = np.array([1, 2, 3, 4, 5, 6])
_TERM_SHARES = np.array([0.10, 0.14, 0.40, 0.14, 0.18, 0.04])
_FIRST_OPENING = day_number(2008, 1, 2)


def demand_target(wealth: np.ndarray, corporate: np.ndarray) -> np.ndarray:
    """How much of the wealth (cents) a customer keeps on demand."""
    personal = np.minimum(wealth, 250_000 + wealth * 20 // 100)
    return np.where(corporate, wealth * 67 // 100, personal)


def open_demand(bank: Bank, customers: np.ndarray, day: np.ndarray | int) -> np.ndarray:
    """Open an empty demand account for each customer; returns the account positions."""
    people = bank.population
    corporate = customers >= people.persons
    product = np.where(corporate, CORPORATE_DEMAND, PERSONAL_DEMAND)
    rng = bank.draws("opening-teller", int(np.max(day)))
    org = people.org[customers]
    accounts = bank.deposits.append(
        len(customers),
        customer=customers,
        org=org,
        product=product,
        rate=RATES[product],
        opened=day,
        moved=day,
        target=demand_target(people.wealth[customers], corporate),
        status=NORMAL,
        teller=bank.staff.counter_tellers(org.astype(np.int64), rng.integers(0, 99, len(customers))),
    )
    bank.demand_of[customers] = accounts
    return accounts


def open_terms(bank: Bank, customers: np.ndarray, products: np.ndarray, day: int) -> np.ndarray:
    """Open empty term, notice or margin accounts today; returns the account positions."""
    rng = bank.draws("term-teller", day)
    org = bank.population.org[customers]
    matures = months_later(np.full(len(customers), day), MONTHS[products])
    notice = products == NOTICE
    matures[notice] = day + rng.integers(8, 90, int(notice.sum()))
    np.add.at(bank.open_terms, customers, 1)
    return bank.deposits.append(
        len(customers),
        customer=customers,
        org=org,
        product=products,
        rate=rates_on(products, day, RATE_CUTS),
        opened=day,
        moved=day,
        matures=matures,
        status=NORMAL,
        teller=bank.staff.counter_tellers(org.astype(np.int64), rng.integers(0, 99, len(customers))),
    )


def chosen_products(rng: np.random.Generator, amounts: np.ndarray) -> np.ndarray:
    """A personal term product for each amount: notice and large certificates only for large money."""
    product = rng.choice(_TERM_PRODUCTS, len(amounts), p=_TERM_SHARES)
    draw = rng.random(len(amounts))
    product = np.where((amounts >= 20_000_000) & (draw < 0.45), LARGE_CERTIFICATE, product)
    return np.where((amounts >= 5_000_000) & (draw > 0.94), NOTICE, product)


def _eve_terms(bank: Bank, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Customers, products and amounts of the term accounts that exist on the eve."""
    people = bank.population
    old = np.flatnonzero(people.joined < bank.calendar.first_day)
    corporate = old >= people.persons
    wealth = people.wealth[old]
    rest = wealth - demand_target(wealth, corporate)
    pieces = np.where(rest < 500_000, 0, 1 + (rest > 12_000_000) + (rest > 40_000_000))
    pieces = np.where(corporate & (rng.random(len(old)) > 0.35), 0, np.where(corporate, 1, pieces))
    owner = np.repeat(np.arange(len(old)), pieces)
    amounts = rest[owner] // pieces[owner] // 10_000 * 10_000
    product = chosen_products(rng, amounts)
    organ_product = np.where(rng.random(len(owner)) < 0.3, MARGIN, CORPORATE_TERM)
    product = np.where(corporate[owner], organ_product, product)
    factor = np.where(product == MARGIN, 0.5, np.where(product == CORPORATE_TERM, 1.6, 1.0))
    return old[owner], product, (amounts * factor).astype(np.int64)


def open_eve_book(bank: Bank) -> None:
    """Fill the book as it stood at the end of the day before the first simulated day."""
    rng = bank.draws("eve-deposits", 0)
    people, book, eve = bank.population, bank.deposits, bank.calendar.first_day - 1
    old = np.flatnonzero(people.joined < bank.calendar.first_day)
    demand = open_demand(bank, old, np.maximum(people.joined[old], _FIRST_OPENING))
    book.balance[demand] = (book.target[demand] * (0.6 + 0.8 * rng.random(len(old)))).astype(np.int64)
    book.moved[demand] = eve - np.minimum(rng.integers(0, 40, len(old)), eve - book.opened[demand])
    last_interest = day_number(as_date(eve).year, as_date(eve).month // 3 * 3, 21)
    days = np.minimum(eve - book.opened[demand], eve - last_interest) + 1
    book.accrued[demand] = book.balance[demand] * book.rate[demand] * days
    customers, product, amounts = _eve_terms(bank, rng)
    months = MONTHS[product]
    age = (rng.random(len(product)) * np.maximum(months * 30 - 3, 5)).astype(np.int64)
    opened = eve - age
    terms = open_terms(bank, customers, product, eve)
    matures = months_later(opened, months)
    late = matures <= eve
    matures[late] = eve + 1 + rng.integers(0, 30, int(late.sum()))
    book.opened[terms] = opened
    book.moved[terms] = opened
    book.matures[terms] = matures
    book.rate[terms] = RATES[product] + 1_000
    book.balance[terms] = amounts
    book.accrued[terms] = amounts * book.rate[terms] * (age + 1)


def welcome_joiners(bank: Bank, rows: DayRows) -> None:
    """Customers who join today open a demand account and pay in their first money."""
    people, day = bank.population, rows.day
    persons_before, organs_before = people.joined_by(day - 1)
    persons, organs = people.joined_by(day)
    fresh = np.r_[np.arange(persons_before, persons), people.persons + np.arange(organs_before, organs)]
    if not len(fresh):
        return
    rng = bank.draws("joiners", day)
    accounts = open_demand(bank, fresh, day)
    cash = (rng.random(len(fresh)) < 0.6) & (fresh < people.persons) & (people.wealth[fresh] < 5_000_000)
    share = np.where(cash, 0.6, 0.85)
    amount = np.maximum((people.wealth[fresh] * share).astype(np.int64) // 1_000 * 1_000, 1_000)
    rows.add(
        accounts,
        amount,
        second=rng.integers(9 * 3600, 11 * 3600, len(fresh)),
        kind=np.where(cash, Kind.DEPOSIT, Kind.TRANSFER),
        channel=np.where(cash, Channel.COUNTER, Channel.CLEARING),
        note=np.where(cash, Note.CASH_IN, Note.TRANSFER_IN),
        contra=np.where(cash, Contra.CASH, Contra.OUTSIDE),
        counter=np.where(cash, -1, rng.integers(0, 400, len(fresh))),
    )
