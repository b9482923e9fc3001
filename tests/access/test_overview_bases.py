"""Every base side by side on the overview: the changes of `ask`, with the address of what brought each."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from access.test_overview_in_words import PARTIAL, signed_in
from example_home import tell
from web_home import BRANCH, OTHER_BRANCH, web_home

from maisui.answers import Comparison

pytestmark = pytest.mark.django_db


def lines(text: str) -> dict[str, str]:
    return dict(re.findall(r'<tr data-bases="(\w+)">(.*?)</tr>', text, re.DOTALL))


@pytest.mark.parametrize("metric", ["deposit_balance", "customer_count", "transaction_count", "deposit_average_daily_balance"])
def test_each_change_is_what_ask_answers(metric: str) -> None:
    text = signed_in("bank_president").get("/overview/?part=bases", headers=PARTIAL).content.decode()
    line = lines(text)[metric]
    shown = [
        None if "—" in cell else Decimal(re.findall(r'data-exact="([^"]+)"', cell)[0])
        for cell in re.findall(r"<td.*?</td>", line, re.DOTALL)[1:-1]
    ]
    asked: list[Decimal | None] = []
    for comparison in Comparison:
        told = tell("ask", metric, "--compare", comparison.value, "--json", "--home", str(web_home()))
        change = told.json["rows"][0]["change"] if told.code == 0 else None
        asked.append(None if change is None else Decimal(change))
    assert shown == asked
    assert asked[1] is not None


def test_a_change_leads_to_its_drivers_against_the_same_base() -> None:
    client = signed_in("bank_president", language="en")
    text = client.get("/overview/?part=bases", headers=PARTIAL).content.decode()
    assert "All bases side by side" in text
    links = {link.replace("&amp;", "&") for link in re.findall(r'class="bases-cell" href="([^"]+)"', text)}
    assert any("compare=previous_day" in link for link in links)
    for link in sorted(links)[:6]:
        assert client.get(link).status_code == 200


def test_a_branch_compares_itself_only() -> None:
    assert signed_in("branch_manager", BRANCH).get(f"/overview/?part=bases&org={OTHER_BRANCH}", headers=PARTIAL).status_code == 404
