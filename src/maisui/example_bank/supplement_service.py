"""What customers say and wait for: complaints, consents and the tickets of the queue."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import Channel, Kind
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import NO_DAY, day_number, day_text, second_text
from maisui.example_bank.loan_book import UNUSED
from maisui.example_bank.randomness import stream
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yes_no

_COMPLAINTS_A_MONTH = 0.0006
_COMPLAINT_KINDS = ("服务态度", "等候时间", "收费争议", "贷款业务", "代销业务", "信用卡业务", "自助设备")
_INTAKES = ("客服热线", "网点", "监管转办", "手机银行")
_CONSENTS_FROM = day_number(2021, 11, 1)
_PURPOSES = ("营销", "个性化推荐", "共享", "征信查询")
_GIVEN = ((0, 0.66), (1, 0.34), (2, 0.08))
_WITHDRAWN = 0.06
_TICKETS_FROM = day_number(2026, 9, 1)
_OPENS = 8 * 3600 + 1200


def _if_given(given: np.ndarray, text: ArrowText) -> ArrowText:
    """The text where it is given, nothing elsewhere."""
    return pc.call_function("if_else", [pa.array(given), text, pa.scalar("")])


class Complaints:
    """Every complaint of the story, drawn once; delivered when it comes in and again when it is settled."""

    def __init__(self, bank: Bank) -> None:
        """Draw who complains, when and about whom."""
        calendar, people, staff = bank.calendar, bank.population, bank.staff
        rng = stream(bank.seed, "complaints")
        months = (calendar.last_day - calendar.first_day + 1) // 30
        count = months * max(2, int(people.count * _COMPLAINTS_A_MONTH))
        self._bank = bank
        self._received = np.sort(rng.integers(calendar.first_day, calendar.last_day + 1, count))
        known = np.searchsorted(people.joined[: people.persons], self._received)
        self._customer = (rng.random(count) * known).astype(np.int64)
        org = people.org[self._customer].astype(np.int64)
        self._org = bank.closing.handled_at(org, 0)
        moved = self._received >= bank.closing.day
        self._org = np.where(moved, bank.closing.handled_at(org, bank.closing.day), self._org)
        self._employee = staff.teller_employee[staff.counter_tellers(self._org, rng.integers(0, 99, count))]
        self._names_customer, self._names_employee = rng.random(count) < 0.85, rng.random(count) < 0.4
        self._kind, self._intake = rng.integers(0, len(_COMPLAINT_KINDS), count), rng.integers(0, len(_INTAKES), count)
        self._settled = self._received + np.minimum(1 + np.exp(1.4 + 0.7 * rng.standard_normal(count)).astype(np.int64), 60)
        self._withdrawn, self._justified = rng.random(count) < 0.05, rng.random(count) < 0.35
        self._handed_over = calendar.first_day - 1

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the complaints received or settled since the last month's end."""
        since, self._handed_over = self._handed_over, day
        fresh = (self._received > since) & (self._received <= day)
        due = np.flatnonzero(fresh | ((self._settled > since) & (self._settled <= day)))
        if not len(due):
            return
        bank = self._bank
        settled = self._settled[due] <= day
        ended = settled & ~self._withdrawn[due]
        customers = bank.population.numbers.take(pa.array(self._customer[due]))
        folder.write("complaint", day, {
            "complaint_number": glued("TS", number_text(due + 1, 8)),
            "received_on": day_text(self._received[due]),
            "organisation_code": word_text(bank.organisations.codes, self._org[due]),
            "customer_number": _if_given(self._names_customer[due], customers),
            "employee_number": _if_given(self._names_employee[due], word_text(bank.staff.numbers, self._employee[due])),
            "intake_channel_type": word_text(_INTAKES, self._intake[due]),
            "complaint_type": word_text(_COMPLAINT_KINDS, self._kind[due]),
            "complaint_status": word_text(("处理中", "已办结", "已撤回"), np.where(settled, np.where(self._withdrawn[due], 2, 1), 0)),
            "is_justified": _if_given(ended, yes_no(self._justified[due])),
            "settled_on": day_text(np.where(settled, self._settled[due], NO_DAY)),
        })  # fmt: skip


class Consents:
    """Who has agreed to what, who has taken it back, and the enquiry to which each borrower agreed."""

    def __init__(self, bank: Bank) -> None:
        """Draw every consent of persons once; those of borrowers follow from their loans."""
        people = bank.population
        rng = stream(bank.seed, "consents")
        draw, delay = rng.random((people.persons, 3)), rng.integers(0, 900, people.persons)
        asked = np.maximum(people.joined[: people.persons].astype(np.int64), 0)
        asked = np.where(asked > _CONSENTS_FROM, asked, _CONSENTS_FROM + delay)
        parts = [(np.flatnonzero(draw[:, place] < share), place) for place, share in _GIVEN]
        customer = np.concatenate([who for who, _ in parts])
        purpose = np.concatenate([np.full(len(who), place) for who, place in parts])
        given = asked[customer]
        back = np.flatnonzero(rng.random(len(customer)) < _WITHDRAWN)
        self._bank = bank
        self._customer = np.r_[customer, customer[back]]
        self._purpose = np.r_[purpose, purpose[back]]
        self._day = np.r_[given, given[back] + rng.integers(30, 900, len(back))]
        self._is_back = np.arange(len(self._customer)) >= len(customer)
        self._handed_over = NO_DAY

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write what was given or taken back since the last month's end."""
        since, self._handed_over = self._handed_over, day
        due = np.flatnonzero((self._day > since) & (self._day <= day))
        book = self._bank.loans
        used = slice(0, book.count)
        loans = np.flatnonzero((book.status[used] != UNUSED) & (book.started[used] > since) & (book.started[used] <= day))
        customer = np.r_[self._customer[due], book.customer[loans].astype(np.int64)]
        if not len(customer):
            return
        nothing = np.full(len(due), NO_DAY)
        people, size = self._bank.population, len(loans)
        number = np.r_[np.ones(len(due), np.int64), loans + 1]
        folder.write("consent", day, {
            "customer_number": people.numbers.take(pa.array(customer)),
            "consent_purpose_code": word_text(_PURPOSES, np.r_[self._purpose[due], np.full(size, 3)]),
            "effective_from": day_text(np.r_[self._day[due], book.started[loans].astype(np.int64)]),
            "consent_number": number_text(number),
            "consent_status": word_text(("同意", "撤回"), np.r_[self._is_back[due], np.zeros(size, bool)].astype(np.int64)),
            "organisation_code": word_text(self._bank.organisations.codes, people.org[customer]),
            "consent_version_code": word_text(("2021A", "2024B"), (np.r_[self._day[due], book.started[loans]] >= day_number(2024, 3, 1))),
            "collection_channel_type": word_text(("柜面", "手机银行"), np.r_[self._customer[due] % 2, np.zeros(size, np.int64)]),
            "expires_on": day_text(np.r_[nothing, book.matures[loans].astype(np.int64)]),
        })  # fmt: skip


class QueueTickets:
    """The tickets of the queue in the last two months: one for each customer who came to a counter, and some who left."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose outlets have queues."""
        self._bank = bank

    def write(self, folder: SupplementFolder, delivery: Delivery) -> None:
        """Write the tickets taken since the last delivery."""
        days = [movements for movements in delivery.deposit_movements if len(movements) and int(movements.day[0]) >= _TICKETS_FROM]
        parts = [part for part in map(self._of_day, days) if part is not None]
        if parts:
            folder.write("queue_ticket", delivery.day, {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]})

    def _of_day(self, movements: Movements) -> dict[str, ArrowText] | None:
        """Tickets of one day, in the order in which they were taken."""
        bank, day = self._bank, int(movements.day[0])
        at = np.flatnonzero((movements.channel == Channel.COUNTER) & ~movements.reversal)
        if not len(at):
            return None
        customer = bank.deposits.customer[movements.account[at]].astype(np.int64)
        key = movements.handling[at].astype(np.int64) * bank.population.count + customer
        visits, first, where = np.unique(key, return_index=True, return_inverse=True)
        begins, ends = np.full(len(visits), 86_400), np.zeros(len(visits), np.int64)
        np.minimum.at(begins, where, movements.second[at])
        np.maximum.at(ends, where, movements.second[at])
        rng, count = stream(bank.seed, "queue", day), len(visits)
        wait = np.minimum(np.exp(6.1 + 0.8 * rng.standard_normal(count)).astype(np.int64), 5_400)
        called = np.maximum(begins - rng.integers(30, 240, count), _OPENS + 5)
        taken = np.maximum(called - wait, _OPENS)
        finished = np.maximum(ends, called) + rng.integers(20, 200, count)
        rating = rng.random(count)
        lost = np.flatnonzero(rng.random(count) < 0.07)
        row = np.r_[np.arange(count), lost]
        is_lost = np.arange(len(row)) >= count
        taken = np.where(is_lost, np.maximum(taken[row] - 90, _OPENS), taken[row])
        order = np.lexsort((row, taken))
        row, posting = row[order], at[first][row[order]]
        return self._columns({
            "org": visits[row] // bank.population.count, "customer": visits[row] % bank.population.count, "taken": taken[order],
            "called": called[row], "finished": finished[row], "rating": rating[row], "is_lost": is_lost[order],
            "teller": movements.teller[posting].astype(np.int64), "kind": movements.kind[posting], "day": movements.day[posting],
        })  # fmt: skip

    def _columns(self, tickets: dict[str, np.ndarray]) -> dict[str, ArrowText]:
        """Columns of the feed; nobody called a ticket whose holder left."""
        bank, org, customer = self._bank, tickets["org"], tickets["customer"]
        cash = np.isin(tickets["kind"], (Kind.WITHDRAW, Kind.DEPOSIT))
        service = np.where(customer >= bank.population.persons, 2, np.where(cash, 0, 1))
        served, rating, teller = ~tickets["is_lost"], tickets["rating"], tickets["teller"]
        number = np.zeros(len(org), np.int64)
        for outlet in np.unique(org).tolist():
            mine = org == outlet
            number[mine] = np.arange(1, int(mine.sum()) + 1)
        spoken = np.select([~served, rating < 0.40, rating < 0.97, rating < 0.99], [0, 0, 1, 2], 3)
        return {
            "organisation_code": word_text(bank.organisations.codes, org),
            "taken_on": day_text(tickets["day"]),
            "ticket_number": glued(word_text(("A", "B", "C"), service), number_text(number, 3)),
            "taken_time": second_text(tickets["taken"]),
            "called_time": _if_given(served, second_text(tickets["called"])),
            "finished_time": _if_given(served, second_text(tickets["finished"])),
            "counter_code": _if_given(served, number_text(teller % 4 + 1, 2)),
            "teller_number": _if_given(served, word_text(bank.staff.teller_codes, teller)),
            "customer_number": _if_given(served, bank.population.numbers.take(pa.array(customer))),
            "service_type": word_text(("个人现金", "个人非现金", "对公"), service),
            "rating_type": word_text(("", "满意", "一般", "不满意"), spoken),
        }
