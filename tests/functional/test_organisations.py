"""The example bank's outlet that closes half-way: both views add up on every day, and people keep their numbers apart and together."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from functional.conftest import Demo

from maisui.answers import CATALOGUE, Question, View, ask
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("demo")


def planted(demo: Demo) -> dict[str, Any]:
    """Return what the simulator says it planted."""
    return json.loads((demo.home / "truth" / "summary.json").read_text(encoding="utf-8"))


def test_both_views_add_up_to_the_bank_on_every_delivered_day(demo: Demo) -> None:
    """Every figure kept by organisation, on every month end and daily delivery: outlets as was and as is give the bank's total to the cent."""
    home = open_home(demo.home)
    days = [date(int(day[:4]), int(day[4:6]), int(day[6:])) for day in demo.days("JGXXB")]
    metrics = [m for m in CATALOGUE if m.denominator is None and "organisation" in m.dimensions and "date" in m.dimensions]
    assert len(metrics) >= 10
    with open_reader(home.versions, home.parts) as reader:
        for metric in metrics:
            for day in days[:: 1 if metric.code == "deposit_balance" else 13]:
                whole = ask(reader, Question(metric.code, day=day)).rows[0].numerator or Decimal(0)
                for view in View:
                    for by in ("organisation", "child"):
                        parts = ask(reader, Question(metric.code, (by,), day=day, view=view)).rows
                        assert sum(row.numerator or 0 for row in parts) == whole, (metric.code, day, view, by)


def test_the_closed_outlet_counts_by_itself_as_was_and_with_its_successor_as_is(demo: Demo) -> None:
    closing = planted(demo)["outlet_closing"]
    outlet, successor = closing["outlet"], closing["successor"]
    before, after = "2025-09-30", "2025-11-30"
    was, now = (demo.values("deposit_balance", "organisation", "--date", before, "--view", view) for view in ("as-was", "as-is"))
    assert Decimal(was[outlet]) > 0
    assert outlet not in now
    assert Decimal(now[successor]) == Decimal(was[outlet]) + Decimal(was[successor])
    raw = sum(
        Decimal(line[12]) for table in ("GRCKFHZ", "DGCKFHZ") for line in demo.lines(table, "20250930") if line[1] in (outlet, successor)
    )
    assert Decimal(demo.figure("deposit_balance", "--org", successor, "--date", before, "--view", "as-is")["value"]) == raw
    later = demo.values("deposit_balance", "organisation", "--date", after)
    assert Decimal(later.get(outlet) or 0) == 0
    assert Decimal(demo.figure("ledger_difference", "--date", after)["value"]) == 0
    told = demo.ask("ask", "deposit_balance", "--org", outlet, "--view", "as-is")
    assert told.code != 0
    assert successor in told.err
    assert f"counts with {successor}" in demo.ask("explain", "deposit_balance", "--view", "as-is").out


def test_the_planted_people_are_one_person_each_and_nobody_else_is(demo: Demo) -> None:
    home, truth = open_home(demo.home), planted(demo)
    with open_reader(home.versions, home.parts) as reader:
        joined = reader.rows(
            "SELECT worker_number, person_number FROM person_number WHERE number_kind = 'employee' AND person_number <> worker_number"
        )
        officers = dict(reader.rows("SELECT worker_number, person_number FROM person_number WHERE number_kind = 'officer'"))
        left = reader.rows("SELECT employee_number, organisation_code FROM employment_period WHERE NOT is_on_duty AND valid_until IS NULL")
        moved = reader.rows(
            "SELECT count(DISTINCT employee_number) FROM employment_period WHERE organisation_code = ? AND is_on_duty AND valid_until IS NOT NULL",
            [truth["outlet_closing"]["outlet"]],
        )[0][0]
        renumbered = reader.rows(
            "SELECT count(*) FROM (SELECT person_number FROM person_number WHERE number_kind = 'teller' AND person_number IS NOT NULL "
            "GROUP BY person_number HAVING count(*) > 1) AS p"
        )[0][0]
    assert {frozenset(pair) for pair in joined} == {frozenset(pair) for pair in truth["two_numbers"].items()}
    assert all(
        officers[number] in (one, other) for one, other in truth["two_numbers"].items() for number in (one, other) if number in officers
    )
    assert [row[0] for row in left] == [truth["handed_over"]["from"]]
    assert moved >= 4
    assert renumbered >= 1
