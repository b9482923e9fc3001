"""Money that moves by the calendar: quarterly interest, maturities, wages, pensions, subsidies and fees."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import OUTSIDE_PARTIES, RATE_CUTS, Bank
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import as_date, months_later
from maisui.example_bank.deposit_book import (
    CORPORATE_DEMAND,
    MONTHS,
    NORMAL,
    NOTICE,
    PERSONAL_DEMAND,
    rates_on,
)
from maisui.example_bank.population import Segment

_SUBSIDY_DAYS = ((5, 20), (11, 20))
_FEE_CENTS = 300
_TREASURY = 3


def pay_quarterly_interest(bank: Bank, rows: DayRows) -> None:
    """On the 21st of the quarter's last month the interest on demand accounts is credited."""
    date = as_date(rows.day)
    if date.day != 21 or date.month % 3:
        return
    book = bank.deposits
    product = book.product[: book.count]
    demand = (product == PERSONAL_DEMAND) | (product == CORPORATE_DEMAND)
    accounts = np.flatnonzero(demand & (book.status[: book.count] == NORMAL))
    _credit_interest(bank, rows, accounts, (600, 3 * 3600))


def _credit_interest(bank: Bank, rows: DayRows, accounts: np.ndarray, hours: tuple[int, int]) -> None:
    book = bank.deposits
    interest = book.interest_due(accounts)
    book.accrued[accounts] = 0
    paid = interest > 0
    rng = bank.draws("interest", rows.day * 10 + hours[0] % 10)
    rows.add(
        accounts[paid],
        interest[paid],
        second=rng.integers(*hours, int(paid.sum())),
        kind=Kind.INTEREST,
        channel=Channel.BATCH,
        note=Note.INTEREST,
        contra=Contra.INTEREST,
    )


def settle_maturities(bank: Bank, rows: DayRows) -> None:
    """Term accounts that mature today: interest is capitalised, then most are renewed and the others paid out."""
    book, day = bank.deposits, rows.day
    due = np.flatnonzero((book.matures[: book.count] == day) & (book.status[: book.count] == NORMAL))
    if not len(due):
        return
    rng = bank.draws("maturity", day)
    _credit_interest(bank, rows, due, (3 * 3600 + 1, 4 * 3600))
    renew = (rng.random(len(due)) < 0.72) & (book.product[due] != NOTICE)
    kept = due[renew]
    book.rate[kept] = rates_on(book.product[kept], day, RATE_CUTS)
    book.matures[kept] = months_later(np.full(len(kept), day), MONTHS[book.product[kept]])
    ended = due[~renew]
    pay_out(bank, rows, ended, rng.integers(4 * 3600 + 60, 6 * 3600, len(ended)), Channel.BATCH)


def pay_out(bank: Bank, rows: DayRows, accounts: np.ndarray, second: np.ndarray, channel: np.ndarray | int) -> None:
    """Move whole balances of term accounts to their holders' demand accounts and close the term accounts."""
    book = bank.deposits
    amount = book.balance[accounts].copy()
    home = bank.demand_of[book.customer[accounts]]
    rows.add(accounts, -amount, second=second, kind=Kind.TRANSFER, channel=channel, note=Note.TERM_END,
             contra=Contra.INSIDE, counter=home)  # fmt: skip
    rows.add(home, amount, second=second, kind=Kind.TRANSFER, channel=channel, note=Note.TERM_END,
             contra=Contra.INSIDE, counter=accounts, posts=False)  # fmt: skip
    book.close(accounts, rows.day)
    np.subtract.at(bank.open_terms, book.customer[accounts], 1)


def _open_demand_of(bank: Bank, customers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    accounts = bank.demand_of[customers]
    held = (accounts >= 0) & (bank.deposits.status[np.maximum(accounts, 0)] == NORMAL)
    return customers[held], accounts[held]


def pay_wages_and_benefits(bank: Bank, rows: DayRows) -> None:
    """Wages between the 8th and the 15th, pensions between the 5th and the 7th, subsidies on two days a year."""
    date, people = as_date(rows.day), bank.population
    persons, _ = people.joined_by(rows.day - 1)
    segment, trait = people.segment[:persons], people.trait[:persons]
    rng = bank.draws("payroll", rows.day)
    if 8 <= date.day <= 15:
        payday = np.where(people.employer[:persons] >= 0, people.employer[:persons] % 8, (trait * 8).astype(np.int64))
        workers = np.flatnonzero((segment == Segment.WAGE) & (payday == date.day - 8))
        bonus = 1.8 if date.month == 1 else 1.0
        _pay_wages(bank, rows, workers, rng, bonus)
    if 5 <= date.day <= 7:
        retired = np.flatnonzero((segment == Segment.RETIRED) & ((trait * 3).astype(np.int64) == date.day - 5))
        _pay_from_outside(bank, rows, retired, share=1.0, note=Note.PENSION, rng=rng)
    if (date.month, date.day) in _SUBSIDY_DAYS:
        farmers = np.flatnonzero(segment == Segment.FARMER)
        _pay_from_outside(bank, rows, farmers, share=0.22, note=Note.SUBSIDY, rng=rng)


def _pay_from_outside(bank: Bank, rows: DayRows, customers: np.ndarray, *, share: float, note: Note, rng: np.random.Generator) -> None:
    customers, accounts = _open_demand_of(bank, customers)
    amount = (bank.population.income[customers] * share * bank.growth(rows.day)).astype(np.int64)
    second = rng.integers(7 * 3600, 7 * 3600 + 1_800, len(customers))
    rows.add(accounts, np.maximum(amount, 100), second=second, kind=Kind.PAYROLL, channel=Channel.BATCH, note=note,
             contra=Contra.OUTSIDE, counter=_TREASURY)  # fmt: skip


def _pay_wages(bank: Bank, rows: DayRows, workers: np.ndarray, rng: np.random.Generator, bonus: float) -> None:
    book, people = bank.deposits, bank.population
    workers, accounts = _open_demand_of(bank, workers)
    if not len(workers):
        return
    noise = 0.95 + 0.1 * rng.random(len(workers))
    amount = np.maximum((people.income[workers] * noise * bonus * bank.growth(rows.day)).astype(np.int64), 100)
    employer = people.employer[workers]
    payer = np.where(employer >= 0, bank.demand_of[np.maximum(employer, 0)], -1)
    payer = np.where((payer >= 0) & (book.status[np.maximum(payer, 0)] == NORMAL), payer, -1)
    total = np.zeros(book.capacity, np.int64)
    np.add.at(total, payer[payer >= 0], amount[payer >= 0])
    payers = np.flatnonzero(total)
    second = rng.integers(7 * 3600, 7 * 3600 + 1_800, len(workers))
    rows.add(payers, total[payers], second=np.full(len(payers), 6 * 3600 + 1_800), kind=Kind.TRANSFER,
             channel=Channel.CLEARING, note=Note.FUNDING, contra=Contra.OUTSIDE, counter=payers % OUTSIDE_PARTIES)  # fmt: skip
    rows.add(payers, -total[payers], second=np.full(len(payers), 7 * 3600 - 60), kind=Kind.BATCH,
             channel=Channel.INTERNET, note=Note.WAGE, contra=Contra.INSIDE, counter=payers, posts=False)  # fmt: skip
    rows.add(accounts, amount, second=second, kind=Kind.PAYROLL, channel=Channel.BATCH, note=Note.WAGE,
             contra=np.where(payer >= 0, Contra.INSIDE, Contra.OUTSIDE),
             counter=np.where(payer >= 0, payer, workers % OUTSIDE_PARTIES))  # fmt: skip


def charge_fees(bank: Bank, rows: DayRows) -> None:
    """On the 26th a quarter of the demand accounts pays a service fee, as far as the money is there."""
    if as_date(rows.day).day != 26:
        return
    book = bank.deposits
    product = book.product[: book.count]
    demand = (product == PERSONAL_DEMAND) | (product == CORPORATE_DEMAND)
    signed_up = bank.population.trait[book.customer[: book.count]] > 0.75
    rich = book.balance[: book.count] >= 10 * _FEE_CENTS
    accounts = np.flatnonzero(demand & signed_up & rich & (book.status[: book.count] == NORMAL))
    fee = np.where(product[accounts] == CORPORATE_DEMAND, 5 * _FEE_CENTS, _FEE_CENTS)
    rng = bank.draws("fees", rows.day)
    rows.add(accounts, -fee, second=rng.integers(6 * 3600, 6 * 3600 + 1_500, len(accounts)), kind=Kind.FEE,
             channel=Channel.BATCH, note=Note.FEE, contra=Contra.FEE)  # fmt: skip
