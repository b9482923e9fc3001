"""Who stayed, how deposits spread, how arrears roll and what the capital carries, recomputed from the raw files in plain Python."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest
from functional.test_figures import CHANNELS, CUSTOMERS, DAY_OPEN, DEPOSITS, LOANS, POSTINGS, bills_and_advances, by, increments, rows
from functional.test_risk_figures import share, supplement

from maisui.answers import CustomerQuery, list_customers
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

if TYPE_CHECKING:
    from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

LAST, LAST_YEAR, LAST_MONTH = "20261031", "20251231", "20260930"
LOAN_FIELDS = {
    "GRXDYWJJB": {"loan": 10, "amount": 16, "balance": 17, "lent": 22, "principal": 26, "interest": 29, "state": 55},
    "DGXDYWJJB": {"loan": 8, "amount": 14, "balance": 15, "lent": 20, "principal": 24, "interest": 27, "state": 53},
}
"""Field positions in 503 and 504: receipt, amount, balance, day lent, arrears of principal and of interest since, state."""


def holders(demo: Demo, day: str) -> set[str]:
    """Return the persons with an account that is not closed."""
    first = persons(demo)
    return {first.get(row["customer"], row["customer"]) for row in rows(demo, DEPOSITS | LOANS, day) if row["closed"] in DAY_OPEN}


def persons(demo: Demo) -> dict[str, str]:
    """Return of each second number of a person the number that he had first, by the simulator's own books."""
    return {row["customer_number"]: row["same_as"] for row in demo.truth("duplicate_customers") if row["is_same_person"]}


def day_of(text: str) -> date:
    """Return a day as the files write it."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def stage(row: dict[str, str], day: str) -> int:
    """Return the months in arrears that a receipt has begun: 0 none, 7 beyond 180 days."""
    since = min((row[name] for name in ("principal", "interest") if row[name] not in DAY_OPEN), default="")
    late = (day_of(day) - day_of(since)).days if since else 0
    return min(-(-late // 30), 7) if late > 0 else 0


def test_who_was_there_at_year_start_and_is_not_now_has_left(demo: Demo) -> None:
    before, now = holders(demo, LAST_YEAR), holders(demo, LAST)
    figure = demo.figure("attrition_rate", "--period", "year")

    assert (int(figure["numerator"]), int(figure["denominator"])) == (len(before - now), len(before))
    assert figure["value"] == share(Decimal(len(before - now)), Decimal(len(before)))
    assert demo.figure("retention_rate", "--period", "year")["value"] == share(Decimal(len(before & now)), Decimal(len(before)))
    assert len(before - now) > 0


def test_a_list_asked_for_whole_names_every_customer(demo: Demo) -> None:
    """More than a thousand: a list of which files and groups are made may not end with a page."""
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        found = list_customers(reader, CustomerQuery(size=20_000))
    assert len({row.customer_number for row in found.rows}) == len(found.rows) == int(demo.figure("customer_count")["value"]) > 1000


def test_who_owes_under_two_numbers_is_one_borrower(demo: Demo) -> None:
    """Loan accounts name customers by number; a person who borrowed under his second number too counts once since the two were merged."""
    first = persons(demo)
    numbers = {row["customer"] for row in rows(demo, LOANS, LAST_YEAR) if Decimal(row["balance"]) > 0}
    people = {first.get(number, number) for number in numbers}

    assert int(demo.figure("borrower_count", "--date", "2025-12-31")["value"]) == len(people)
    assert len(people) < len(numbers)


def test_whoever_left_is_counted_at_his_outlet(demo: Demo) -> None:
    before, now = holders(demo, LAST_MONTH), holders(demo, LAST)
    homes = {row["customer"]: row["org"] for row in rows(demo, CUSTOMERS, LAST)}
    opening: dict[str, int] = defaultdict(int)
    for customer in before:
        opening[homes[customer]] += 1
    told = demo.ask("ask", "retention_rate", "--by", "organisation", "--json").json["rows"]

    assert {row["dimensions"]["organisation"]: int(row["denominator"]) for row in told} == dict(opening)
    assert sum(int(row["numerator"]) for row in told) == len(before & now)


def test_deposits_spread_as_the_squares_of_customers_shares_say(demo: Demo) -> None:
    first = persons(demo)
    owned = [row | {"customer": first.get(row["customer"], row["customer"])} for row in rows(demo, DEPOSITS, LAST)]
    held = [balance for balance in by("customer", owned).values() if balance > 0]
    expected = sum(balance * balance for balance in held) * 10_000 / sum(held) ** 2

    assert demo.figure("deposit_hhi")["value"] == str(expected.quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_arrears_roll_by_the_balance_of_the_month_before(demo: Demo) -> None:
    before = {row["loan"]: row for row in rows(demo, LOAN_FIELDS, LAST_MONTH) if row["state"] not in ("核销", "转让")}
    now = {row["loan"]: row for row in rows(demo, LOAN_FIELDS, LAST)}
    late = worse = Decimal(0)
    for loan, row in before.items():
        balance = Decimal(row["balance"])
        if balance > 0 and 0 < stage(row, LAST_MONTH) < 7:
            late += balance
            after = now.get(loan)
            is_left = after is None or after["state"] in ("核销", "转让") or Decimal(after["balance"]) <= 0
            worse += balance if not is_left and stage(after, LAST) > stage(row, LAST_MONTH) else 0
    figure = demo.figure("roll_rate")

    assert (Decimal(figure["numerator"]), Decimal(figure["denominator"])) == (worse, late)
    assert late > worse > 0


def test_a_year_s_loans_are_overdue_as_their_receipts_say(demo: Demo) -> None:
    lent: dict[str, Decimal] = {}
    for table, fields in LOAN_FIELDS.items():
        for day in demo.days(table):
            lent |= {row["loan"]: Decimal(row["amount"]) for row in rows(demo, {table: fields}, day) if row["lent"].startswith("2026")}
    for day in demo.days("PJTXB"):
        lent |= {row["loan"]: Decimal(row["amount"]) for row in bills_and_advances(demo, day) if row["lent"].startswith("2026")}
    overdue = Decimal(0)
    for row in rows(demo, LOAN_FIELDS, LAST):
        since = min((row[name] for name in ("principal", "interest") if row[name] not in DAY_OPEN), default="")
        if row["loan"] in lent and since and row["state"] not in ("核销", "转让") and (day_of(LAST) - day_of(since)).days > 30:
            overdue += Decimal(row["balance"])
    figure = demo.figure("vintage_overdue_30d_share", "--period", "year")

    assert (Decimal(figure["numerator"]), Decimal(figure["denominator"])) == (overdue, sum(lent.values()))
    assert overdue > 0


def test_supervisory_ratios_are_of_the_last_inputs(demo: Demo) -> None:
    inputs = {row["input_code"]: Decimal(row["input_amount"]) for row in supplement(demo, "regulatory_input") if row["measured_on"] == LAST}
    for code, above, below in (
        ("capital_adequacy_ratio", "net_capital", "risk_weighted_assets"),
        ("liquidity_ratio", "liquid_assets", "liquid_liabilities"),
        ("core_liability_ratio", "core_liabilities", "total_liabilities"),
    ):
        assert demo.figure(code)["value"] == share(inputs[above], inputs[below])


def test_separable_business_is_cash_up_to_ten_thousand_at_the_counter(demo: Demo) -> None:
    """What the example bank reverses at the counter is flagged on both sides, so that neither posting counts."""
    cash = {"GRCKFHZMX": POSTINGS["GRCKFHZMX"] | {"form": 27}, "DGCKFHZMX": POSTINGS["DGCKFHZMX"] | {"form": 25}}
    amounts = [
        Decimal(row["amount"])
        for row in increments(demo, cash, "20261001", LAST)
        if CHANNELS.get(row["channel"]) == "counter" and row["form"] == "现" and row["reversal"] == "正常"
    ]
    figure = demo.figure("separable_counter_share")

    assert (int(figure["numerator"]), int(figure["denominator"])) == (sum(amount <= 10_000 for amount in amounts), len(amounts))
    assert len(amounts) > 100
