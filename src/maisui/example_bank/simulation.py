"""The order of a day's work in the bank, day after day, and what is handed to the extracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maisui.example_bank import bank_books, lending, loan_service, savings_flows, scheduled_flows
from maisui.example_bank.agency_business import empty_agency_book, live_agency_day
from maisui.example_bank.asset_transfers import live_transfer_day
from maisui.example_bank.bank import Bank
from maisui.example_bank.bill_business import empty_bills, live_bill_day, open_bills
from maisui.example_bank.card_business import issue_cards, live_card_day, open_card_ledger
from maisui.example_bank.channel_anomalies import plan_anomalies
from maisui.example_bank.day_rows import DayRows, Movements
from maisui.example_bank.days import as_date
from maisui.example_bank.deformation import deform
from maisui.example_bank.deposit_book import CORPORATE, DepositBook
from maisui.example_bank.deposit_openings import open_eve_book, welcome_joiners
from maisui.example_bank.everyday_flows import MonthPlan, add_everyday_rows, plan_month
from maisui.example_bank.ledger import Ledger, LedgerPeriod
from maisui.example_bank.loan_book import LoanBook
from maisui.example_bank.loan_rows import LoanRows
from maisui.example_bank.organisations import found_organisations, hand_over_loans, hire_staff
from maisui.example_bank.outlet_closing import close_outlet, plan_closing
from maisui.example_bank.population import settle_population
from maisui.example_bank.scale import Calendar, Scale


@dataclass(frozen=True)
class Delivery:
    """What a delivery day hands over: movements since the previous delivery, a batch for each day, and the ledger."""

    day: int
    previous: int
    deposit_movements: list[Movements]
    loan_movements: list[Movements]
    ledger: LedgerPeriod


def found_bank(scale: Scale, calendar: Calendar, seed: int, *, deformed: bool = False) -> Bank:
    """The bank as it stands on the eve of the first simulated day; `deformed` in what its files say of persons."""
    organisations = found_organisations(scale)
    people = settle_population(scale, organisations, calendar, seed)
    closing = plan_closing(organisations, calendar)
    bank = Bank(
        scale=scale,
        seed=seed,
        calendar=calendar,
        organisations=organisations,
        staff=hire_staff(scale, organisations, calendar, seed),
        population=people,
        deposits=DepositBook(int(people.count * 2.6)),
        loans=LoanBook(int(people.count * 0.5)),
        ledger=Ledger(organisations.count),
        demand_of=np.full(people.count, -1, np.int32),
        open_terms=np.zeros(people.count, np.int32),
        open_loans=np.zeros(people.count, np.int32),
        closing=closing,
        anomalies=plan_anomalies(organisations, closing),
        cards=issue_cards(people, calendar, seed),
        agency=empty_agency_book(),
        bills=empty_bills(),
    )
    if deformed:
        deform(bank)
    open_eve_book(bank)
    lending.open_eve_loans(bank, int(bank.deposits.balance.sum()))
    bank_books.open_ledger(bank)
    open_card_ledger(bank.cards, people, bank.ledger)
    open_bills(bank.bills, people, calendar, bank.ledger, bank.draws("eve-bills", 0))
    return bank


def _term_goals(bank: Bank) -> tuple[int, int]:
    book = bank.deposits
    used = slice(0, book.count)
    term = book.matures[used] >= 0
    organ = CORPORATE[book.product[used]]
    balance = book.balance[used]
    return int(balance[term & ~organ].sum()), int(balance[term & organ].sum())


def _change_outlets_and_people(bank: Bank, day: int) -> None:
    """On their days an outlet closes and an officer leaves; files that repeat themselves then begin a new edition."""
    if day == bank.closing.day:
        close_outlet(bank.closing, people=bank.population, deposits=bank.deposits, loans=bank.loans, staff=bank.staff, ledger=bank.ledger)
        bank.edition += 1
    if day == bank.staff.leaving_day:
        hand_over_loans(bank.staff, bank.loans.officer)
        bank.edition += 1


def _live_day(bank: Bank, day: int, plan: MonthPlan, goals: tuple[int, int], lent_against: int) -> tuple[Movements, Movements]:
    _change_outlets_and_people(bank, day)
    rows = DayRows(bank.deposits, day)
    loan_rows = LoanRows(bank.loans, rows, bank.ledger)
    bank_books.close_year(bank, day)
    scheduled_flows.pay_quarterly_interest(bank, rows)
    scheduled_flows.settle_maturities(bank, rows)
    scheduled_flows.charge_fees(bank, rows)
    scheduled_flows.pay_wages_and_benefits(bank, rows)
    busy = np.zeros(bank.deposits.capacity * 2, bool)
    savings_flows.see_off_leavers(bank, rows, busy)
    savings_flows.save_surplus(bank, rows, goals, busy)
    welcome_joiners(bank, rows)
    add_everyday_rows(bank, rows, plan, busy)
    loan_service.let_some_fail(bank, day)
    lending.lend_today(bank, rows, loan_rows, lent_against)
    loan_service.collect_due(bank, rows, loan_rows)
    loan_service.write_off(bank, loan_rows, day)
    movements = rows.settle(bank.ledger, bank.staff, bank.draws("tellers", day), bank.anomalies)
    loan_movements = loan_rows.settle(bank.staff, day)
    live_card_day(bank.cards, bank.population, bank.ledger, bank.draws("card business", day), day)
    live_agency_day(bank.agency, bank.population, bank.ledger, bank.draws("agency business", day), day)
    live_bill_day(bank.bills, bank.population, bank.ledger, bank.draws("bill business", day), day)
    live_transfer_day(bank.transfers, loan_movements, bank.loans.overdue_interest, bank.ledger, day)
    bank_books.accrue_interest(bank, day)
    bank_books.keep_reserves(bank, day)
    bank_books.book_costs(bank, day)
    bank_books.provide_for_losses(bank, day)
    bank_books.level_cash(bank)
    return movements, loan_movements


def live(bank: Bank) -> Iterator[Delivery]:
    """Live through every day of the calendar; yields at each delivery day, with the books as of that evening."""
    calendar = bank.calendar
    goals = _term_goals(bank)
    planned = plan_month(bank)
    lent_against = int(bank_books.deposits_by_org(bank).sum())
    previous = calendar.first_day - 1
    deposits: list[Movements] = []
    loans: list[Movements] = []
    wanted = set(calendar.deliveries)
    for day in range(calendar.first_day, calendar.last_day + 1):
        if as_date(day).day == 1:
            planned = plan_month(bank)
            lent_against = int(bank_books.deposits_by_org(bank).sum())
        movements, loan_movements = _live_day(bank, day, planned, goals, lent_against)
        deposits.append(movements)
        loans.append(loan_movements)
        if day in wanted:
            yield Delivery(day, previous, deposits, loans, bank.ledger.close_period())
            deposits, loans, previous = [], [], day
