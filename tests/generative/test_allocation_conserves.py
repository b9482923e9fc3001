"""A hundred made-up histories (in the long form 1,000) of joins, leavers, hand-overs, overlaps and corrections: on every day all of each account belongs to somebody or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from drawn_tables import load_tables, run

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = (LAST - FIRST).days
PEOPLE = ("M1", "M2", "M3", "M4")
FOR_GOOD = date(9999, 12, 31)
Line = tuple[str, Decimal, date, date]


@dataclass
class Story:
    """One customer with two accounts: balances, the delivered list, and the decisions in the order in which they were taken."""

    number: int
    balances: dict[str, list[tuple[date, date, Decimal]]] = field(default_factory=dict)
    delivered: dict[tuple[str, str], list[Line]] = field(default_factory=dict)
    decided: list[tuple[tuple[str, str], list[Line]]] = field(default_factory=list)

    @property
    def customer(self) -> str:
        return f"C{self.number}"

    @property
    def accounts(self) -> tuple[str, str]:
        return f"A{self.number}a", f"A{self.number}b"


def shares(chance: Random) -> list[tuple[str, Decimal]]:
    """Return up to three people whose shares, in millionths, make at most the whole."""
    people = chance.sample(PEOPLE, chance.randint(1, 3))
    left, found = 1_000_000, []
    for person in people:
        part = chance.randint(1, left - (len(people) - len(found) - 1))
        found.append((person, Decimal(part).scaleb(-6)))
        left -= part
        if not left:
            break
    return found


def stretch(chance: Random) -> tuple[date, date]:
    """Return a first day and a day after the last one; often for good."""
    begins = FIRST + timedelta(days=chance.randint(-20, DAYS))
    return begins, FOR_GOOD if chance.random() < 0.6 else begins + timedelta(days=chance.randint(1, 60))


def story(number: int) -> Story:
    """Return one history: joins in the list, then claims, hand-overs of everything and corrections of the past, in any order."""
    chance, made = Random(number), Story(number)
    for account in made.accounts:
        cuts = sorted({FIRST, *(FIRST + timedelta(days=chance.randint(1, DAYS)) for _ in range(3))})
        made.balances[account] = [
            (begins, ends, Decimal(chance.randint(-500, 99_999_999)).scaleb(-2))
            for begins, ends in zip(cuts, [*cuts[1:], FOR_GOOD], strict=True)
        ]
    objects = [("customer", made.customer), *(("account", account) for account in made.accounts)]
    for one in objects:
        if chance.random() < 0.6:
            begins, ends = stretch(chance)
            made.delivered[one] = [(person, share, begins, ends) for person, share in shares(chance)]
    for _ in range(chance.randint(1, 5)):
        begins, ends = stretch(chance)
        chosen = objects if chance.random() < 0.3 else [chance.choice(objects)]
        for one in chosen:
            released = chance.random() < 0.15
            made.decided.append((one, [("", Decimal(0), begins, ends)] if released else [(p, s, begins, ends) for p, s in shares(chance)]))
    return made


def holders(told: Story, account: str, day: date) -> dict[str, Decimal]:
    """Return who holds an account on a day, in plain words: the account's own lines, else its customer's; of decisions the last."""
    for one in (("account", account), ("customer", told.customer)):
        lines = [line for line in told.delivered.get(one, []) if line[2] <= day < line[3]]
        for decided, decision in told.decided:
            if decided == one and decision[0][2] <= day < decision[0][3]:
                lines = decision
        held = {person: share for person, share, _, _ in lines if person}
        if held:
            return held
    return {}


@pytest.fixture(scope="module", params=[100, pytest.param(1_000, marks=pytest.mark.long)])
def histories(request: pytest.FixtureRequest) -> int:
    """Return how many histories are told."""
    return request.param


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, histories: int) -> Iterator[DuckDBEngine]:
    """Yield the embedded engine with all histories run through the steps of the batch at once."""
    made = DuckDBEngine(Path(tmp_path_factory.mktemp("allocation")))
    told = [story(number) for number in range(histories)]

    def until(day: date) -> str:
        return "" if day == FOR_GOOD else str(day)

    def drawn(header: str, rows: list[str]) -> str:
        return "\n".join([header, "-+-".join("-" for _ in header.split("|")), *rows])

    load_tables(
        made,
        calendar_day=(str(FIRST), str(LAST)),
        account=drawn(
            "account_number | customer_number | opened_on", [f"{a} | {one.customer} | 2025-06-01" for one in told for a in one.accounts]
        ),
        customer=drawn("customer_number", [one.customer for one in told]),
        account_balance=drawn(
            "account_number | valid_from | valid_until | balance",
            [f"{a} | {b} | {until(e)} | {v}" for one in told for a, lines in one.balances.items() for b, e, v in lines],
        ),
        employee_snapshot=drawn("employee_number | reported_on", [f"{person} | 2025-12-31" for person in PEOPLE]),
        manager_assignment_snapshot=drawn(
            "reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until",
            [
                f"2026-01-31 | {kind} | {number} | {person} | all | {share} | {begins} | {until(ends)}"
                for one in told
                for (kind, number), lines in one.delivered.items()
                for person, share, begins, ends in lines
            ],
        ),
        allocation_decision_line=drawn(
            "decision_number | line_number | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until",
            [
                f"{one.number * 100 + place} | {line} | {kind} | {number} | {person} | all | {share} | {begins} | {until(ends)}"
                for one in told
                for place, ((kind, number), lines) in enumerate(one.decided, 1)
                for line, (person, share, begins, ends) in enumerate(lines, 1)
            ],
        ),
    )
    for step in (CHECK_MANAGER_ASSIGNMENTS, CHECK_ALLOCATION_DECISIONS, SETTLE_ASSIGNMENTS, ALLOCATE_RESULTS, SPLIT_BALANCES):
        run(made, step, reporting_date=str(LAST))
    yield made
    made.close()


def test_every_line_of_the_histories_is_in_force(engine: DuckDBEngine, histories: int) -> None:
    """What is drawn is sound, so that nothing below is true of an empty allocation."""
    assert engine.fetch("SELECT count(*) FROM manager_assignment WHERE NOT is_accepted") == [(0,)]
    assert engine.fetch("SELECT count(*) FROM allocation_decision WHERE NOT is_accepted") == [(0,)]
    assert engine.fetch("SELECT count(*) FROM allocation_decision")[0][0] > histories


def test_shares_make_the_whole_of_every_account_on_every_day(engine: DuckDBEngine, histories: int) -> None:
    """Counted by the days themselves, not by the stretches the steps cut."""
    broken = engine.fetch(
        "SELECT s.account_number, c.business_date, sum(s.result_share) FROM account_allocation AS s INNER JOIN calendar_day AS c "
        "ON s.valid_from <= c.business_date AND (s.valid_until IS NULL OR s.valid_until > c.business_date) "
        "GROUP BY s.account_number, c.business_date HAVING sum(s.result_share) <> 1"
    )
    assert broken == []
    counted = engine.fetch(
        "SELECT count(*) FROM (SELECT DISTINCT s.account_number, c.business_date FROM account_allocation AS s INNER JOIN calendar_day AS c "
        "ON s.valid_from <= c.business_date AND (s.valid_until IS NULL OR s.valid_until > c.business_date)) AS d"
    )
    assert counted == [(histories * 2 * (DAYS + 1),)]


def test_persons_and_unassigned_make_every_balance_to_the_cent(engine: DuckDBEngine) -> None:
    """Of every account and day, negative balances too."""
    day = "INNER JOIN calendar_day AS c ON b.valid_from <= c.business_date AND (b.valid_until IS NULL OR b.valid_until > c.business_date)"
    balances, parts = (
        f"SELECT b.account_number, c.business_date, sum(b.balance) AS balance FROM {table} AS b {day} GROUP BY ALL"
        for table in ("account_balance", "allocated_balance")
    )
    broken = engine.fetch(
        f"SELECT b.account_number, b.business_date, b.balance, p.balance FROM ({balances}) AS b FULL JOIN ({parts}) AS p "
        "ON p.account_number = b.account_number AND p.business_date = b.business_date "
        "WHERE coalesce(b.balance, 0) <> coalesce(p.balance, 0)"
    )
    assert broken == []


@pytest.mark.parametrize("day", [FIRST, FIRST + timedelta(days=31), FIRST + timedelta(days=58), LAST])
def test_who_holds_is_who_the_last_decision_names(engine: DuckDBEngine, histories: int, day: date) -> None:
    """Held against the history read in plain Python, person by person."""
    rows = engine.fetch(
        f"SELECT account_number, employee_number, result_share FROM account_allocation WHERE employee_number <> 'unassigned' "
        f"AND valid_from <= DATE '{day}' AND (valid_until IS NULL OR valid_until > DATE '{day}')"
    )
    found: dict[str, dict[str, Decimal]] = {}
    for account, person, share in rows:
        found.setdefault(account, {})[person] = share
    for one in (story(number) for number in range(histories)):
        for account in one.accounts:
            assert found.get(account, {}) == holders(one, account, day), (one.number, account)
