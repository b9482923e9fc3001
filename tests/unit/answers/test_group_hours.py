"""When a group's customers come, against a pencil: weekdays, hours, months, other numbers of a person, reversals, and everybody beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from drawn_version import published

from maisui.answers import Selection, rule_of
from maisui.answers.group_hours import Hours, all_hours, customers_by_hour, group_hours
from maisui.warehouse.reader import Reader

DAY = date(2026, 6, 30)
ONE, BOTH = Selection(frozen=("P1",)), Selection(frozen=("P1", "P3"))
TABLES = {
    "customer_fact_month": """
        customer_number | business_date | organisation_code | customer_kind
        ----------------+---------------+-------------------+--------------
        P1              | 2026-06-30    | B1                | personal
        P3              | 2026-06-30    | B2                | personal
        P9              | 2026-06-30    | none              | unknown
    """,
    "customer": """
        customer_number | person_customer_number | customer_kind | home_organisation_code
        ----------------+------------------------+---------------+-----------------------
        P1              | P1                     | personal      | B1
        M1              | P1                     | personal      | B1
        P3              | P3                     | personal      | B2
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B1                | B1
        B2                | B2
    """,
    # 2026-06-01 was a Monday; T4 is the bank's own, T5 takes T7 back, T8 and T9 take each other back, T6 lies before the three months.
    "account_transaction": """
        transaction_number | account_kind | account_number | customer_number | posted_on  | posted_time | amount | transaction_type | channel_code | is_reversal | is_bank_initiated
        -------------------+--------------+----------------+-----------------+------------+-------------+--------+------------------+--------------+-------------+------------------
        T1                 | deposit      | D1             | P1              | 2026-06-01 | 083000      | 10.00  | purchase         | pos          | no          | no
        T2                 | deposit      | D2             | M1              | 2026-06-02 | 130500      | 20.00  | transfer         | counter      | no          | no
        T3                 | deposit      | D3             | P3              | 2026-06-03 |             | 5.00   | transfer         | counter      | no          | no
        T4                 | deposit      | D1             | P1              | 2026-06-21 | 000100      | 1.00   | interest         | other        | no          | yes
        T5                 | deposit      | D1             | P1              | 2026-06-22 | 100000      | 7.00   | transfer         | counter      | yes         | no
        T6                 | deposit      | D1             | P1              | 2026-03-31 | 100000      | 9.00   | transfer         | counter      | no          | no
        T7                 | deposit      | D1             | P1              | 2026-06-15 | 103000      | 7.00   | transfer         | counter      | no          | no
        T8                 | deposit      | D1             | P1              | 2026-06-16 | 103000      | 3.00   | transfer         | counter      | yes         | no
        T9                 | deposit      | D1             | P1              | 2026-06-16 | 104000      | 3.00   | transfer         | counter      | yes         | no
        V1                 | deposit      | D9             | P9              | 2026-06-04 | 091500      | 6.00   | cash_deposit     | counter      | no          | no
        U1                 | loan         | L1             | P1              | 2026-06-01 | 083000      | 99.00  | loan_principal   | counter      | no          | no
    """,
    "reversal": """
        transaction_number | account_number | counts_as | is_event
        -------------------+----------------+-----------+---------
        T5                 | D1             | -1        | yes
        T8                 | D1             | 0         | no
        T9                 | D1             | 0         | yes
    """,
    "channel_hour_month": """
        organisation_code | customer_kind | tier_code | channel_code | transaction_type | weekday_code | hour_code | business_date | transaction_count | transaction_amount
        ------------------+---------------+-----------+--------------+------------------+--------------+-----------+---------------+-------------------+-------------------
        B1                | personal      | ordinary  | pos          | purchase         | 1            | 08        | 2026-06-30    | 1                 | 10.00
        B1                | personal      | gold      | pos          | purchase         | 1            | 08        | 2026-06-30    | 2                 | 4.00
        B2                | personal      | ordinary  | counter      | transfer         | 3            | none      | 2026-06-30    | 1                 | 5.00
        B1                | personal      | ordinary  | counter      | transfer         | 2            | 10        | 2026-03-31    | 1                 | 9.00
    """,
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("hours"), date(2026, 3, 1), DAY, **TABLES) as found:
        yield found


def squares(hours: Hours) -> dict[tuple[str, str, str, str], tuple[int, Decimal]]:
    """Return count and amount by weekday, hour, channel and content, without those that come to nothing."""
    return {(one.weekday, one.hour, one.channel, one.content): (one.count, one.amount) for one in hours.lines if one.count or one.amount}


def test_a_person_comes_under_all_his_numbers_and_what_is_taken_back_comes_to_nothing(reader: Reader) -> None:
    found = group_hours(reader, ONE, None, 1)
    assert squares(found) == {
        ("1", "08", "pos", "purchase"): (1, Decimal("10.00")),
        ("2", "13", "counter", "transfer"): (1, Decimal("20.00")),
    }
    assert (found.first_day, found.day) == (date(2026, 6, 1), DAY)


def test_longer_spans_reach_to_the_beginning_of_the_history(reader: Reader) -> None:
    assert ("2", "10", "counter", "transfer") not in squares(group_hours(reader, ONE, None, 3))
    found = group_hours(reader, ONE, None, 12)
    assert squares(found)["2", "10", "counter", "transfer"] == (1, Decimal("9.00"))
    assert found.first_day == date(2026, 3, 1)


def test_a_group_is_asked_within_organisations_and_no_time_is_an_hour_of_its_own(reader: Reader) -> None:
    assert squares(group_hours(reader, BOTH, ("B2",), 1)) == {("3", "none", "counter", "transfer"): (1, Decimal("5.00"))}
    assert squares(group_hours(reader, BOTH, (), 1)) == {}


def test_whom_no_file_of_customers_names_comes_all_the_same(reader: Reader) -> None:
    """P9 is known from his account alone: he did it at the counter, on a Thursday at nine."""
    did = rule_of({"id": "r", "join": "all", "of": [{"id": "c1", "field": "channel", "is": "did", "value": "counter", "days": 30}]})
    found = group_hours(reader, Selection(did), None, 1)
    assert squares(found)["4", "09", "counter", "cash_deposit"] == (1, Decimal("6.00"))


def test_everybody_is_what_is_published_of_accounts_within_organisations(reader: Reader) -> None:
    assert squares(all_hours(reader, ("B1",), 1)) == {("1", "08", "pos", "purchase"): (3, Decimal("14.00"))}
    assert set(squares(all_hours(reader, None, 12))) == {
        ("1", "08", "pos", "purchase"),
        ("3", "none", "counter", "transfer"),
        ("2", "10", "counter", "transfer"),
    }


def test_customers_of_a_square_are_counted_once(reader: Reader) -> None:
    found = customers_by_hour(reader, BOTH, None, 1)
    assert found["1", "08"] == 1
    assert found["3", "none"] == 1
    assert sum(found.values()) == 4, "Monday at eight and at ten, Tuesday at one, Wednesday without a time"
