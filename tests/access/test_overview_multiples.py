"""The organisations below over time: each with the figure of `ask`, in both languages, within the viewer's scope."""

from __future__ import annotations

import re

import pytest
from access.test_overview_in_words import PARTIAL, signed_in
from example_home import tell
from web_home import BRANCH, OTHER_BRANCH, web_home

pytestmark = pytest.mark.django_db
PART = "/overview/?part=multiples"


@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "各机构走势对照"), ("en", "The same line for each")])
def test_each_organisation_below_stands_with_its_own_figure(language: str, heading: str) -> None:
    text = signed_in("bank_president", language=language).get(PART, headers=PARTIAL).content.decode()
    assert heading in text
    shown = dict(re.findall(r'data-multiple="(\w+)".*?data-exact="([^"]*)"', text, re.DOTALL))
    rows = tell("ask", "deposit_balance", "--by", "child", "--json", "--home", str(web_home())).json["rows"]
    assert shown == {row["dimensions"]["child"]: row["value"] for row in rows if row["dimensions"]["child"] in (BRANCH, OTHER_BRANCH)}


def test_without_positions_there_is_no_map() -> None:
    assert "outlet-map" not in signed_in("bank_president").get(PART, headers=PARTIAL).content.decode()


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    client = signed_in("branch_manager", BRANCH)
    assert OTHER_BRANCH not in client.get(PART, headers=PARTIAL).content.decode()
    assert client.get(f"{PART}&org={OTHER_BRANCH}", headers=PARTIAL).status_code == 404
