"""Key focus on the example bank: planted outages are found, circles and closed outlets as planted, and few false cases."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

if TYPE_CHECKING:
    from conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")
DAY = date(2026, 10, 31)


def benchmark() -> ModuleType:
    """Return the benchmark of the rule, which lies outside the packages."""
    path = Path(__file__).parents[2] / "benchmarks" / "abnormal_series.py"
    spec = importlib.util.spec_from_file_location("abnormal_series_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def published(demo: Demo, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the published version."""
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        return reader.rows(query)


def test_planted_outages_are_found_and_hardly_anything_else(demo: Demo) -> None:
    """At this scale only the outages of the mobile bank have ten usual transactions a day; seventeen times as many customers show all six."""
    found = benchmark().measured(demo.home)
    assert found.planted == 2
    assert found.found == found.planted
    assert found.judged > 3_000
    assert found.false * 1000 <= found.judged


def test_the_outage_of_the_last_weeks_is_a_case(demo: Demo) -> None:
    (outage,) = [one for one in demo.truth("anomalies") if not one["outlet"] and DAY - one["first_day"] < timedelta(days=31)]
    assert published(
        demo, "SELECT subject_key, period_on, severity_code, item_count FROM alert_case WHERE rule_code = 'abnormal_series'"
    ) == [("all:53990000:mobile_bank", outage["first_day"], "high", 0)]


def test_every_planted_circle_that_owes_enough_is_a_case(demo: Demo) -> None:
    owed = dict(
        published(demo, "SELECT circle_code, sum(loan_balance) FROM guarantee_party WHERE circle_code IS NOT NULL GROUP BY circle_code")
    )
    cases = published(demo, "SELECT subject_key FROM alert_case WHERE rule_code = 'guarantee_circle' AND before_word = 'circle'")
    assert {key for (key,) in cases} == {f"circle:{code}" for code, balance in owed.items() if balance >= 300_000} != set()


def test_loans_that_turned_bad_this_month_are_those_of_the_raw_files(demo: Demo) -> None:
    """A receipt of pass or special mention in the last daily file before the window, or later, and of a bad class in the next one."""
    places = {"GRXDYWJJB": (10, 17, 18, 55), "DGXDYWJJB": (8, 15, 16, 53)}
    good, bad = {"正常", "关注"}, {"次级", "可疑", "损失"}
    turned: set[tuple[str, date]] = set()
    for table, (number, balance, loan_class, state) in places.items():
        before: dict[str, str] = {}
        for day in demo.days(table):
            on = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
            for fields in demo.lines(table, day):
                is_owed = float(fields[balance] or 0) > 0 and fields[state] not in ("核销", "转让")
                if is_owed and fields[loan_class] in bad and before.get(fields[number]) in good and (DAY - on).days < 31:
                    turned.add((fields[number], on))
                before[fields[number]] = fields[loan_class]
    cases = published(demo, "SELECT subject_key, period_on FROM alert_case WHERE rule_code = 'newly_bad_loan'")
    assert set(cases) == turned != set()
