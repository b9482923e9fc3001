"""What became of a teller's postings, counted by hand: his own errors apart from what customers and colleagues took back; the queue's peaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from maisui.answers.teller_quality import Corrections, QueueLoad, queue_load, teller_corrections
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
MANIFEST = Manifest("v", "MINI01", LAST, FIRST, "", "", (), "", (), None, "", ())
# account, number, day, time, change, cash, reversal, teller, outlet
POSTINGS = [
    ("A1", "1", "2026-03-02", "090000", "500.00", True, False, "T1", "B1"),  # taken back by himself the same day: his error
    ("A1", "2", "2026-03-02", "090500", "-500.00", True, True, "T1", "B1"),
    ("A1", "3", "2026-03-02", "091000", "50000.00", True, False, "T1", "B1"),  # the right amount, stays; not small
    ("A2", "4", "2026-03-03", "100000", "-80.00", True, False, "T1", "B1"),  # taken back by a colleague
    ("A2", "5", "2026-03-03", "110000", "80.00", True, True, "T2", "B1"),
    ("A3", "6", "2026-03-04", "100000", "70.00", False, False, "T1", "B1"),  # taken back by himself two days later
    ("A3", "7", "2026-03-06", "100000", "-70.00", False, True, "T1", "B1"),
    ("A4", "8", "2026-03-05", "100000", "30.00", False, False, "T2", "B1"),  # a colleague's, which he takes back: no posting of his
    ("A4", "9", "2026-03-05", "100500", "-30.00", False, True, "T1", "B1"),
    ("A5", "10", "2026-03-05", "120000", "60.00", False, True, "T1", "B1"),  # both flagged: the first is his posting, taken back
    ("A5", "11", "2026-03-05", "120500", "-60.00", False, True, "T1", "B1"),
    ("A6", "12", "2026-03-09", "120000", "60.00", False, False, "T1", "B2"),  # in another outlet
    ("A7", "15", "2026-03-11", "090000", "40.00", True, False, "T1", "B1"),  # stays: the next one of this size is what is taken back
    ("A7", "16", "2026-03-11", "093000", "40.00", True, False, "T2", "B1"),
    ("A7", "17", "2026-03-11", "100000", "-40.00", True, True, "T1", "B1"),
    ("A8", "13", "2026-03-10", "120000", "12.00", True, False, "T8", "B1"),
    ("A8", "14", "2026-03-10", "121000", "11.00", True, False, "T8", "B1"),
]
CURRENCIES = {"A8": "USD"}
# outlet, day, taken, called, teller
TICKETS = [
    ("B1", "2026-03-02", "090000", "091000", "T1"),
    ("B1", "2026-03-02", "091500", "092000", "T2"),
    ("B1", "2026-03-02", "093000", None, None),
    ("B1", "2026-03-02", "140000", "140100", "T1"),
    ("B2", "2026-03-02", "100000", "100100", "T9"),
]


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = duckdb.connect()
    made.execute(
        "CREATE TABLE account_transaction (account_number TEXT, currency TEXT DEFAULT 'CNY', transaction_number TEXT, posted_on DATE, "
        "posted_time TEXT, balance_change DECIMAL(18,2), amount DECIMAL(18,2), is_cash BOOLEAN, is_reversal BOOLEAN, teller_number TEXT, "
        "handling_organisation_code TEXT)"
    )
    for account, number, day, time, change, cash, back, teller, outlet in POSTINGS:
        made.execute(
            "INSERT INTO account_transaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [account, CURRENCIES.get(account, "CNY"), number, day, time, Decimal(change), abs(Decimal(change)), cash, back, teller, outlet],
        )
    made.execute("CREATE TABLE organisation_closure (organisation_code TEXT, ancestor_code TEXT)")
    made.execute("INSERT INTO organisation_closure VALUES ('B1', 'B1'), ('B2', 'B2'), ('B1', 'B0'), ('B2', 'B0')")
    made.execute("CREATE TABLE queue_ticket (organisation_code TEXT, taken_on DATE, taken_time TEXT, called_time TEXT, teller_number TEXT)")
    made.execute("CREATE TABLE reversal (account_number TEXT, currency TEXT, transaction_number TEXT, is_event BOOLEAN)")
    for account, number, *_, back, _teller, _outlet in POSTINGS:
        if back:
            made.execute("INSERT INTO reversal VALUES (?, ?, ?, ?)", [account, CURRENCIES.get(account, "CNY"), number, number != "10"])
    made.execute("CREATE TABLE parameter (parameter_code TEXT, number_value DECIMAL(18,2), valid_from DATE, valid_until DATE)")
    made.execute(
        "INSERT INTO parameter VALUES ('small_transaction_limit', 50000, '2020-01-01', '2026-03-02'), "
        "('small_transaction_limit', 10000, '2026-03-02', '2026-03-03'), ('small_transaction_limit', 80, '2026-03-03', '2026-03-20'), "
        "('small_transaction_limit', 1, '2026-03-20', NULL)"
    )
    made.execute(
        "CREATE TABLE local_rate (currency TEXT, quoted_amount DECIMAL(18,2), exchange_rate DECIMAL(18,8), valid_from DATE, valid_until DATE)"
    )
    made.execute("INSERT INTO local_rate VALUES ('USD', 100, 700, '2026-01-01', NULL)")
    for ticket in TICKETS:
        made.execute("INSERT INTO queue_ticket VALUES (?, ?, ?, ?, ?)", list(ticket))
    with Reader(MANIFEST, made) as found:
        yield found


def test_what_he_took_back_himself_the_same_day_is_his_error_and_nothing_else(reader: Reader) -> None:
    """Postings 1, 3, 4, 6, 10, 12, 15; own errors 1 and 10; 6 later; 4 by a colleague; cash 1, 3, 4, 15, of which 1, 4, 15 are small.

    Small goes by the limit of the day: 10,000 on the 2nd, 80 on the 3rd, whatever it was before or becomes later.
    """
    found = teller_corrections(reader, ("T1",), FIRST, LAST, None)
    assert found == Corrections(7, 2, 1, 1, 4, 3)
    assert found.own_rate == Decimal(2) / 7
    assert found.separable_share == Decimal(3) / 4


def test_an_outlet_counts_what_was_handled_there(reader: Reader) -> None:
    assert teller_corrections(reader, ("T1",), FIRST, LAST, "B2") == Corrections(1, 0, 0, 0, 0, 0)
    assert teller_corrections(reader, ("T1",), date(2026, 3, 3), date(2026, 3, 3), "B0") == Corrections(1, 0, 0, 1, 1, 1)


def test_small_cash_in_a_foreign_currency_goes_by_what_it_is_worth(reader: Reader) -> None:
    """12 dollars are 84 yuan, more than 80; 11 are 77."""
    assert teller_corrections(reader, ("T8",), FIRST, LAST, None) == Corrections(2, 0, 0, 0, 2, 1)


def test_without_postings_there_is_no_rate(reader: Reader) -> None:
    nobody = teller_corrections(reader, ("T7",), FIRST, LAST, None)
    assert (nobody.own_rate, nobody.separable_share) == (None, None)


def test_a_peak_is_an_hour_with_more_tickets_than_the_average_one(reader: Reader) -> None:
    """09 has 3 of 4 tickets, 14 has 1: 2 an hour on average. Waited in the peak: 600 and 300 seconds, 450 each."""
    assert queue_load(reader, ("T1",), FIRST, LAST) == QueueLoad(("09",), 4, 3, 2, 1, Decimal(450))
    assert queue_load(reader, ("T7",), FIRST, LAST) is None
