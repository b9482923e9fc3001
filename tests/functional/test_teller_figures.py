"""Figures of every teller of the example bank, recomputed from the delivered files in plain Python: journal, rates, attendance, register, queue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from functional.test_risk_figures import supplement

from maisui.answers import journal_profile
from maisui.answers.teller_quality import Corrections, QueueLoad, queue_load, teller_corrections
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

if TYPE_CHECKING:
    from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

MONTHS = ((date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31)))
POSTINGS = {
    "GRCKFHZMX": {"account": 11, "side": 14, "day": 15, "time": 16, "amount": 18, "reversal": 26, "cash": 27, "teller": 34},
    "DGCKFHZMX": {"account": 9, "side": 12, "day": 13, "time": 14, "amount": 16, "reversal": 24, "cash": 25, "teller": 29},
    "GRXDFHZMX": {"account": 11, "side": 16, "day": 13, "time": 14, "amount": 18, "reversal": 26, "cash": 32, "teller": 30},
    "DGXDFHZMX": {"account": 9, "side": 14, "day": 11, "time": 12, "amount": 16, "reversal": 24, "cash": 27, "teller": 25},
}
"""Positions of fields in the lines of 404, 406, 410 and 412; the first is the number of the transaction."""
SMALL = Decimal(10_000)
LONGEST_BACK = timedelta(days=31)


def day_of(text: str) -> date:
    """Return a compact day as a date."""
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")


@dataclass(frozen=True)
class Posting:
    """One posting of a delivered file: what changes is positive on the credit side, of loans as well, since only opposites count."""

    number: str
    account: str
    day: date
    time: str
    change: Decimal
    is_cash: bool
    is_reversal: bool
    teller: str

    @property
    def place(self) -> tuple[date, str, str]:
        """Return when it was posted, in order."""
        return self.day, self.time, self.number


@cache
def postings(demo: Demo) -> tuple[Posting, ...]:
    """Return the postings of September and October."""
    found: dict[tuple[str, str], Posting] = {}
    for table, at in POSTINGS.items():
        for file_day in demo.days(table):
            if file_day < "20260801":
                continue
            for line in demo.lines(table, file_day):
                amount = Decimal(line[at["amount"]])
                found[line[at["account"]], line[0]] = Posting(
                    line[0],
                    line[at["account"]],
                    day_of(line[at["day"]]),
                    line[at["time"]],
                    amount if line[at["side"]] == "贷" else -amount,
                    line[at["cash"]] == "现",
                    line[at["reversal"]] != "正常",
                    line[at["teller"]],
                )
    return tuple(found.values())


@cache
def employees(demo: Demo) -> dict[str, str]:
    """Return for each employee number the one that stands for the person: of those under one certificate the first that was reported."""
    certificates: dict[str, str] = {}
    for day in demo.days("YGB"):
        for line in sorted(demo.lines("YGB", day), key=lambda line: line[3]):
            certificates.setdefault(line[3], line[7])
    first: dict[str, str] = {}
    for employee, certificate in certificates.items():
        first.setdefault(certificate, employee)
    return {employee: first[certificate] for employee, certificate in certificates.items()}


@cache
def people(demo: Demo) -> dict[str, str]:
    """Return whose each teller number is, by the employee number in the file of tellers; a virtual teller is himself."""
    numbers = employees(demo)
    tellers = {line[3]: line[4] for day in demo.days("GYB") for line in demo.lines("GYB", day)}
    return {teller: numbers[employee] if employee else teller for teller, employee in tellers.items()}


def journal(demo: Demo, first: date, last: date) -> Iterator[dict[str, str]]:
    """Yield the lines of the journal from `first` to `last`."""
    return (row for row in supplement(demo, "teller_journal") if first <= day_of(row["handled_on"]) <= last)


def rates(demo: Demo) -> dict[str, list[tuple[date, str, Decimal]]]:
    """Return for each code the rates of the last file: first day, day after the last, and the rate."""
    (path, *_) = sorted((demo.home / "inbox" / "supplement").glob("*-workload_rate-*.csv"), reverse=True)
    found: dict[str, list[tuple[date, str, Decimal]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        code, rate, begins, ends = (field.strip('"') for field in line.split(","))
        found[code].append((day_of(begins), ends or "99991231", Decimal(rate)))
    return found


def summed(pairs: Iterable[tuple[str, Decimal | int]]) -> dict[str, Decimal]:
    """Return the sum for each person."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for person, value in pairs:
        found[person] += value
    return dict(found)


def said(demo: Demo, metric: str, last: date) -> dict[str, Decimal]:
    """Return what the command line says of each person; whoever has nothing is left out."""
    found = demo.values(metric, "person", "--date", str(last))
    return {person: Decimal(value) for person, value in found.items() if Decimal(value or 0)}


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_what_tellers_handled_checked_and_authorised_is_what_the_journal_says(demo: Demo, first: date, last: date) -> None:
    """Every person with a line of the journal: handled, checked and authorised apart; converted by the rate of the code on the day."""
    of, lines, by_code = people(demo), list(journal(demo, first, last)), rates(demo)

    def converted(row: dict[str, str]) -> Decimal:
        on = row["handled_on"]
        return next((rate for begins, ends, rate in by_code[row["transaction_code"]] if begins <= day_of(on) and on < ends), Decimal(0))

    handled = summed((of[row["teller_number"]], 1) for row in lines)
    assert len(handled) >= 10
    assert said(demo, "teller_transaction_count", last) == handled
    assert said(demo, "teller_converted_workload", last) == summed((of[row["teller_number"]], converted(row)) for row in lines)
    for column, metric in (("checker_number", "teller_checked_count"), ("authoriser_number", "teller_authorised_count")):
        assert said(demo, metric, last) == summed((of[row[column]], 1) for row in lines if row[column])


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_days_on_duty_and_errors_are_those_of_attendance_and_the_register(demo: Demo, first: date, last: date) -> None:
    of, numbers = people(demo), employees(demo)
    tellers = set(of.values()) & set(numbers.values())
    duty = summed(
        (numbers[row["employee_number"]], 1)
        for row in supplement(demo, "attendance")
        if first <= day_of(row["worked_on"]) <= last and row["attendance_status"] == "出勤" and numbers[row["employee_number"]] in tellers
    )
    assert len(duty) >= 10
    assert said(demo, "teller_duty_day_count", last) == duty
    workload = said(demo, "teller_converted_workload", last)
    paces = {
        person: (load / duty[person]).quantize(Decimal("0.01"), ROUND_HALF_UP) for person, load in workload.items() if duty.get(person)
    }
    assert said(demo, "teller_workload_per_duty_day", last) == paces
    errors = summed((of[row["teller_number"]], 1) for row in supplement(demo, "staff_error") if first <= day_of(row["occurred_on"]) <= last)
    handled = summed((of[row["teller_number"]], 1) for row in journal(demo, first, last))
    assert said(demo, "teller_error_rate", last) == {
        person: (count / handled[person]).quantize(Decimal("0.000001"), ROUND_HALF_UP) for person, count in errors.items()
    }


@pytest.mark.parametrize(("first", "last"), MONTHS)
def test_a_tellers_page_is_made_of_his_journal_his_postings_and_the_queue(demo: Demo, first: date, last: date) -> None:
    """Cash, small business, hours, what was taken back, and peaks of the queue, for every teller number that handled anything."""
    lines = list(journal(demo, first, last))
    cash = {(posting.number, posting.day) for posting in postings(demo) if posting.is_cash}
    taken = taken_back(demo)
    home, tellers = open_home(demo.home), sorted({row["teller_number"] for row in lines})
    assert len(tellers) >= 10
    with open_reader(home.versions, home.parts) as reader:
        for teller in tellers:
            his = [row for row in lines if row["teller_number"] == teller]
            profile = journal_profile(reader, (teller,), first, last, None)
            amounts = [Decimal(row["journal_amount"]) for row in his if row["journal_amount"]]
            assert (profile.total_count, profile.financial_count) == (len(his), len(amounts))
            assert profile.cash_count == sum((row["transaction_number"], day_of(row["handled_on"])) in cash for row in his), teller
            assert profile.small_count == sum(amount <= SMALL for amount in amounts)
            assert dict(profile.hours) == Counter(int(row["handled_time"][:2]) for row in his)
            assert teller_corrections(reader, (teller,), first, last, None) == corrections(demo, teller, first, last, taken), teller
            assert_queue(demo, queue_load(reader, (teller,), first, last), teller, first, last)


def taken_back(demo: Demo) -> dict[Posting, Posting]:
    """Return what each reversal takes back: the nearest earlier opposite one of its account within 31 days.

    Of two flagged postings of one account, day and size the first is an original.
    """
    accounts: dict[tuple[str, Decimal], list[Posting]] = defaultdict(list)
    for posting in postings(demo):
        accounts[posting.account, abs(posting.change)].append(posting)
    found: dict[Posting, Posting] = {}
    for (_, size), same in accounts.items():
        flagged = [posting for posting in same if posting.is_reversal and size]
        takers = [one for one in flagged if not any(o.day == one.day and o.change == -one.change and o.place > one.place for o in flagged)]
        for one in takers:
            earlier = [o for o in same if o.change == -one.change and o.place < one.place and o.day >= one.day - LONGEST_BACK]
            if earlier:
                found[one] = max((o for o in earlier if o not in takers), key=lambda o: o.place)
    return found


def corrections(demo: Demo, teller: str, first: date, last: date, taken: dict[Posting, Posting]) -> Corrections:
    """Return what became of a teller's postings of a month."""
    own = [posting for posting in postings(demo) if posting.teller == teller and first <= posting.day <= last and posting not in taken]
    takers = {original: taker for taker, original in taken.items()}
    ended = [(posting, takers[posting]) for posting in own if posting in takers]
    cash = [posting for posting in own if posting.is_cash]
    return Corrections(
        len(own),
        sum(taker.teller == teller and taker.day == posting.day for posting, taker in ended),
        sum(taker.teller == teller and taker.day > posting.day for posting, taker in ended),
        sum(taker.teller != teller for _, taker in ended),
        len(cash),
        sum(abs(posting.change) <= SMALL for posting in cash),
    )


def assert_queue(demo: Demo, load: QueueLoad | None, teller: str, first: date, last: date) -> None:
    """Hold the peaks of the queue against the tickets of the outlets at which he called somebody."""
    tickets = [row for row in supplement(demo, "queue_ticket") if first <= day_of(row["taken_on"]) <= last]
    places = {row["organisation_code"] for row in tickets if row["teller_number"] == teller}
    there = [row for row in tickets if row["organisation_code"] in places]
    hours = Counter(row["taken_time"][:2] for row in there)
    if not there:
        assert load is None
        return
    peaks = {hour for hour, count in hours.items() if count * len(hours) > len(there)}
    in_peaks = [row for row in there if row["taken_time"][:2] in peaks]
    waits = [seconds(row["called_time"]) - seconds(row["taken_time"]) for row in in_peaks if row["called_time"] >= row["taken_time"]]
    assert load is not None
    assert (set(load.hours), load.ticket_count, load.peak_ticket_count) == (peaks, len(there), len(in_peaks))
    assert load.own_count == sum(row["teller_number"] == teller for row in there)
    assert load.own_peak_count == sum(row["teller_number"] == teller for row in in_peaks)
    assert load.peak_wait_seconds == Decimal(sum(waits)) / len(waits)


def seconds(clock: str) -> int:
    """Return the seconds since midnight of HHMMSS."""
    return int(clock[:2]) * 3600 + int(clock[2:4]) * 60 + int(clock[4:])
