"""Lists of customers by channel and terminals one by one: SQL against plain Python on drawn rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers import ChannelList, ChannelListQuery
from maisui.answers.channel_customers import channel_migration, list_channel_customers, migration_cells, quarter_start
from maisui.answers.terminals import terminals

CHANNELS = ("counter", "atm", "mobile_bank", "internet_bank", "none")
DAY, SINCE, BEFORE = date(2026, 6, 30), date(2026, 4, 1), date(2026, 1, 1)


def drawn(head: str, rows: list[tuple[object, ...]]) -> str:
    return "\n".join([head, "-+-".join("---" for _ in head.split("|")), *(" | ".join(str(cell) for cell in row) for row in rows)])


def people(count: int) -> dict[str, str]:
    """C0…; every fifth is another number of the one before him; homes alternate, every seventh is a firm."""
    rows = [
        (f"C{one}", f"C{one - 1 if one % 5 == 4 else one}", "corporate" if one % 7 == 6 else "personal", f"B{one % 2}")
        for one in range(count)
    ]
    return {
        "customer": drawn("customer_number | person_customer_number | customer_kind | home_organisation_code", rows),
        "organisation_closure": drawn("organisation_code | ancestor_code", [("B0", "B0"), ("B1", "B1")]),
    }


def used_rows(count: int) -> list[tuple[str, str, date, str, str, int]]:
    """Distinct uses: customer, channel, month, home outlet, kind, number."""
    chance, found = random.Random(7), {}
    for _ in range(count * 9):
        one = chance.randrange(count)
        month = date(2025 + chance.randrange(2), chance.randrange(1, 13), 1)
        if month <= DAY:
            kind = "corporate" if one % 7 == 6 else "personal"
            found[f"C{one}", chance.choice(CHANNELS), month] = (f"B{chance.randrange(2)}", kind, chance.randrange(1, 6))
    return [(customer, channel, month, *rest) for (customer, channel, month), rest in sorted(found.items())]


def person_of(number: str) -> str:
    one = int(number[1:])
    return f"C{one - 1}" if one % 5 == 4 else number


def main_channels(rows: list[tuple[str, str, date, str, str, int]], first: date, last: date) -> dict[str, tuple[str, int, int]]:
    """Each person's main channel between two months, its uses and all his uses: a known one first, of equals the counter, then by name."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for customer, channel, month, _, _, number in rows:
        if first <= month <= last:
            counts[person_of(customer)][channel] += number
    return {
        person: (
            *min(
                ((channel, number) for channel, number in found.items()),
                key=lambda one: (one[0] == "none", -one[1], one[0] != "counter", one[0]),
            ),
            sum(found.values()),
        )
        for person, found in counts.items()
    }


def test_main_channels_and_the_counter_list_equal_plain_python(bank) -> None:
    rows = used_rows(60)
    months = drawn(
        "customer_number | channel_code | month_start | organisation_code | customer_kind | transaction_count | business_date",
        [(*row, row[2]) for row in rows],
    )
    bank.draw(customer_channel_month=months, **people(60))
    now, before = main_channels(rows, SINCE, DAY), main_channels(rows, BEFORE, SINCE - timedelta(days=1))
    moved = Counter((before.get(one, ("unused",))[0], now.get(one, ("unused",))[0]) for one in now.keys() | before.keys())
    reader = bank.version.reader
    cells = migration_cells(reader, DAY)
    assert channel_migration(cells, None) == moved
    parts = [Counter(channel_migration(cells, {outlet})) for outlet in ("B0", "B1")]
    assert parts[0] + parts[1] == moved
    assert parts[0]
    assert parts[1]
    assert (quarter_start(DAY), quarter_start(DAY, 1)) == (SINCE, BEFORE)
    electronic = {person_of(row[0]) for row in rows if row[2] >= SINCE and row[1] in ("mobile_bank", "internet_bank")}
    last: dict[str, tuple[date, str, str]] = {}
    for customer, _, month, outlet, kind, _ in rows:
        if month >= SINCE:
            person = person_of(customer)
            known = last.get(person)
            if known is None or month > known[0] or (month == known[0] and outlet < known[1]):
                last[person] = (month, outlet, kind)
    wanted = {
        person: (number, whole)
        for person, (channel, number, whole) in now.items()
        if channel == "counter" and person not in electronic and last[person][2] == "personal"
    }
    found = list_channel_customers(reader, ChannelListQuery(ChannelList.COUNTER))
    assert {row.customer_number: (row.use_count, row.all_count) for row in found.rows} == wanted
    assert len(wanted) == found.total_count > 3
    for outlet in ("B0", "B1"):  # many were at home at both: all they did counts where they are at home last
        ours = list_channel_customers(reader, ChannelListQuery(ChannelList.COUNTER, (outlet,)))
        assert {row.customer_number: (row.use_count, row.all_count) for row in ours.rows} == {
            person: told for person, told in wanted.items() if last[person][1] == outlet
        }


def test_who_is_at_the_counter_as_often_as_elsewhere_could_move(bank) -> None:
    """C0: two and two at the machine. C1: one of two, three at the machine. C2: salaries without a channel beside one visit.
    C3: as C0 but with the mobile bank. C5: as often by telephone."""
    uses = {
        "C0": (("counter", 2), ("atm", 2)),
        "C1": (("counter", 2), ("atm", 3)),
        "C2": (("none", 3), ("counter", 1)),
        "C3": (("counter", 2), ("atm", 2), ("mobile_bank", 1)),
        "C5": (("counter", 1), ("telephone_bank", 1)),
        "C7": (("none", 2),),
    }
    months = drawn(
        "customer_number | channel_code | month_start | organisation_code | customer_kind | transaction_count | business_date",
        [(who, channel, DAY.replace(day=1), "B0", "personal", number, DAY) for who, found in uses.items() for channel, number in found],
    )
    bank.draw(customer_channel_month=months, **people(9))
    found = list_channel_customers(bank.version.reader, ChannelListQuery(ChannelList.COUNTER))
    assert [(row.customer_number, row.use_count, row.all_count) for row in found.rows] == [("C0", 2, 4), ("C2", 1, 4), ("C5", 1, 2)]
    moved = channel_migration(migration_cells(bank.version.reader, DAY), None)
    assert moved == {("unused", "counter"): 4, ("unused", "atm"): 1, ("unused", "none"): 1}


def test_users_of_others_machines_equal_plain_python(bank) -> None:
    chance = random.Random(11)
    rows = [
        (
            f"N{number}",
            DAY - timedelta(days=chance.randrange(120)),
            f"C{chance.randrange(20)}",
            chance.choice(("own_at_own", "issued_used_elsewhere", "acquiring_for_others")),
            chance.choice(("402", "313")),
            chance.choice(("atm", "pos", "mobile_bank")),
            chance.choice(("cash_withdrawal", "enquiry", "purchase")),
            chance.choice(("yes", "yes", "no")),
        )
        for number in range(400)
    ]
    head = (
        "attempt_number | attempted_on | customer_number | agency_code | other_bank_code | channel_code | transaction_type | is_successful"
    )
    bank.draw(attempt_agency=drawn(head, rows), **people(20))
    uses: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in rows:
        counts = row[7] == "yes" and row[6] != "enquiry" and row[5] != "mobile_bank" and row[3] != "acquiring_for_others"
        if counts and SINCE <= row[1] <= DAY:
            uses[person_of(str(row[2]))].append(row)
    wanted = {}
    for person, found in uses.items():
        away = [row for row in found if row[3] == "issued_used_elsewhere"]
        if len(away) * 2 > len(found):
            banks = Counter(str(row[4]) for row in away)
            most = max(banks, key=lambda code: (banks[code], code))
            wanted[person] = (len(away), len(found), max(row[1] for row in away), most)
    listed = list_channel_customers(bank.version.reader, ChannelListQuery(ChannelList.ELSEWHERE))
    assert {row.customer_number: (row.use_count, row.all_count, row.last_on, row.other_bank_code) for row in listed.rows} == wanted
    assert len(wanted) > 3


def test_terminals_over_months_equal_plain_python(bank) -> None:
    """A month without a cost leaves the whole without one; outlet and band are those of the last month."""
    chance, ends = random.Random(3), (date(2026, 4, 30), date(2026, 5, 31), DAY)
    rows = []
    for number in range(12):
        for end in ends:
            uses = chance.randrange(0, 900)
            cost = "" if chance.random() < 0.1 else f"{chance.randrange(100, 3000)}.50"
            saved = "" if not cost else f"{uses}.25"
            rows.append((f"T{number:02d}", end, f"B{chance.randrange(2)}", "atm", chance.choice(("below", "first")), 30, uses % 30, uses,
                         f"{uses * 3}.00", f"{uses}.10", cost, "1.00", saved))  # fmt: skip
    head = (
        "terminal_number | business_date | organisation_code | channel_code | band_code | day_count | used_day_count | success_count | "
        "success_amount | fee_amount | cost_amount | unit_saving_amount | saved_amount"
    )
    bank.draw(terminal_month=drawn(head, rows), **people(1))
    found = terminals(bank.version.reader, None, date(2026, 5, 1), DAY)
    wanted = {}
    for number in {row[0] for row in rows}:
        mine = [row for row in rows if row[0] == number and row[1] >= date(2026, 5, 1)]
        costs = [Decimal(row[10]) for row in mine if row[10]]
        fees = sum(Decimal(row[9]) for row in mine)
        saved = [Decimal(row[12]) for row in mine if row[12]]
        whole = len(costs) == len(mine)
        net = fees + sum(saved) - sum(costs) if whole else None
        wanted[number] = (mine[-1][2], mine[-1][4], sum(row[7] for row in mine), sum(row[6] for row in mine), fees, net)
    assert {
        one.terminal_number: (one.organisation_code, one.band_code, one.success_count, one.used_day_count, one.fee_amount, one.net_amount)
        for one in found.terminals
    } == wanted
    nets = [one.net_amount for one in found.terminals if one.net_amount is not None]
    assert nets == sorted(nets)
    inside = terminals(bank.version.reader, "B1", DAY, DAY)
    assert {one.terminal_number for one in inside.terminals} == {row[0] for row in rows if row[1] == DAY and row[2] == "B1"}
