"""Serving loans: what falls due, who pays, who is late, who fails, and what is written off."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import OUTSIDE_PARTIES, Bank
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import NO_DAY, as_date
from maisui.example_bank.loan_book import (
    DEFAULTED,
    LATE,
    OPEN,
    SETTLED,
    SOUND,
    WRITTEN_OFF,
    LoanBook,
)
from maisui.example_bank.loan_rows import LoanRows

_LATE_SHARE = 0.012
_EARLY_A_DAY = 0.004 / 30
_PIPELINE_GOAL, _PIPELINE_LIMIT = 0.0258, 0.0275
_RECOVERY_A_MONTH = 0.03
_RECOVERY_FLOOR = 0.0195


def collect_due(bank: Bank, rows: DayRows, loan_rows: LoanRows) -> None:
    """Collect what falls due today from sound borrowers, arrears from those who catch up, early repayments."""
    book, day = bank.loans, rows.day
    rng = bank.draws("collecting", day)
    used = slice(0, book.count)
    is_open = book.status[used] == OPEN
    due = np.flatnonzero((book.next_due[used] == day) & is_open)
    interest, principal = book.interest_due(due), book.scheduled_principal(due, day)
    slips = (book.state[due] == SOUND) & (rng.random(len(due)) < _LATE_SHARE)
    book.state[due[slips]] = LATE
    book.cure_day[due[slips]] = day + rng.integers(3, 50, int(slips.sum()))
    missed = book.state[due] != SOUND
    bank.dues.fall_due(due, principal, interest, day=day, missed=missed)
    _fall_behind(book, due[missed], principal[missed], interest[missed], day)
    book.accrued[due] = 0
    book.period[due] = np.minimum(book.period[due] + 1, book.periods[due])
    book.next_due[due] = book.following_due(due, day)
    cured = np.flatnonzero((book.cure_day[used] == day) & is_open & (book.state[used] != SOUND))
    sound_rows = np.flatnonzero(is_open & (book.state[used] == SOUND) & (book.next_due[used] > day + 1))
    early = sound_rows[rng.random(len(sound_rows)) < _EARLY_A_DAY]
    early = early[(book.started[early] < day - 20) & ~np.isin(early, due)]
    last = cured[day >= book.matures[cured]]
    closing = np.concatenate([early, last])
    rest = book.interest_due(closing)
    book.accrued[closing] = 0
    loans = np.concatenate([due[~missed], cured, early, last])
    pay_principal = np.concatenate([principal[~missed], book.overdue_principal[cured], book.balance[early], np.zeros(len(last), np.int64)])
    pay_interest = np.concatenate([interest[~missed], book.overdue_interest[cured], rest])
    _catch_up(book, cured)
    bank.dues.catch_up(cured, day)
    _take_payment(bank, rows, loan_rows, loans, principal=pay_principal, interest=pay_interest, rng=rng)
    _settle_repaid(bank, np.unique(loans), day)


def _fall_behind(book: LoanBook, loans: np.ndarray, principal: np.ndarray, interest: np.ndarray, day: int) -> None:
    book.overdue_principal[loans] += principal
    book.overdue_interest[loans] += interest
    since = book.principal_since[loans]
    book.principal_since[loans] = np.where((principal > 0) & (since == NO_DAY), day, since)
    since = book.interest_since[loans]
    book.interest_since[loans] = np.where((interest > 0) & (since == NO_DAY), day, since)
    book.streak[loans] += 1
    book.misses[loans] += 1


def _catch_up(book: LoanBook, loans: np.ndarray) -> None:
    book.overdue_principal[loans] = 0
    book.overdue_interest[loans] = 0
    book.principal_since[loans] = NO_DAY
    book.interest_since[loans] = NO_DAY
    book.streak[loans] = 0
    book.state[loans] = SOUND
    book.cure_day[loans] = NO_DAY
    book.failed[loans] = np.where(book.failed[loans] == NO_DAY, NO_DAY, book.failed[loans])


def _take_payment(
    bank: Bank,
    rows: DayRows,
    loan_rows: LoanRows,
    loans: np.ndarray,
    *,
    principal: np.ndarray,
    interest: np.ndarray,
    rng: np.random.Generator,
) -> None:
    """Borrowers bring missing money to their account in the evening, then the bank collects."""
    if not len(loans):
        return
    deposits = bank.deposits
    account = bank.demand_of[bank.loans.customer[loans]]
    wanted = np.zeros(deposits.capacity, np.int64)
    np.add.at(wanted, account, principal + interest)
    short = np.flatnonzero(wanted > deposits.balance)
    missing = (wanted[short] - deposits.balance[short] + 9_999) // 10_000 * 10_000
    rows.add(short, missing, second=rng.integers(20 * 3600 + 2_700, 21 * 3600, len(short)), kind=Kind.TRANSFER,
             channel=Channel.CLEARING, note=Note.TRANSFER_IN, contra=Contra.OUTSIDE,
             counter=short % OUTSIDE_PARTIES)  # fmt: skip
    second = rng.integers(21 * 3600, 22 * 3600, len(loans))
    loan_rows.add(loans, interest, Kind.REPAY_INTEREST, account=account, second=second, channel=Channel.BATCH)
    loan_rows.add(loans, principal, Kind.REPAY_PRINCIPAL, account=account, second=second, channel=Channel.BATCH)


def _settle_repaid(bank: Bank, loans: np.ndarray, day: int) -> None:
    book = bank.loans
    done = loans[(book.balance[loans] == 0) & (book.status[loans] == OPEN)]
    book.status[done] = SETTLED
    book.closed[done] = day
    book.next_due[done] = NO_DAY
    book.accrued[done] = 0
    np.subtract.at(bank.open_loans, book.customer[done], 1)


def fill_up(order: np.ndarray, amounts: np.ndarray, room: int) -> np.ndarray:
    """The first of `order` whose amounts fit into `room`, then those behind them which still fit."""
    chosen = np.zeros(0, np.int64)
    for _ in range(6):
        fits = np.cumsum(amounts[order]) <= room
        chosen = np.concatenate([chosen, order[fits]])
        room -= int(amounts[order[fits]].sum())
        order = order[~fits & (amounts[order] <= room)]
    return chosen


def _bad_above(book: LoanBook, day: int, share: float) -> int:
    """Cents by which non-performing loans exceed the given share of all loans."""
    balance = book.balance[: book.count]
    bad = int(balance[book.classes(slice(0, book.count), day) >= 2].sum())
    return max(bad - int(balance.sum() * share), 0)


def let_some_fail(bank: Bank, day: int) -> None:
    """On the 2nd of a month borrowers of high hidden risk stop paying, up to a share of all loans; some recover."""
    if as_date(day).day != 2:
        return
    book = bank.loans
    rng = bank.draws("failing", day)
    used = slice(0, book.count)
    is_open = book.status[used] == OPEN
    failed = is_open & (book.state[used] == DEFAULTED)
    rescued = np.flatnonzero(failed & (rng.random(book.count) < _RECOVERY_A_MONTH))
    rescued = fill_up(rescued, book.balance, _bad_above(book, day, _RECOVERY_FLOOR))
    book.cure_day[rescued] = day + rng.integers(1, 20, len(rescued))
    total = int(book.balance[used][is_open].sum())
    pipeline = int(book.balance[used][failed].sum()) - int(book.balance[rescued].sum())
    if pipeline >= total * _PIPELINE_GOAL:
        return
    room = int(total * _PIPELINE_LIMIT) - pipeline
    soon = book.next_due[used] < day + 35
    candidates = np.flatnonzero(is_open & (book.state[used] == SOUND) & soon & (book.balance[used] <= room))
    race = rng.exponential(size=len(candidates)) / (0.02 + bank.population.risk[book.customer[candidates]]) ** 2
    order = candidates[np.argsort(race)]
    chosen = fill_up(order, book.balance, room)
    book.state[chosen] = DEFAULTED
    book.failed[chosen] = day


def write_off(bank: Bank, loan_rows: LoanRows, day: int) -> None:
    """On the 28th of a month a small part of the oldest lost loans is written off against provisions."""
    if as_date(day).day != 28:
        return
    book = bank.loans
    rng = bank.draws("write-off", day)
    used = np.arange(book.count)
    lost = (book.status[used] == OPEN) & (book.state[used] == DEFAULTED) & (book.days_past_due(used, day) > 450)
    lost &= book.cure_day[used] < day
    loans = used[lost & (rng.random(book.count) < 0.1)]
    loans = fill_up(loans, book.balance, _bad_above(book, day, _RECOVERY_FLOOR))
    zero = np.zeros(len(loans), np.int64)
    evening = zero + 17 * 3600
    loan_rows.add(loans, book.balance[loans].copy(), Kind.WRITE_OFF, account=zero, second=evening, channel=Channel.COUNTER)
    book.status[loans] = WRITTEN_OFF
    book.closed[loans] = day
    book.next_due[loans] = NO_DAY
    book.accrued[loans] = 0
    np.subtract.at(bank.open_loans, book.customer[loans], 1)
