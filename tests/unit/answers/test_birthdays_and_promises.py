"""Whose birthday it is soon, only with consent; and what came in of what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from circles_home import circles_home

from maisui.answers import Bank
from maisui.answers.birthdays import birthdays
from maisui.answers.managed_customers import managed_now
from maisui.answers.promised_payments import Promised, received_of
from maisui.warehouse.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Yield a reader of the drawn village: P1 was born on 2 July, P2 and P3 on 3 July; P2 withdrew his consent."""
    with Bank(circles_home()).reader() as found:
        yield found


def names(reader: Reader, today: date, manager: str = "M1") -> list[str]:
    return [party.customer_number for party in birthdays(reader, managed_now(reader, {manager}), today)]


def test_birthdays_of_a_manager_s_customers_who_agreed_to_marketing(reader: Reader) -> None:
    assert names(reader, date(2026, 7, 2)) == ["P1", "P3"]
    assert names(reader, date(2026, 7, 3)) == ["P3"]
    assert names(reader, date(2026, 6, 26)) == ["P1"]
    assert names(reader, date(2026, 6, 25)) == []
    assert names(reader, date(2026, 7, 2), "M2") == []


def test_a_customer_is_looked_after_under_each_number_of_his_and_of_his_manager(reader: Reader) -> None:
    """M1 has P1, P2, who has the number M2 too, and P3; P5 was his until June."""
    assert managed_now(reader, {"K9", "M1"}) == {"P1", "P2", "M2", "P3"}
    assert managed_now(reader, {"K9"}) == frozenset()


def promise(number: str, amount: str, first: date, last: date) -> Promised:
    return Promised(number, Decimal(amount), first, last)


def amounts(reader: Reader, *asked: Promised) -> list[Decimal | None]:
    return [one and one.amount for one in received_of(reader, asked)]


def test_payments_count_from_the_day_a_promise_was_written_to_the_day_promised(reader: Reader) -> None:
    """P4 paid 9.00 on 9 May, 30.00 on 10 May and 25.00 on 15 June."""
    may, june = date(2026, 5, 10), date(2026, 6, 15)
    assert amounts(reader, promise("P4", "80.00", may, date(2026, 6, 14))) == [Decimal("30.00")]
    assert amounts(reader, promise("P4", "80.00", may, june)) == [Decimal("55.00")]
    assert amounts(reader, promise("P1", "80.00", date(2026, 5, 1), june)) == [Decimal("0.00")]
    assert amounts(reader) == []


def test_a_payment_counts_once_for_the_promise_due_first(reader: Reader) -> None:
    """Of 55.00 the one due on 20 May takes the 30.00 of May; of the two due later the first takes its 20.00, the last what is left."""
    may = date(2026, 5, 10)
    asked = [
        promise("P4", "50.00", may, date(2026, 6, 30)),
        promise("P4", "40.00", may, date(2026, 5, 20)),
        promise("P4", "20.00", date(2026, 6, 1), date(2026, 6, 15)),
    ]
    assert amounts(reader, *asked) == [Decimal("5.00"), Decimal("30.00"), Decimal("20.00")]
