"""Granting loans: the book on the eve and new loans that keep lending at its share of deposits."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import OUTSIDE_PARTIES, Bank, is_weekend
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import NO_DAY, months_later
from maisui.example_bank.deposit_book import NORMAL
from maisui.example_bank.loan_book import (
    BULLET,
    DEFAULTED,
    INSTALMENT,
    MONTHLY_INTEREST,
    OPEN,
    PRODUCTS,
    QUARTERLY_INTEREST,
    STEPS,
    STYLES,
)
from maisui.example_bank.loan_rows import LoanRows
from maisui.example_bank.loan_service import fill_up

LOANS_TO_DEPOSITS = 0.70
_LARGEST_SHARE = 0.02
EVE_PIPELINE = 0.0265


def _amounts(rng: np.random.Generator, product: int, count: int, largest: int) -> np.ndarray:
    yuan = PRODUCTS[product].median * np.exp(0.55 * rng.standard_normal(count))
    cents = np.maximum(yuan, 5_000).astype(np.int64) // 1_000 * 100_000
    return np.minimum(cents, max(largest // 100_000 * 100_000, 1_000_000))


def _borrowers(bank: Bank, product: int, rng: np.random.Generator, day: int) -> np.ndarray:
    """Customers who may take this product today, in random order."""
    people = bank.population
    fits = np.isin(people.segment, PRODUCTS[product].segments) & (people.joined < day - 30) & (bank.open_loans < 2)
    customers = np.flatnonzero(fits)
    accounts = bank.demand_of[customers]
    held = (accounts >= 0) & (bank.deposits.status[np.maximum(accounts, 0)] == NORMAL)
    return rng.permutation(customers[held])


def _periods(style: np.ndarray, product: np.ndarray, months: np.ndarray) -> np.ndarray:
    each = np.select([style == MONTHLY_INTEREST, style == QUARTERLY_INTEREST, style == INSTALMENT],
                     [1, 3, STEPS[product]], months)  # fmt: skip
    return np.maximum(months // np.maximum(each, 1), 1)


def _grant(
    bank: Bank, customers: np.ndarray, product: int, amounts: np.ndarray, *, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    count = len(customers)
    people = bank.population
    kind = np.full(count, product)
    months = rng.choice(PRODUCTS[product].terms, count)
    org = people.org[customers]
    officers = [bank.staff.officers[place] for place in org]
    officer = np.array([pool[customer % len(pool)] for pool, customer in zip(officers, customers, strict=True)], int)
    loans = bank.loans.append(
        count,
        customer=customers,
        org=org,
        product=kind,
        rate=PRODUCTS[product].rate + rng.integers(-6, 7, count) * 1_000,
        amount=amounts,
        started=day,
        matures=months_later(day, months),
        months=months,
        periods=_periods(STYLES[kind], kind, months),
        status=OPEN,
        watched=(people.risk[customers] > 0.52) & (rng.random(count) < 0.4),
        officer=officer,
    )
    np.add.at(bank.open_loans, customers, 1)
    first = people.first_credit[customers]
    people.first_credit[customers] = np.where(first == NO_DAY, day, np.minimum(first, day))
    return loans


def open_eve_loans(bank: Bank, deposits: int) -> None:
    """Fill the loan book as it stood on the eve, so that lending is its share of `deposits` (cents)."""
    eve, book = bank.calendar.first_day - 1, bank.loans
    total = int(deposits * LOANS_TO_DEPOSITS)
    for product, terms in enumerate(PRODUCTS):
        rng = bank.draws("eve-loans", product)
        goal = int(total * terms.share)
        count = max(2, int(goal / (terms.median * 100)) * 3)
        amounts = _amounts(rng, product, count, int(total * _LARGEST_SHARE))
        customers = _borrowers(bank, product, rng, eve)
        count = min(len(amounts), len(customers))
        amounts, customers = amounts[:count], customers[:count]
        age = rng.random(count)
        paid = age if terms.style == INSTALMENT else np.zeros(count)
        wanted = np.cumsum((amounts * (1 - paid)).astype(np.int64)) <= goal
        amounts, customers, age = amounts[wanted], customers[wanted], age[wanted]
        loans = _grant(bank, customers, product, amounts, day=np.full(len(customers), eve), rng=rng)
        _age_eve_loans(bank, loans, age, eve)
    _default_on_eve(bank, total, eve)
    open_rows = np.arange(book.count)
    book.next_due[open_rows] = book.following_due(open_rows, eve)


def _age_eve_loans(bank: Bank, loans: np.ndarray, age: np.ndarray, eve: int) -> None:
    book = bank.loans
    lived = (age * (book.months[loans] * 30 - 4)).astype(np.int64)
    book.started[loans] = eve - lived
    book.matures[loans] = np.maximum(months_later(book.started[loans], book.months[loans]), eve + 2)
    product = book.product[loans]
    style = STYLES[product]
    step = np.select([style == MONTHLY_INTEREST, style == QUARTERLY_INTEREST, style == INSTALMENT],
                     [1, 3, STEPS[product]], 10_000)  # fmt: skip
    since = eve - book.started[loans]
    period = np.minimum(since // 31 // step, book.periods[loans] - 1)
    instalment = style == INSTALMENT
    period[instalment] = _periods_begun(book.started[loans], step, book.periods[loans], eve)[instalment]
    book.period[loans] = period
    part = book.amount[loans] // book.periods[loans]
    book.balance[loans] = book.amount[loans] - np.where(instalment, part * period, 0)
    waited = np.where(style == BULLET, since, np.minimum(since, np.where(style == QUARTERLY_INTEREST, 9, 9)))
    book.accrued[loans] = book.balance[loans] * book.rate[loans] * (waited + 1)
    people = bank.population
    owner = book.customer[loans]
    people.first_credit[owner] = np.minimum(people.first_credit[owner], book.started[loans])


def _periods_begun(started: np.ndarray, step: np.ndarray, periods: np.ndarray, eve: int) -> np.ndarray:
    """Number of instalments that were due up to the eve."""
    guess = (eve - started) // 28 // step + 1
    for _ in range(12):
        late = months_later(started, np.maximum(guess, 0) * step) > eve
        if not (late & (guess > 0)).any():
            break
        guess = np.where(late & (guess > 0), guess - 1, guess)
    return np.clip(guess, 0, periods - 1)


def _default_on_eve(bank: Bank, total: int, eve: int) -> None:
    book = bank.loans
    rng = bank.draws("eve-defaults", 0)
    used = np.arange(book.count)
    race = rng.exponential(size=book.count) / (0.02 + bank.population.risk[book.customer[used]])
    order = used[np.argsort(race)]
    order = order[book.balance[order] <= total * EVE_PIPELINE * 0.2]
    chosen = fill_up(order, book.balance, int(total * EVE_PIPELINE))
    aged = np.cumsum(book.balance[chosen]) <= total * EVE_PIPELINE * 0.9
    past = np.where(aged, rng.integers(95, 420, len(chosen)), rng.integers(5, 80, len(chosen)))
    book.state[chosen] = DEFAULTED
    book.started[chosen] = np.minimum(book.started[chosen], eve - past - 95)
    book.failed[chosen] = eve - past
    book.interest_since[chosen] = eve - past
    book.overdue_interest[chosen] = book.balance[chosen] * book.rate[chosen] // 1_000_000 * (past + 60) // 360
    book.accrued[chosen] = book.balance[chosen] * book.rate[chosen] * 9
    matured = rng.random(len(chosen)) < 0.5
    ended = chosen[matured]
    book.matures[ended] = eve - past[matured]
    book.principal_since[ended] = eve - past[matured]
    book.overdue_principal[ended] = book.balance[ended]
    book.streak[chosen] = past // 60 + 1
    book.misses[chosen] = book.streak[chosen] + 1


def lend_today(bank: Bank, rows: DayRows, loan_rows: LoanRows, deposits: int) -> None:
    """On working days grant new loans of each product until lending is near its share of `deposits` (cents)."""
    day, book = rows.day, bank.loans
    if is_weekend(day):
        return
    used = slice(0, book.count)
    sound = (book.status[used] == OPEN) & (book.state[used] != DEFAULTED)
    lent = np.zeros(len(PRODUCTS), np.int64)
    np.add.at(lent, book.product[used][sound], book.balance[used][sound])
    total = int(deposits * LOANS_TO_DEPOSITS)
    for product, terms in enumerate(PRODUCTS):
        gap = int(total * terms.share * 0.976) - int(lent[product])
        rng = bank.draws("lending", day * len(PRODUCTS) + product)
        count = int(gap / 3 / (terms.median * 100)) + 2
        if gap <= 0:
            continue
        amounts = _amounts(rng, product, count, int(total * _LARGEST_SHARE))
        limit = gap if rng.random() < 0.3 else gap // 3
        amounts = amounts[np.cumsum(amounts) <= limit]
        if not len(amounts):
            continue
        customers = _borrowers(bank, product, rng, day)[: len(amounts)]
        amounts = amounts[: len(customers)]
        loans = _grant(bank, customers, product, amounts, day=np.full(len(customers), day), rng=rng)
        book.next_due[loans] = book.following_due(loans, day)
        _pay_out(bank, rows, loan_rows, loans, rng)


def _pay_out(bank: Bank, rows: DayRows, loan_rows: LoanRows, loans: np.ndarray, rng: np.random.Generator) -> None:
    """Credit the loans to the borrowers' accounts; most of the money goes on to a seller the same day."""
    if not len(loans):
        return
    amount = bank.loans.amount[loans]
    account = bank.demand_of[bank.loans.customer[loans]]
    second = rng.integers(9 * 3600, 15 * 3600, len(loans))
    loan_rows.add(loans, amount, Kind.DISBURSE, account=account, second=second, channel=Channel.COUNTER)
    onward = (amount * (0.8 + 0.19 * rng.random(len(loans)))).astype(np.int64) // 10_000 * 10_000
    rows.add(account, -onward, second=second + rng.integers(600, 7_000, len(loans)), kind=Kind.TRANSFER,
             channel=Channel.COUNTER, note=Note.ENTRUSTED, contra=Contra.OUTSIDE,
             counter=loans % OUTSIDE_PARTIES)  # fmt: skip
