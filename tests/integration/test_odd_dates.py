"""Days at the edges of the calendar, in data and as reporting days: kept as delivered, never computed into nonsense."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import is_three_lines, run, tell
from hypothesis import given, settings
from hypothesis import strategies as st
from integration.conftest import FEBRUARY, JANUARY, Waiting
from mini_bank import SOURCE, MiniBank, deliver, lay, make_home

from maisui.answers import Comparison, Period, Question, ask
from maisui.warehouse import publication
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader
from maisui.warehouse.version import Manifest, all_versions, current_version

BANK = MiniBank()
EDGES = ("00010101", "19000228", "19691231", "20000229", "20991231", "99991230")


def accounts(column: int, day: str) -> list[list[str]]:
    """Return February's accounts, the first with another day in one column."""
    rows = BANK.rows("ACCT", FEBRUARY)
    rows[0][column] = day
    return rows


KEPT = {("account_snapshot", "opened_on"), ("account_snapshot", "closed_on"), ("customer", "born_on"), ("account_transaction", "posted_on")}


@pytest.mark.parametrize("day", EDGES)
def test_an_odd_day_in_the_data_is_kept_and_breaks_nothing(mini: Waiting, folder: Path, day: str) -> None:
    home = mini.copy(folder / "home")
    opened, born, posted = accounts(7, day), BANK.rows("CUST", FEBRUARY), BANK.rows("MOVE", FEBRUARY, JANUARY)
    opened[1][8] = born[0][4] = posted[0][4] = day
    for feed, rows in (("ACCT", opened), ("CUST", born), ("MOVE", posted)):
        lay(home, feed, FEBRUARY, rows)
    told = tell("run", "--date", FEBRUARY.isoformat(), "--home", str(home))
    balance = tell("ask", "deposit_balance", "--json", "--home", str(home))

    assert told.code == 0, told.err
    assert Decimal(balance.json["rows"][0]["value"])
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        for table, name in KEPT:
            assert date(int(day[:4]), int(day[4:6]), int(day[6:])) in {row[0] for row in reader.rows(f"SELECT {name} FROM {table}")}


def test_the_sentinel_day_is_no_day(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    lay(home, "ACCT", FEBRUARY, accounts(8, "99991231"))
    run(home, FEBRUARY)
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        assert reader.rows("SELECT count(*) FROM account_snapshot WHERE closed_on IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    "days",
    [
        (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)),
        (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)),
        (date(1999, 12, 31), date(2000, 1, 1), date(2000, 2, 29)),
    ],
    ids=["leap day", "year end", "century"],
)
def test_a_batch_runs_and_answers_on_the_days_at_the_edges(folder: Path, days: tuple[date, ...]) -> None:
    bank = MiniBank(first_day=days[0])
    home = make_home(folder / "home")
    since = None
    for day in days:
        deliver(home, day, since, bank=bank)
        run(home, day)
        since = day
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        for day in days:
            held = bank.balances(day)
            expected = Decimal(sum(held[a.number] for a in bank.accounts if a.kind == "deposit")) / 100
            (row,) = ask(reader, Question("deposit_balance", day=day)).rows
            assert row.value == expected


@given(ordinal=st.integers(0, 58), period=st.sampled_from(Period), comparison=st.sampled_from([None, *Comparison]))
@settings(max_examples=40, derandomize=True, deadline=None, database=None)
def test_any_day_period_and_comparison_gives_an_answer_or_a_sentence(
    mini: Waiting, ordinal: int, period: Period, comparison: Comparison | None
) -> None:
    from maisui.errors import QuestionError

    place = open_home(mini.home)
    with open_reader(
        place.versions,
        place.parts,
        tables=("product_day", "account", "account_month", "holiday_calendar", "local_rate", "organisation", "organisation_closure_period"),
    ) as reader:
        question = Question(
            "deposit_average_daily_balance", day=date(2026, 1, 1) + timedelta(days=ordinal), period=period, comparison=comparison
        )
        try:
            (row,) = ask(reader, question).rows
        except QuestionError as refused:
            assert refused.next_step
        else:
            assert row.value is not None


@pytest.mark.parametrize("day", ["0001-01-01", "1999-02-29", "2026-13-01", "26-01-31", ""])
def test_a_reporting_day_before_any_delivery_or_no_day_at_all_is_a_sentence(mini: Waiting, folder: Path, day: str) -> None:
    told = tell("run", "--date", day, "--home", str(mini.copy(folder / "home")))

    assert told.code in (20, 23)
    assert is_three_lines(told.err)


@pytest.mark.parametrize("day", ["2027-03-02", "9999-12-31"])
def test_a_reporting_day_far_behind_the_last_delivery_is_refused(mini: Waiting, folder: Path, day: str) -> None:
    told = tell("run", "--date", day, "--home", str(mini.copy(folder / "home")))

    assert told.code == 23
    assert is_three_lines(told.err)


def test_retention_knows_the_last_day_of_the_calendar(folder: Path) -> None:
    for number, day in enumerate((date(2026, 1, 31), date(9999, 12, 30), date.max)):
        publication.publish(folder / "versions", empty_version(f"v{number}", day))
    publication.prune(folder / "versions", folder / "parts", recent=2, month_ends=60)

    assert {manifest.version for manifest in all_versions(folder / "versions")} == {"v0", "v1", "v2"}
    assert current_version(folder / "versions") == "v2"


def empty_version(name: str, day: date) -> Manifest:
    """Return a version without parts."""
    return Manifest(name, "B", day, day, "0", "0", (SOURCE,), "0", (), None, name, (), published_at=name)
