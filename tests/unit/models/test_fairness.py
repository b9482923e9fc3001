"""What came true by groups of people: rates by hand, and none where too little happened."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np

from maisui.models.fairness import came_to_groups, proxies_of
from maisui.models.panel import Sample

DAYS = (date(2026, 5, 31), date(2026, 6, 30))
READER: Any = SimpleNamespace(
    rows=lambda _: (
        [(f"M{n:03}", "male", date(1970, 1, 1)) for n in range(100)] + [(f"F{n:03}", "female", date(2000, 7, 1)) for n in range(50)]
    )
)


def month(day: date, men_hit: int, women_hit: int, warned: int) -> Sample:
    """Return a hundred men and fifty women of whom the first so many it happened to, and the first so many men the rule picks."""
    customers = np.array([f"M{n:03}" for n in range(100)] + [f"F{n:03}" for n in range(50)], object)
    happened = np.array([n < men_hit for n in range(100)] + [n < women_hit for n in range(50)], bool)
    picked = np.array([int(n < warned) for n in range(150)])
    return Sample((day,), np.empty((150, 0)), picked, happened, customers, np.array([day] * 150, object))


def test_those_chosen_and_those_it_happened_to_are_rated_by_group_over_all_months() -> None:
    """Of 200 men 30 + 25 happened, of them 20 + 20 chosen among 40; of 100 women 4 + 4: too few for rates. Women are 25 in May and June."""
    parts = [(month(DAYS[0], 30, 4, 20), None), (month(DAYS[1], 25, 4, 20), None)]
    found = {(line["field"], line["group"]): line for line in came_to_groups(READER, parts)}
    men, women = found["sex", "male"], found["sex", "female"]
    assert (men["count"], men["events"], men["chosen_count"], men["found_count"]) == (200, 55, 40, 40)
    assert (men["seen"], men["chosen"], men["found"]) == (55 / 200, 40 / 200, 40 / 55)
    assert men["low"] < men["seen"] < men["high"]
    assert (women["count"], women["events"], women["chosen_count"], women["is_sufficient"]) == (100, 8, 0, False)
    assert not {"seen", "chosen", "found", "expected"} & women.keys()
    assert "expected" not in men
    assert {key[1] for key in found if key[0] == "age"} == {"45_59", "under_30"}


def test_a_model_chooses_the_highest_fifth_of_each_month_and_says_what_it_expected() -> None:
    """30 of 150 are chosen a month: in May the first men, in June the women of the highest chances."""
    high_men, high_women = np.linspace(0.9, 0.1, 150), np.linspace(0.1, 0.9, 150)
    found = came_to_groups(READER, [(month(DAYS[0], 60, 0, 0), high_men), (month(DAYS[1], 60, 50, 0), high_women)])
    lines = {line["group"]: line for line in found if line["field"] == "sex"}
    assert (lines["male"]["chosen_count"], lines["female"]["chosen_count"]) == (30, 30)
    assert lines["female"]["events"] == 50
    assert lines["female"]["found"] == 30 / 50
    assert lines["male"]["expected"] == np.concatenate([high_men[:100], high_women[:100]]).mean()


def told_of(day: date, count: int, seed: int, apart: float) -> Sample:
    """Return customers of whom every third is a woman, seen in the first of two features by so many standard deviations."""
    drawn = np.random.default_rng(seed)
    women = np.arange(count) % 3 == 0
    values = np.column_stack([drawn.normal(size=count) + apart * women, drawn.normal(size=count)])
    customers = np.array([f"C{n:05}" for n in range(count)], object)
    return Sample((day,), values, np.zeros(count, np.int64), np.zeros(count, bool), customers, np.array([day] * count, object))


def test_features_that_give_away_the_sex_are_told_and_age_they_do_not_know() -> None:
    """One standard deviation between the sexes is an AUC of 0.76; learnt on one half of the customers, tried on the other; age is drawn apart."""
    count, drawn = 4000, np.random.default_rng(9)
    born = [date(1955 + int(year), 1, 1) for year in drawn.integers(0, 40, count)]
    reader: Any = SimpleNamespace(rows=lambda _: [(f"C{n:05}", "female" if n % 3 == 0 else "male", born[n]) for n in range(count)])
    sex, age = proxies_of(reader, ("a", "b"), told_of(DAYS[0], count, 1, 1.0), told_of(DAYS[1], count, 2, 1.0))
    assert (sex["field"], age["field"], age["group"]) == ("sex", "age", "60_over")
    assert abs(sex["value"] - 0.760) < 0.03
    assert sex["low"] < sex["value"] < sex["high"] < 0.85
    assert age["low"] - 0.01 < 0.5 < age["high"] + 0.01
    few, _ = proxies_of(reader, ("a", "b"), told_of(DAYS[0], 200, 1, 1.0), told_of(DAYS[1], 200, 2, 1.0))
    assert few == {"field": "sex", "group": "female", "is_sufficient": False}
