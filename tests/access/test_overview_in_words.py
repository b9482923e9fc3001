"""The overview in words as a page: words for every situation, links for every number, and nobody else's organisation."""

from __future__ import annotations

import re
from decimal import Decimal
from string import Formatter

import pytest
from django.test import Client
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, signed_in

from maisui.answers import Comparison, MainCause, Narrative, Sentence, Situation, metric_of
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.narrative_words import WORDS

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def told(client: Client, query: str = "") -> str:
    answer = client.get(f"/overview/?part=narrative{query}", headers=PARTIAL)
    assert answer.status_code == 200
    return answer.content.decode()


def slots(text: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(text) if slot}


def test_every_situation_has_words_in_both_languages_with_the_same_numbers() -> None:
    assert set(WORDS) == set(Situation)
    for situation, text in WORDS.items():
        assert text.zh != text.en
        assert slots(text.zh) == slots(text.en), situation


def test_the_page_leaves_room_for_the_words_and_asks_for_them() -> None:
    assert "part=narrative" in signed_in("bank_president").get("/overview/").content.decode()


@pytest.mark.parametrize(("language", "heading", "other"), [("zh-hans", "经营要点", "What matters"), ("en", "What matters", "经营要点")])
def test_the_words_are_in_the_readers_language(language: str, heading: str, other: str) -> None:
    text = told(signed_in("bank_president", language=language))
    assert heading in text
    assert other not in text
    assert "data-situation" in text


def test_every_number_is_a_link_that_opens() -> None:
    client = signed_in("bank_president")
    text = told(client)
    links = re.findall(r'<a class="figure-link" href="([^"]+)"', text)
    assert links
    for sentence in re.findall(r"<li data-situation.*?</li>", text):
        assert not re.findall(r"\d[\d,.]*(?:%|万|元)", re.sub(r"<a .*?</a>", "", sentence)), sentence
    for link in {link.replace("&amp;", "&") for link in links}:
        assert client.get(link if link.startswith("/") else f"/overview/{link}").status_code == 200, link


def test_what_is_folded_comes_when_it_is_opened() -> None:
    client = signed_in("bank_president")
    more = client.get("/overview/?part=narrative_more", headers=PARTIAL)
    assert more.status_code == 200
    first, rest = set(re.findall(r'data-situation="(\w+)"', told(client))), re.findall(r'data-situation="(\w+)"', more.content.decode())
    assert len(rest) == len(set(rest))
    assert not first & set(rest)


def test_who_sees_no_explanations_is_led_to_the_drivers() -> None:
    text = told(signed_in("teller", BRANCH))
    assert "data-explain" not in text
    assert "/drivers/" in text


def test_a_branch_reads_of_itself_only() -> None:
    client = signed_in("branch_manager", BRANCH)
    assert OTHER_BRANCH not in told(client)
    assert client.get(f"/overview/?part=narrative&org={OTHER_BRANCH}", headers=PARTIAL).status_code == 404


def test_causes_that_would_be_written_as_zero_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a rise by 0.02 percentage points one product brings 0.018, another 0.004: the second would stand as 0.00pp."""
    causes = tuple(MainCause("product_group", code, Decimal(effect)) for code, effect in (("P1", "0.00018"), ("P2", "0.00004")))
    moved = Sentence(
        Situation.BAD_LOANS_ROSE,
        metric_of("npl_ratio"),
        Decimal("0.0152"),
        LAST_DAY,
        Decimal("0.0002"),
        causes=causes,
    )
    found = Narrative(LAST_DAY, Comparison.PREVIOUS_MONTH, Decimal(1), 1, (moved,))
    monkeypatch.setattr(Gateway, "narrative", lambda self, question: found)
    text = told(signed_in("bank_president", language="en"))
    assert "P1" in text
    assert "+0.02 pp" in text
    assert "P2" not in text
    assert "0.00 pp" not in text
