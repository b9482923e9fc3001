"""Cards of one county at the cash machines of another: drawn once, told by both banks' channel logs, cleared in both ledgers."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import COUNTY_CLEARING, leaf
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows, Movements
from maisui.example_bank.days import day_number
from maisui.example_bank.deposit_book import NORMAL, PERSONAL_DEMAND
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.randomness import stream

LOGGED_FROM = day_number(2026, 9, 1)
"""The first day of which channel logs are delivered."""

_SHARE_A_DAY = 0.006
_FEE = 300
_TIMED_OUT = 3


@dataclass(frozen=True)
class Crossings:
    """A day's attempts of the card holders of `home` at the machines of `host`; money in cents.

    `outlet` is the place of the machine, `error` a position among the log's errors, 0 where it succeeded; `fee` is what the
    card's bank pays the machine's; `serial` is the number of the posting on the account, 0 where there is none.
    """

    home: Bank
    host: Bank
    day: int
    account: np.ndarray
    outlet: np.ndarray
    second: np.ndarray
    is_enquiry: np.ndarray
    cents: np.ndarray
    error: np.ndarray
    fee: np.ndarray
    serial: np.ndarray

    def __len__(self) -> int:
        """Number of attempts."""
        return len(self.account)

    def posted(self) -> np.ndarray:
        """Which of them moved money."""
        return (self.error == 0) & ~self.is_enquiry


def cross_counties(banks: list[Bank], rows: list[DayRows], day: int, seed: int) -> list[Crossings]:
    """Draw the day's attempts of every county at every other one and post them in both ledgers."""
    if day < LOGGED_FROM:
        return []
    found: list[Crossings] = []
    for home, own_rows in zip(banks, rows, strict=True):
        for host in banks:
            if host is not home:
                crossings = _draw(home, host, day, seed)
                _post(crossings, own_rows)
                found.append(crossings)
    return found


def _draw(home: Bank, host: Bank, day: int, seed: int) -> Crossings:
    """Holders of demand accounts that did not move today, so that no order of the day's entries overdraws one."""
    rng = stream(seed, f"cards of {home.county.licence} at {host.county.licence}", day)
    book = home.deposits
    used = slice(0, book.count)
    able = (book.product[used] == PERSONAL_DEMAND) & (book.status[used] == NORMAL) & (book.moved[used] < day)
    able = np.flatnonzero(able & (book.balance[used] >= 10_000))
    size = min(int(rng.poisson(_SHARE_A_DAY * min(home.population.persons, host.population.persons))), len(able))
    account = np.sort(rng.choice(able, size, replace=False))
    outlets = host.organisations.outlets
    wished = rng.integers(1, 31, size) * 10_000
    is_enquiry = rng.random(size) < 0.2
    failed = rng.random(size) < 0.05
    cents = np.where(is_enquiry, 0, np.minimum(wished, book.balance[account] // 10_000 * 10_000))
    return Crossings(
        home=home,
        host=host,
        day=day,
        account=account,
        outlet=_open_machines(host, outlets[rng.integers(0, len(outlets), size)], day),
        second=rng.integers(7 * 3600, 22 * 3600, size),
        is_enquiry=is_enquiry,
        cents=cents,
        error=np.where(failed, _TIMED_OUT, 0),
        fee=np.where(failed | is_enquiry, 0, _FEE),
        serial=np.zeros(size, np.int64),
    )


def _open_machines(host: Bank, outlets: np.ndarray, day: int) -> np.ndarray:
    """Where guests find a machine that works on the day, who would have gone to these outlets."""
    for anomaly in host.anomalies:
        outlets = anomaly.turned_away(outlets, Channel.ATM, day)
    return host.closing.handled_at(outlets, day)


def _post(crossings: Crossings, rows: DayRows) -> None:
    """The card's bank owes what its customer took and the fee; the machine's bank has given the cash."""
    paid = crossings.posted()
    account, cents, fee = crossings.account[paid], crossings.cents[paid], crossings.fee[paid]
    rows.add(account, -cents, second=crossings.second[paid], kind=Kind.WITHDRAW, channel=Channel.ATM, note=Note.CASH_OUT,
             contra=Contra.COUNTY)  # fmt: skip
    clearing = leaf(COUNTY_CLEARING)
    crossings.home.ledger.post(HEAD_OFFICE, leaf("642101"), HEAD_OFFICE, clearing, fee)
    crossings.host.ledger.post(HEAD_OFFICE, clearing, crossings.outlet[paid], leaf("1001"), cents)
    crossings.host.ledger.post(HEAD_OFFICE, clearing, HEAD_OFFICE, leaf("602103"), fee)


def with_serials(crossings: Crossings, movements: Movements) -> Crossings:
    """The attempts with the numbers that the card's bank gave their postings."""
    serial = np.zeros(len(crossings), np.int64)
    paid = crossings.posted()
    serial[paid] = movements.serial[np.searchsorted(movements.account, crossings.account[paid])]
    return replace(crossings, serial=serial)
