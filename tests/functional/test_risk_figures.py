"""Guarantee circles, concentration, migration and collection of the example bank, computed anew from its raw files."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from functional.test_figures import bills_and_advances

from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

if TYPE_CHECKING:
    from conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

RECEIPTS = {"GRXDYWJJB": (10, 17, 18, 55), "DGXDYWJJB": (8, 15, 16, 53)}
"""Field positions in 503 and 504: loan receipt, balance, class, state of the loan."""

BAD = {"次级", "可疑", "损失"}
DAY = "20261031"


def receipts(demo: Demo, day: str) -> dict[str, tuple[str, Decimal, str, str]]:
    """Return customer, balance, class and state of each receipt on the books on `day`."""
    found = {}
    for table, (number, balance, loan_class, state) in RECEIPTS.items():
        for fields in demo.lines(table, day):
            if fields[state] not in ("核销", "转让"):
                found[fields[number]] = (fields[5], Decimal(fields[balance]), fields[loan_class], fields[state])
    return found


def share(above: Decimal, below: Decimal) -> str:
    """Return a ratio as it is answered: six decimals, half up."""
    return str((above / below).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def published(demo: Demo, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the published version."""
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        return reader.rows(query)


def supplement(demo: Demo, feed: str) -> list[dict[str, Any]]:
    """Return the rows of every file of a supplement feed."""
    rows: list[dict[str, Any]] = []
    for path in sorted((demo.home / "inbox" / "supplement").glob(f"*-{feed}-*.csv")):
        rows += list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return rows


def test_planted_circles_are_found_and_no_others(demo: Demo) -> None:
    found, planted = defaultdict(set), defaultdict(set)
    for row in published(demo, "SELECT circle_code, party_key FROM guarantee_party WHERE circle_code IS NOT NULL"):
        found[row[0]].add(row[1])
    for row in demo.truth("guarantee_circles"):
        planted[row["circle"]].add(row["customer_number"])
    assert len(planted) > 3
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, planted.values()))


def test_every_guarantor_is_a_customer_by_a_genuine_certificate(demo: Demo) -> None:
    lines = {(fields[2], fields[6]) for fields in demo.lines("BNWYWDBR", DAY) if fields[9] == "有效"}
    found = published(demo, "SELECT count(*), count(DISTINCT identity_grade), min(identity_grade) FROM guarantor WHERE valid_until IS NULL")
    assert found == [(len(lines), 1, "exact")]


def test_concentration_is_that_of_the_receipts_over_the_capital_that_was_given(demo: Demo) -> None:
    owed: dict[str, Decimal] = defaultdict(Decimal)
    for customer, balance, _, _ in receipts(demo, DAY).values():
        owed[customer] += balance
    for row in bills_and_advances(demo, DAY):
        owed[row["customer"]] += Decimal(row["balance"])
    capital = next(
        Decimal(row["input_amount"])
        for row in supplement(demo, "regulatory_input")
        if (row["measured_on"], row["input_code"]) == (DAY, "net_capital")
    )
    largest = sorted(owed.values(), reverse=True)
    assert demo.figure("largest_borrower_ratio")["value"] == share(largest[0], capital)
    assert demo.figure("top_ten_borrowers_ratio")["value"] == share(sum(largest[:10], Decimal(0)), capital)
    open_limit = {fields[3]: max(Decimal(fields[12]) - Decimal(fields[13]), Decimal(0)) for fields in demo.lines("SXXXB", DAY)}
    groups: dict[str, Decimal] = defaultdict(Decimal)
    for fields in demo.lines("JTKHB", DAY):
        groups[fields[3]] += owed.get(fields[14], Decimal(0)) + open_limit.get(fields[14], Decimal(0))
    assert demo.figure("largest_group_ratio")["value"] == share(max(groups.values()), capital)
    related = {fields[3] for fields in demo.lines("GDJGLFXXB", DAY)}
    credit = sum((owed.get(party, Decimal(0)) + open_limit.get(party, Decimal(0)) for party in related), Decimal(0))
    assert demo.figure("related_party_ratio")["value"] == share(credit, capital)
    small = sum((amount for amount in owed.values() if amount <= 5_000_000), Decimal(0))
    assert demo.figure("small_ticket_loan_share")["value"] == share(small, sum(owed.values(), Decimal(0)))


def test_migration_is_what_became_of_the_receipts_of_last_year_end(demo: Demo) -> None:
    before, now = receipts(demo, "20251231"), receipts(demo, DAY)
    kept: dict[str, Decimal] = defaultdict(Decimal)
    fallen: dict[str, Decimal] = defaultdict(Decimal)
    order = ["正常", "关注", "次级", "可疑", "损失"]
    for number, (_, balance, loan_class, _) in before.items():
        if balance > 0 and number in now:
            rest = min(balance, now[number][1])
            kept[loan_class] += rest
            if now[number][2] in BAD and order.index(now[number][2]) > order.index(loan_class):
                fallen[loan_class] += rest
    normal = share(fallen["正常"] + fallen["关注"], kept["正常"] + kept["关注"])
    assert demo.figure("normal_loan_migration_rate")["value"] == normal
    for metric, loan_class in (("special_mention", "关注"), ("substandard", "次级"), ("doubtful", "可疑")):
        if kept[loan_class]:
            assert demo.figure(f"{metric}_migration_rate")["value"] == share(fallen[loan_class], kept[loan_class]), metric


@pytest.mark.parametrize(("metric", "part"), [("due_loan_collection_rate", "principal"), ("interest_collection_rate", "interest")])
def test_collection_is_what_came_in_of_the_dues_of_october(demo: Demo, metric: str, part: str) -> None:
    due = {
        (row["loan_number"], row["instalment_number"]): Decimal(row[f"due_{part}_amount"])
        for row in supplement(demo, "repayment_schedule")
        if row["due_on"].startswith("202610")
    }
    paid = sum(
        (
            Decimal(row[f"{part}_amount"])
            for row in supplement(demo, "repayment_receipt")
            if (row["loan_number"], row["instalment_number"]) in due and row["received_on"] <= DAY
        ),
        Decimal(0),
    )
    assert demo.figure(metric)["value"] == share(paid, sum(due.values(), Decimal(0)))
