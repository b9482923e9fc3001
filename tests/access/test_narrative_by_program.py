"""The overview in words by program: the sentences of the page in both languages, numbers that `ask` answers, nobody else's organisation."""

from __future__ import annotations

import re

import pytest
from access.test_interface import get, token_for
from access.test_overview_in_words import signed_in, told
from web_home import BRANCH, OTHER_BRANCH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("word", "language"), [("zh", "zh-hans"), ("en", "en")])
def test_the_program_reads_what_the_page_says(word: str, language: str) -> None:
    text = told(signed_in("bank_president", language=language))
    shown = ["".join(re.sub(r"<[^>]+>", "", one).split()) for one in re.findall(r"<li data-situation.*?</li>", text, re.DOTALL)]
    found = get("narrative", token_for(("bank_president", ""))).json()
    assert found["sentences"]
    for sentence in found["sentences"]:
        assert any("".join(sentence[word].split()) in one for one in shown), sentence[word]


def test_numbers_are_those_of_ask() -> None:
    token = token_for(("bank_president", ""))
    found = get("narrative", token).json()
    moved = [one for one in found["sentences"] if one["metric"] and one["value"] and not one["organisation"]]
    assert moved
    for sentence in moved:
        asked = get(f"figures/{sentence['metric']}", token, compare=found["compare"], period=found["period"]).json()["rows"][0]
        assert (sentence["value"], sentence["change"]) == (asked["value"], asked["change"])


def test_a_branch_reads_of_itself_only() -> None:
    token = token_for(("branch_manager", BRANCH))
    assert get("narrative", token, org=BRANCH).status_code == 200
    assert get("narrative", token, org=OTHER_BRANCH).status_code == 404
    assert get("narrative", "").status_code == 401
    assert get("narrative", token, compare="colour").status_code == 422
