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
from maisui.example_bank.county import County
from maisui.example_bank.county_crossings import Crossings, cross_counties, with_serials
from maisui.example_bank.day_rows import DayRows, Movements
from maisui.example_bank.days import as_date
from maisui.example_bank.deformation import deform
from maisui.example_bank.deposit_book import CORPORATE, DepositBook
from maisui.example_bank.deposit_openings import open_eve_book, welcome_joiners
from maisui.example_bank.everyday_flows import add_everyday_rows, plan_month
from maisui.example_bank.ledger import Ledger, LedgerPeriod
from maisui.example_bank.loan_book import LoanBook
from maisui.example_bank.loan_rows import LoanRows
from maisui.example_bank.merchant_business import MerchantTrade, book_merchant_fees
from maisui.example_bank.organisations import found_organisations, hand_over_loans, hire_staff
from maisui.example_bank.outlet_closing import close_outlet, plan_closing
from maisui.example_bank.population import settle_population
from maisui.example_bank.scale import Calendar, Scale


@dataclass(frozen=True)
class Delivery:
    """What a delivery day hands over: movements and crossings since the previous delivery, a batch for each day, and the ledger."""

    day: int
    previous: int
    deposit_movements: list[Movements]
    loan_movements: list[Movements]
    crossings: list[Crossings]
    ledger: LedgerPeriod


def found_bank(
    county: County, scale: Scale, calendar: Calendar, seed: int, *, deformed: bool = False, has_neighbours: bool = False
) -> Bank:
    """The bank of a county as it stands on the eve of the first simulated day; `deformed` in what its files say of persons."""
    organisations = found_organisations(scale, county)
    people = settle_population(scale, county, organisations, calendar, seed)
    closing = plan_closing(organisations, calendar)
    bank = Bank(
        county=county,
        scale=scale,
        seed=seed,
        calendar=calendar,
        organisations=organisations,
        staff=hire_staff(scale, county, organisations, calendar, seed),
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
        has_neighbours=has_neighbours,
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


class _Story:
    """One bank from day to day: what it plans for a month, and what it has not handed over yet."""

    def __init__(self, bank: Bank) -> None:
        """Begin on the eve of the first day."""
        self.bank = bank
        self._goals = _term_goals(bank)
        self._merchants = MerchantTrade(bank)
        self._plan_month()
        self._previous = bank.calendar.first_day - 1
        self._forget()

    def _plan_month(self) -> None:
        self._plan = plan_month(self.bank)
        self._lent_against = int(bank_books.deposits_by_org(self.bank).sum())

    def _forget(self) -> None:
        self._deposits: list[Movements] = []
        self._loans: list[Movements] = []
        self._crossings: list[Crossings] = []

    def begin_day(self, day: int) -> tuple[DayRows, LoanRows]:
        """Everything that happens inside the bank, not yet settled."""
        bank = self.bank
        if as_date(day).day == 1:
            self._plan_month()
        _change_outlets_and_people(bank, day)
        rows = DayRows(bank.deposits, day)
        loan_rows = LoanRows(bank.loans, rows, bank.ledger)
        bank_books.close_year(bank, day)
        bank_books.settle_with_neighbours(bank, day)
        scheduled_flows.pay_quarterly_interest(bank, rows)
        scheduled_flows.settle_maturities(bank, rows)
        scheduled_flows.charge_fees(bank, rows)
        scheduled_flows.pay_wages_and_benefits(bank, rows)
        busy = np.zeros(bank.deposits.capacity * 2, bool)
        savings_flows.see_off_leavers(bank, rows, busy)
        savings_flows.save_surplus(bank, rows, self._goals, busy)
        welcome_joiners(bank, rows)
        add_everyday_rows(bank, rows, self._plan, busy)
        loan_service.let_some_fail(bank, day)
        lending.lend_today(bank, rows, loan_rows, self._lent_against)
        loan_service.collect_due(bank, rows, loan_rows)
        loan_service.write_off(bank, loan_rows, day)
        return rows, loan_rows

    def end_day(self, day: int, rows: DayRows, loan_rows: LoanRows) -> Movements:
        """Settle what happened and close the day's books; returns the movements on deposit accounts."""
        bank = self.bank
        movements = rows.settle(bank.ledger, bank.staff, bank.draws("tellers", day), bank.anomalies)
        self._deposits.append(movements)
        loan_movements = loan_rows.settle(bank.staff, day)
        self._loans.append(loan_movements)
        live_card_day(bank.cards, bank.population, bank.ledger, bank.draws("card business", day), day)
        live_agency_day(bank.agency, bank.population, bank.ledger, bank.draws("agency business", day), day)
        live_bill_day(bank.bills, bank.population, bank.ledger, bank.draws("bill business", day), day)
        live_transfer_day(bank.transfers, loan_movements, bank.loans.overdue_interest, bank.ledger, day)
        bank_books.accrue_interest(bank, day)
        book_merchant_fees(bank, self._merchants, day)
        bank_books.keep_reserves(bank, day)
        bank_books.book_costs(bank, day)
        bank_books.provide_for_losses(bank, day)
        bank_books.level_cash(bank)
        return movements

    def take_in(self, crossings: list[Crossings]) -> None:
        """Note what the bank's customers did at other counties' machines, and others' customers at its own."""
        self._crossings += [found for found in crossings if self.bank in (found.home, found.host)]

    def hand_over(self, day: int) -> Delivery:
        """What happened since the last time."""
        delivery = Delivery(day, self._previous, self._deposits, self._loans, self._crossings, self.bank.ledger.close_period())
        self._previous = day
        self._forget()
        return delivery


def live(banks: list[Bank], seed: int) -> Iterator[list[Delivery]]:
    """Live through every day of the calendar, the banks of all counties side by side.

    Yields at each delivery day one delivery a bank, with the books as of that evening.
    """
    calendar = banks[0].calendar
    stories = [_Story(bank) for bank in banks]
    wanted = set(calendar.deliveries)
    for day in range(calendar.first_day, calendar.last_day + 1):
        begun = [story.begin_day(day) for story in stories]
        crossings = cross_counties(banks, [rows for rows, _ in begun], day, seed)
        settled = {id(story.bank): story.end_day(day, *work) for story, work in zip(stories, begun, strict=True)}
        crossings = [with_serials(found, settled[id(found.home)]) for found in crossings]
        for story in stories:
            story.take_in(crossings)
        if day in wanted:
            yield [story.hand_over(day) for story in stories]
