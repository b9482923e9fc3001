"""The example bank's planted duplicates: all merged, nobody else; households found; accounts keep their number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from functional.conftest import LAST_DAY, Demo

from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("demo")


def test_every_planted_duplicate_is_merged_and_nobody_else(demo: Demo) -> None:
    planted = demo.truth("duplicate_customers")
    wanted = {(row["customer_number"], row["same_as"]) for row in planted if row["is_same_person"] and str(row["joined"]) <= LAST_DAY}
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        merged = set(reader.rows("SELECT customer_number, surviving_number FROM customer_merge WHERE valid_until IS NULL"))
        counted = reader.rows("SELECT count(DISTINCT customer_number), count(DISTINCT person_customer_number) FROM customer")[0]
        moved = reader.rows(
            "SELECT count(*) FROM account AS a JOIN customer_merge AS m ON m.customer_number = a.customer_number WHERE m.valid_until IS NULL"
        )[0][0]
    assert merged == wanted
    assert {row["kind"] for row in planted if not row["is_same_person"]} == {"namesake"}
    assert counted[0] - counted[1] == len(wanted)
    assert moved >= len(wanted)  # their accounts still bear the number under which they were opened


def test_merging_shows_as_the_difference_of_two_figures_and_starts_with_the_merge(demo: Demo) -> None:
    merged = len({row["customer_number"] for row in demo.truth("duplicate_customers") if row["is_same_person"]})
    every, persons = (Decimal(demo.figure(code)["value"]) for code in ("customer_count", "person_customer_count"))
    assert 0 < every - persons <= merged
    first_day = demo.ask("ask", "customer_count", "--date", "2024-10-15", "--json").json["rows"][0]["value"]
    assert demo.figure("person_customer_count", "--date", "2024-10-15")["value"] == first_day


def test_households_are_those_of_the_rosters(demo: Demo) -> None:
    home = open_home(demo.home)
    (path,) = (demo.home / "inbox" / "supplement").glob("*-village_roster-20261031.csv")
    lines = [line.replace('"', "").split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    with open_reader(home.versions, home.parts) as reader:
        found = dict(reader.rows("SELECT household_code, count(*) FROM household_member WHERE valid_until IS NULL GROUP BY household_code"))
        capable = dict(reader.rows("SELECT capability_code, is_enabled FROM capability"))
    wanted: dict[str, int] = {}
    for village, _, _, household, *_ in lines:
        wanted[f"{village}-{household}"] = wanted.get(f"{village}-{household}", 0) + 1
    alike = sum(found.get(code) == count for code, count in wanted.items())
    assert set(found) <= set(wanted)
    assert alike >= len(wanted) * 9 // 10  # a few members stand twice in the roster, under both their numbers
    assert capable == {"as_is_view": True, "customer_merge": True, "household": True}
