"""The bank's own entries: opening balances, interest accruals, cash, reserves, costs, provisions and year end."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank import deposit_book, loan_book
from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import COUNTY_CLEARING, leaf, leaves
from maisui.example_bank.days import as_date, is_month_end
from maisui.example_bank.deposit_book import YEAR_UNITS
from maisui.example_bank.loan_book import NON_ACCRUAL_DAYS, OPEN
from maisui.example_bank.organisations import HEAD_OFFICE

_CASH_SHARE = 120
_PROVISION_RATES = np.array([17, 50, 400, 700, 1_000])
_EXCESS_LOW, _EXCESS_HIGH = 30, 60
_DEPOSIT_CODES = ("20110101", "20110102", "20110103", "20110104", "20110105", "20110201", "20110202", "20110203")
_RESULT_YEAR_SHARE = 3 / 4
_BONDS, _FUNDING = 0.33, 0.09
"""Bonds and what the central bank lends against them, as parts of deposits."""
_BOND_RATE, _INTERBANK_RATE, _RESERVE_RATE = 17, 14, 16
"""What the bank's other assets earn, in thousandths a year."""


def deposits_by_org(bank: Bank) -> np.ndarray:
    """Deposits (cents) of every organisation according to the ledger."""
    return -bank.ledger.balance[:, [leaf(code) for code in _DEPOSIT_CODES]].sum(axis=1)


def _sub_ledger(bank: Bank, org: np.ndarray, subject: np.ndarray, cents: np.ndarray) -> np.ndarray:
    table = np.zeros((bank.organisations.count, len(leaves())), np.int64)
    np.add.at(table.reshape(-1), org.astype(np.int64) * table.shape[1] + subject, cents)
    return table


def _interest_payable(bank: Bank) -> np.ndarray:
    book = bank.deposits
    used = slice(0, book.count)
    subject = deposit_book.PAYABLE[book.product[used]]
    return _sub_ledger(bank, book.org[used], subject, book.accrued[used]) // YEAR_UNITS


def _interest_receivable(bank: Bank, day: int) -> np.ndarray:
    book = bank.loans
    used = slice(0, book.count)
    earning = (book.status[used] == OPEN) & (book.days_past_due(used, day) <= NON_ACCRUAL_DAYS)
    subject = np.full(book.count, leaf("113201"))
    units = np.where(earning, book.accrued[used], 0)
    arrears = np.where(earning, book.overdue_interest[used], 0)
    running = _sub_ledger(bank, book.org[used], subject, units) // YEAR_UNITS
    return running + _sub_ledger(bank, book.org[used], subject, arrears)


def _provision_needed(bank: Bank, day: int) -> np.ndarray:
    book = bank.loans
    used = slice(0, book.count)
    rate = _PROVISION_RATES[book.classes(used, day)]
    return _sub_ledger(bank, book.org[used], np.full(book.count, leaf("130401")), book.balance[used] * rate // 1_000)


def open_ledger(bank: Bank) -> None:
    """Book the eve: sub-ledgers as they stand, the bank's other assets, capital as what remains."""
    ledger, eve = bank.ledger, bank.calendar.first_day - 1
    deposits, loans = bank.deposits, bank.loans
    used, lent = slice(0, deposits.count), slice(0, loans.count)
    balance = -_sub_ledger(bank, deposits.org[used], deposit_book.SUBJECTS[deposits.product[used]], deposits.balance[used])
    balance += _sub_ledger(bank, loans.org[lent], loan_book.SUBJECTS[loans.product[lent]], loans.balance[lent])
    total = int(deposits.balance[used].sum())
    lending = int(loans.balance[lent].sum())
    balance -= _interest_payable(bank)
    balance += _interest_receivable(bank, eve)
    balance -= _provision_needed(bank, eve)
    ledger.balance[:] = balance
    own = deposits_by_org(bank)
    ledger.balance[:, leaf("1001")] = own // _CASH_SHARE
    head = ledger.balance[HEAD_OFFICE]
    for code, share in (("100301", 0.05), ("100302", 0.06), ("101101", 0.05), ("150101", _BONDS), ("1601", 0.012),
                        ("1602", -0.004), ("200401", -_FUNDING), ("2211", -0.001), ("2221", -0.0005),
                        ("4001", -0.035), ("4101", -0.012), ("4102", -0.01)):  # fmt: skip
        head[leaf(code)] = int(total * share)
    year = (_RESULT_YEAR_SHARE if as_date(eve).month != 12 else 0.0) * (as_date(eve).month / 9)
    outlets = bank.organisations.outlets
    for code, base, share in (("601101", lending, -0.047), ("641101", total, 0.012), ("641102", total, 0.0017),
                              ("660201", total, 0.006), ("660202", total, 0.002), ("6702", lending, 0.004)):  # fmt: skip
        amount, whole = int(base * share * year), max(int(own.sum()), 1)
        parts = [cents * amount // whole for cents in own[outlets].tolist()]  # beyond 64 bits at the larger scales
        ledger.balance[outlets, leaf(code)] += np.array(parts, np.int64)
    head[leaf("601103")] = -int(total * _BONDS * _BOND_RATE / 1_000 * year)
    head[leaf("602102")] = -int(total * 0.0012 * year)
    ledger.balance[:, leaf("3101")] = -ledger.balance.sum(axis=1)
    head[leaf("410401")] = int(ledger.balance[:, leaf("3101")].sum())
    head[leaf("3101")] -= head[leaf("410401")]
    ledger.start()


def accrue_interest(bank: Bank, day: int) -> None:
    """At the day's end interest payable and receivable are brought to what the accounts have earned."""
    bank.deposits.accrue_day()
    bank.loans.accrue_day()
    ledger = bank.ledger
    every = np.arange(bank.organisations.count)
    payable = _interest_payable(bank)
    for code, expense in (("223101", "641101"), ("223102", "641102")):
        rise = payable[:, leaf(code)] + ledger.of(code)
        ledger.post(every, leaf(expense), every, leaf(code), rise)
    rise = _interest_receivable(bank, day)[:, leaf("113201")] - ledger.of("113201")
    ledger.post(every, leaf("113201"), every, leaf("601101"), rise)


def level_cash(bank: Bank) -> None:
    """Outlets with too little or too much cash are brought back to their normal stock by the head office."""
    ledger = bank.ledger
    normal = np.maximum(deposits_by_org(bank) // _CASH_SHARE, 0)
    cash = ledger.of("1001")
    off = np.flatnonzero((cash < normal * 3 // 10) | (cash > normal * 2))
    off = off[np.isin(off, bank.organisations.outlets)]
    ledger.post(off, leaf("1001"), HEAD_OFFICE, leaf("100302"), (normal - cash)[off])


def keep_reserves(bank: Bank, day: int) -> None:
    """Statutory reserves follow deposits every ten days; the head office places or withdraws what is in excess."""
    ledger = bank.ledger
    total = int(deposits_by_org(bank).sum())
    if as_date(day).day in (5, 15, 25):
        need = total * 5 // 100 - int(ledger.of("100301")[HEAD_OFFICE])
        ledger.post(HEAD_OFFICE, leaf("100301"), HEAD_OFFICE, leaf("100302"), need)
    excess = int(ledger.of("100302")[HEAD_OFFICE])
    if not total * _EXCESS_LOW // 1_000 <= excess <= total * _EXCESS_HIGH // 1_000:
        ledger.post(HEAD_OFFICE, leaf("101101"), HEAD_OFFICE, leaf("100302"), excess - total * 45 // 1_000)
    placed = int(ledger.of("101101")[HEAD_OFFICE])
    if not total * 2 // 100 <= placed <= total * 8 // 100:
        ledger.post(HEAD_OFFICE, leaf("150101"), HEAD_OFFICE, leaf("101101"), placed - total * 5 // 100)


def book_costs(bank: Bank, day: int) -> None:
    """Wages on the 10th, other costs on the 24th, treasury income, taxes and depreciation on the 27th."""
    ledger, date = bank.ledger, as_date(day)
    own = deposits_by_org(bank)
    places = np.r_[HEAD_OFFICE, bank.organisations.outlets]
    total = int(own.sum())
    own = own.copy()
    own[HEAD_OFFICE] = total // 6
    if date.day == 10:
        ledger.post(places, leaf("660201"), HEAD_OFFICE, leaf("2211"), own[places] * 62 // 120_000)
        ledger.post(HEAD_OFFICE, leaf("2211"), HEAD_OFFICE, leaf("100302"), total * 72 // 120_000)
    if date.day == 24:
        ledger.post(places, leaf("660202"), HEAD_OFFICE, leaf("100302"), own[places] * 22 // 120_000)
        ledger.post(HEAD_OFFICE, leaf("642101"), HEAD_OFFICE, leaf("100302"), total * 4 // 120_000)
    if date.day == 27:
        ledger.post(places, leaf("660203"), HEAD_OFFICE, leaf("1602"), own[places] * 6 // 1_200_000)
        for asset, income, rate in (
            ("150101", "601103", _BOND_RATE),
            ("101101", "601102", _INTERBANK_RATE),
            ("100301", "601102", _RESERVE_RATE),
        ):
            earned = int(ledger.of(asset)[HEAD_OFFICE]) * rate // 12_000
            ledger.post(HEAD_OFFICE, leaf("100302"), HEAD_OFFICE, leaf(income), earned)
        borrowed = -int(ledger.of("200401")[HEAD_OFFICE]) * 175 // 120_000
        ledger.post(HEAD_OFFICE, leaf("641103"), HEAD_OFFICE, leaf("100302"), borrowed)
        ledger.post(HEAD_OFFICE, leaf("100302"), HEAD_OFFICE, leaf("602102"), total * 12 // 120_000)
        ledger.post(places, leaf("6403"), HEAD_OFFICE, leaf("2221"), own[places] * 2 // 120_000)
        if date.month % 3 == 0:
            ledger.post(HEAD_OFFICE, leaf("6801"), HEAD_OFFICE, leaf("2221"), total * 6 // 40_000)
            ledger.post(HEAD_OFFICE, leaf("2221"), HEAD_OFFICE, leaf("100302"), total * 5 // 40_000)


def provide_for_losses(bank: Bank, day: int) -> None:
    """At a month's end provisions are brought to the sum the five classes ask for."""
    if not is_month_end(day):
        return
    ledger = bank.ledger
    every = np.arange(bank.organisations.count)
    rise = _provision_needed(bank, day)[:, leaf("130401")] + ledger.of("130401")
    ledger.post(every, leaf("6702"), every, leaf("130401"), rise)


def settle_with_neighbours(bank: Bank, day: int) -> None:
    """On the 1st what the counties owe each other from the month before is paid through the central bank."""
    if as_date(day).day == 1:
        owed = bank.ledger.of(COUNTY_CLEARING)[HEAD_OFFICE].copy()
        bank.ledger.post(HEAD_OFFICE, leaf("100302"), HEAD_OFFICE, leaf(COUNTY_CLEARING), owed)


def close_year(bank: Bank, day: int) -> None:
    """On 1 January last year's results go to retained earnings of the head office (31 December still shows them)."""
    date = as_date(day)
    if (date.month, date.day) != (1, 1):
        return
    ledger = bank.ledger
    every = np.arange(bank.organisations.count)
    for place, subject in enumerate(leaves()):
        if subject.code.startswith("6"):
            ledger.post(HEAD_OFFICE, leaf("410401"), every, place, ledger.balance[:, place].copy())
