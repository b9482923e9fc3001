"""Pages ask a version little: what looks at the same rows is read at once, and a second look reads nothing again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from web_home import BRANCH, forget_answers, signed_in

from maisui.warehouse.reader import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the questions that reach the version, none of which was answered before."""
    found: list[str] = []
    whole = Reader.rows

    def recorded(reader: Reader, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        found.append(query)
        return whole(reader, query, values)

    monkeypatch.setattr(Reader, "rows", recorded)
    forget_answers(monkeypatch)
    return found


@pytest.mark.parametrize(
    "address",
    ["/overview/", "/substitution/", "/channels/", "/channel-adoption/", "/catchment/", "/branches/", f"/branches/{BRANCH}/", "/products/"],
)
def test_a_second_look_at_a_page_of_figures_reads_nothing(asked: list[str], address: str) -> None:
    president = signed_in("bank_president")
    first = president.get(address)
    assert first.status_code == 200
    assert asked
    asked.clear()
    second = president.get(address)
    assert second.status_code == 200
    assert asked == []


def test_days_of_one_month_share_what_is_known_of_its_customers_channels(asked: list[str]) -> None:
    president = signed_in("bank_president")
    for address, of_customers in (("/substitution/", "FROM placed AS h"), ("/channel-adoption/", "u.begun_month")):
        president.get(f"{address}?date=2026-03-10")
        assert any(of_customers in query for query in asked)
        asked.clear()
        president.get(f"{address}?date=2026-03-20")
        assert asked
        assert not any(of_customers in query for query in asked)


def test_what_is_known_of_everybody_is_cut_for_whoever_sees_a_part(asked: list[str]) -> None:
    signed_in("bank_president").get("/catchment/")
    assert any("FROM people AS p" in query for query in asked)
    asked.clear()
    assert signed_in("branch_manager", BRANCH, username="manager").get("/catchment/").status_code == 200
    assert not any("FROM people AS p" in query for query in asked)


@pytest.mark.parametrize("address", ["/branches/", f"/branches/{BRANCH}/"])
def test_figures_of_all_outlets_from_the_same_rows_are_read_in_one_pass(asked: list[str], address: str) -> None:
    signed_in("bank_president").get(address)
    alone = [query for query in asked if query.startswith(_BY_OUTLET) and "AS amount" in query and "AS business_date" not in query]
    rows = [found.groups() for query in alone if "DISTINCT" not in query and (found := _LOOKED_AT.search(query))]
    assert sorted(rows) == sorted(set(rows))


_BY_OUTLET = "SELECT\n  m.organisation_code AS organisation_code,\n  "
_LOOKED_AT = re.compile(r"FROM (\w+) AS m.*?\nWHERE (.*?)(?: AND \(|\nGROUP)", re.DOTALL)
"""The mart and the days that a question about every organisation looks at."""
