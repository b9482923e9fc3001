"""Everyday money: who moves how much through which channel on a day, with seasons and the counter-to-mobile shift."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.bank import OUTSIDE_PARTIES, Bank, festival_distance, is_weekend
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import add_months, as_date, month_start
from maisui.example_bank.deposit_book import CORPORATE_DEMAND, NORMAL, PERSONAL_DEMAND
from maisui.example_bank.population import Segment

CASH_OUT, CASH_IN, PAY_OUT, PAY_INSIDE, POS, QUICK_OUT, UTILITY, PAY_IN, QUICK_IN = range(9)
_MONTHLY_EVENTS = np.array([2.3, 2.8, 5.6, 7.4, 1.7, 3.8, 6.5, 14.0, 4.6, 9.0])
_MIX = np.array(
    [
        [0.14, 0.12, 0.08, 0.06, 0.07, 0.30, 0.06, 0.13, 0.04],
        [0.07, 0.05, 0.10, 0.06, 0.06, 0.42, 0.03, 0.18, 0.03],
        [0.05, 0.02, 0.10, 0.05, 0.10, 0.52, 0.08, 0.05, 0.03],
        [0.06, 0.06, 0.12, 0.08, 0.05, 0.20, 0.03, 0.08, 0.32],
        [0.26, 0.06, 0.05, 0.05, 0.06, 0.34, 0.10, 0.06, 0.02],
        [0.04, 0.02, 0.04, 0.02, 0.05, 0.65, 0.02, 0.14, 0.02],
        [0.05, 0.08, 0.30, 0.12, 0.00, 0.02, 0.05, 0.22, 0.16],
        [0.02, 0.02, 0.38, 0.14, 0.00, 0.00, 0.05, 0.39, 0.00],
        [0.05, 0.06, 0.30, 0.16, 0.00, 0.00, 0.05, 0.36, 0.02],
        [0.01, 0.01, 0.45, 0.20, 0.00, 0.00, 0.05, 0.28, 0.00],
    ]
)
_CUMULATIVE = np.cumsum(_MIX / _MIX.sum(axis=1, keepdims=True), axis=1)
_WEIGHT = np.array([1.6, 1.6, 1.5, 1.3, 0.6, 0.35, 0.2, 1.5, 0.5])
_INWARD = np.array([False, True, False, False, False, False, False, True, True])
_IN_BASE = 1 / (_MONTHLY_EVENTS * (_MIX * _WEIGHT * _INWARD).sum(axis=1))
_OUT_BASE = 1 / (_MONTHLY_EVENTS * (_MIX * _WEIGHT * ~_INWARD).sum(axis=1))
_KIND = np.array(
    [
        Kind.WITHDRAW, Kind.DEPOSIT, Kind.TRANSFER, Kind.TRANSFER, Kind.PURCHASE, Kind.PURCHASE, Kind.DIRECT_DEBIT,
        Kind.TRANSFER, Kind.TRANSFER,
    ]
)  # fmt: skip
_NOTE = np.array(
    [
        Note.CASH_OUT, Note.CASH_IN, Note.TRANSFER_OUT, Note.TRANSFER_OUT, Note.PURCHASE, Note.QUICK_PAY, Note.UTILITY,
        Note.TRANSFER_IN, Note.SALES,
    ]
)  # fmt: skip
_REVERSAL_SHARE = 0.0006
_FESTIVAL_DAYS = 24


@dataclass
class MonthPlan:
    """Active demand accounts of a month and their cumulated activity (events a month)."""

    accounts: np.ndarray
    cumulated: np.ndarray


def plan_month(bank: Bank) -> MonthPlan:
    """Who is active this month and how often."""
    book = bank.deposits
    product = book.product[: book.count]
    demand = (product == PERSONAL_DEMAND) | (product == CORPORATE_DEMAND)
    accounts = np.flatnonzero(demand & (book.status[: book.count] == NORMAL))
    customers = book.customer[accounts]
    people = bank.population
    often = _MONTHLY_EVENTS[people.segment[customers]] * (0.4 + 1.2 * people.trait[customers])
    return MonthPlan(accounts, np.cumsum(often))


def _season(day: int, segment: np.ndarray, event: np.ndarray, draw: np.ndarray) -> np.ndarray:
    """Amount factors of the season; turns some events of `event` (in place) into incoming money."""
    factor = np.ones(len(event))
    date = as_date(day)
    farmer = np.isin(segment, (Segment.FARMER, Segment.COOPERATIVE))
    if date.month in (6, 10, 11):
        harvest = farmer & (draw < 0.12)
        event[harvest] = np.where(draw[harvest] < 0.03, CASH_IN, PAY_IN)
        factor[harvest] = 1.8
    distance = festival_distance(day)
    migrant = segment == Segment.MIGRANT
    if -_FESTIVAL_DAYS <= distance <= 0:
        home = migrant & (draw < 0.4)
        event[home] = np.where(draw[home] < 0.16, CASH_IN, PAY_IN)
        factor[home] = 2.2
    elif 0 < distance <= _FESTIVAL_DAYS:
        factor[migrant & ~_INWARD[event]] = 1.5
    left = add_months(month_start(day), 1) - 1 - day
    if left < 2:
        rush = (segment >= Segment.MICRO) & (draw < 0.22) | (draw < 0.05)
        event[rush & (draw > 0.01)] = PAY_IN
        factor[rush] = 1.5
    elif date.day <= 3:
        factor[~_INWARD[event]] *= 1.35
    return factor


def _channels(bank: Bank, day: int, event: np.ndarray, segment: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Channel of each event; counters lose to machines and telephones as the months pass."""
    story = bank.progress(day)
    draw = rng.random(len(event))
    organ = segment >= Segment.MICRO
    cash_counter = np.where(organ, 0.95, np.where(event == CASH_IN, 0.72 - 0.20 * story, 0.60 - 0.22 * story))
    cash = np.where(draw < cash_counter, Channel.COUNTER, np.where(draw > 0.985, Channel.VTM, Channel.ATM))
    pay_counter = np.where(organ, 0.28 - 0.12 * story, 0.30 - 0.16 * story)
    internet = np.where(organ, 0.5, 0.1)
    pay = np.select(
        [draw < pay_counter, draw < pay_counter + internet, draw > 0.994],
        [Channel.COUNTER, Channel.INTERNET, Channel.TELEPHONE],
        Channel.MOBILE,
    )
    quick = np.where(draw < 0.55, Channel.TENPAY, np.where(draw < 0.96, Channel.ALIPAY, Channel.UNIONPAY))
    utility = np.where(draw < 0.5, Channel.BATCH, np.where(draw < 0.93 + 0.03 * story, Channel.MOBILE, Channel.COUNTER))
    arrive = np.where(draw < 0.7, Channel.CLEARING, Channel.UNIONPAY)
    return np.select(
        [event <= CASH_IN, event <= PAY_INSIDE, event == POS, event == UTILITY, event == PAY_IN],
        [cash, pay, Channel.POS, utility, arrive],
        quick,
    )


def _fullness_of_pools(bank: Bank, plan: MonthPlan, day: int) -> np.ndarray:
    """Demand money over its target, of persons and of organisations: what the county as a whole has too much of."""
    book = bank.deposits
    organ = book.product[plan.accounts] == CORPORATE_DEMAND
    found = []
    for group in (plan.accounts[~organ], plan.accounts[organ]):
        target = max(int(book.target[group].sum()), 1) * bank.growth(day)
        found.append(min(max(int(book.balance[group].sum()) / target, 0.6), 1.7))
    return np.array(found)


def _amounts(
    bank: Bank,
    day: int,
    rng: np.random.Generator,
    *,
    account: np.ndarray,
    event: np.ndarray,
    factor: np.ndarray,
    pools: np.ndarray,
) -> np.ndarray:
    """Unsigned amounts in cents: income sets the size, a balance above its target lets more go out."""
    book, people = bank.deposits, bank.population
    customer = book.customer[account]
    segment = people.segment[customer]
    income = people.income[customer] * bank.growth(day)
    paid_otherwise = np.isin(segment, (Segment.WAGE, Segment.RETIRED))
    inward = income * _IN_BASE[segment] * np.where(paid_otherwise, 0.25, 1.0)
    fullness = np.clip(book.balance[account] / (book.target[account] * bank.growth(day) + 10_000), 0.03, 6.0)
    outward = income * _OUT_BASE[segment] * np.where(paid_otherwise, 1.25, 1.0) * fullness
    noise = np.exp(0.8 * rng.standard_normal(len(event)) - 0.32)
    pull = pools[(segment >= Segment.MICRO).astype(np.int64)]
    raw = np.where(_INWARD[event], inward / pull, outward * pull**2) * _WEIGHT[event] * factor * noise
    cents = np.minimum(raw, 2e11).astype(np.int64)
    step = np.select([event <= CASH_IN, event <= PAY_INSIDE], [10_000, 1_000], 1)
    return cents // step * step


def _within_means(account: np.ndarray, cents: np.ndarray, inward: np.ndarray, book_balance: np.ndarray) -> np.ndarray:
    """Cap outgoing amounts so that no order of the day's events overdraws an account."""
    outs = account[~inward]
    where, counts = np.unique(outs, return_counts=True)
    limit = book_balance[where] // np.maximum(counts, 1)
    capped = cents.copy()
    capped[~inward] = np.minimum(cents[~inward], limit[np.searchsorted(where, outs)])
    return capped


def _handling(bank: Bank, rng: np.random.Generator, own: np.ndarray, channel: np.ndarray, day: int) -> np.ndarray:
    outlets = bank.organisations.outlets
    away = rng.random(len(own)) < np.where(channel == Channel.COUNTER, 0.07, 0.22)
    away &= channel <= Channel.VTM
    elsewhere = bank.closing.handled_at(outlets[rng.integers(0, len(outlets), len(own))], day)
    return np.where(away, elsewhere, own).astype(np.int16)


def _add_reversals(rows: DayRows, rng: np.random.Generator, event: dict[str, np.ndarray]) -> np.ndarray:
    """Mark single-leg events that are taken back the same day and write their opposite rows."""
    single = event["contra"] != Contra.INSIDE
    back = single & (rng.random(len(single)) < _REVERSAL_SHARE)
    if back.any():
        rows.add(
            event["account"][back],
            -event["amount"][back],
            second=event["second"][back] + rng.integers(60, 1_500, int(back.sum())),
            kind=event["kind"][back],
            channel=event["channel"][back],
            note=event["note"][back],
            contra=event["contra"][back],
            counter=event["counter"][back],
            handling=event["handling"][back],
            reversal=True,
        )
    return back


def add_everyday_rows(bank: Bank, rows: DayRows, plan: MonthPlan, busy: np.ndarray) -> None:
    """Draw the day's events; accounts marked in `busy` have other business today and are left out."""
    day, book = rows.day, bank.deposits
    rng = bank.draws("everyday", day)
    pace = (0.82 if is_weekend(day) else 1.07) * (1 + 0.12 * bank.progress(day))
    wanted = rng.poisson(plan.cumulated[-1] * pace / 30.4)
    account = plan.accounts[np.searchsorted(plan.cumulated, rng.random(wanted) * plan.cumulated[-1], side="right")]
    account = account[(book.status[account] == NORMAL) & ~busy[account]]
    segment = bank.population.segment[book.customer[account]]
    organ_rest = (segment >= Segment.MICRO) & is_weekend(day) & (rng.random(len(account)) < 0.7)
    account, segment = account[~organ_rest], segment[~organ_rest]
    event = (rng.random(len(account))[:, None] > _CUMULATIVE[segment]).sum(axis=1).clip(0, 8)
    factor = _season(day, segment, event, rng.random(len(account)))
    inward = _INWARD[event]
    pools = _fullness_of_pools(bank, plan, day)
    wished = _amounts(bank, day, rng, account=account, event=event, factor=factor, pools=pools)
    cents = _within_means(account, wished, inward, book.balance)
    keep = cents >= 100
    account, segment, event, inward, cents = (part[keep] for part in (account, segment, event, inward, cents))
    channel = _channels(bank, day, event, segment, rng)
    counter_hours = (8 * 3600 + 1800, 17 * 3600)
    second = np.where(
        channel == Channel.COUNTER,
        rng.integers(*counter_hours, len(account)),
        rng.integers(8 * 3600, 20 * 3600 + 900, len(account)),
    )
    friend = _friends(bank, account, rng, busy)
    known_income = bank.population.income[book.customer[np.maximum(friend, 0)]]
    friend = np.where(cents <= known_income, friend, -1)
    inside = (event == PAY_INSIDE) & (friend >= 0)
    contra = np.where(event <= CASH_IN, Contra.CASH, np.where(inside, Contra.INSIDE, Contra.OUTSIDE))
    outside = (account * 31 + rng.integers(0, 5, len(account)) * 7) % OUTSIDE_PARTIES
    counter = np.select([contra == Contra.CASH, contra == Contra.INSIDE], [-1, friend], outside)
    facts = {
        "account": account,
        "amount": np.where(inward, cents, -cents),
        "second": second,
        "kind": _KIND[event],
        "channel": channel,
        "note": _NOTE[event],
        "contra": contra,
        "counter": counter,
        "handling": _handling(bank, rng, book.org[account], channel, day),
    }
    facts["reversal"] = _add_reversals(rows, rng, facts)
    rows.add(**facts)
    rows.add(
        friend[inside],
        cents[inside],
        second=second[inside],
        kind=Kind.TRANSFER,
        channel=channel[inside],
        note=Note.TRANSFER_IN,
        contra=Contra.INSIDE,
        counter=account[inside],
        handling=facts["handling"][inside],
        posts=False,
    )


def _friends(bank: Bank, account: np.ndarray, rng: np.random.Generator, busy: np.ndarray) -> np.ndarray:
    """One of three lasting acquaintances' demand accounts for each account, -1 where there is none today."""
    people, book = bank.population, bank.deposits
    customer = book.customer[account].astype(np.int64)
    known = (customer * 7_919 + rng.integers(1, 4, len(account)) * 104_729) % people.count
    friend = bank.demand_of[known]
    safe = np.maximum(friend, 0)
    usable = (friend >= 0) & (friend != account) & (book.status[safe] == NORMAL) & ~busy[safe]
    return np.where(usable, friend, -1)
