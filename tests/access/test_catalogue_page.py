"""The catalogue of metrics: everybody who sees figures reads every definition; where a figure comes from needs its own permission."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from web_home import make_person, sign_in, signed_in

from maisui.answers import CATALOGUE, TOPICS

pytestmark = pytest.mark.django_db


@pytest.fixture
def president() -> Client:
    return signed_in("bank_president")


def codes(content: bytes) -> list[str]:
    """Return the codes of the metrics a list shows, in its order."""
    return re.findall(r'href="/catalogue/([a-z0-9_]+)/"', content.decode())


def test_every_metric_stands_once_under_its_topic(president: Client) -> None:
    page = president.get("/catalogue/")
    assert page.status_code == 200
    assert codes(page.content) == [metric.code for metric in CATALOGUE]
    for topic in TOPICS:
        assert topic.name_zh in page.content.decode()


@pytest.mark.parametrize(
    ("words", "found"), [("不良 拨备", {"provision_coverage_ratio"}), ("NPL_Ratio", {"npl_ratio"}), ("roll arrears", {"roll_rate"})]
)
def test_search_wants_every_word_in_either_language(president: Client, words: str, found: set[str]) -> None:
    shown = set(codes(president.get("/catalogue/", {"q": words}).content))
    assert found <= shown
    assert len(shown) < len(CATALOGUE) / 4


def test_a_search_that_finds_nothing_says_so_and_repeats_the_words_harmlessly(president: Client) -> None:
    page = president.get("/catalogue/", {"q": '<script>alert("x")</script>'})
    assert codes(page.content) == []
    assert "没有符合的指标" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_metric_is_told_down_to_its_delivered_columns(president: Client, language: str) -> None:
    president.cookies["django_language"] = language
    page = html.unescape(president.get("/catalogue/npl_ratio/").content.decode())
    metric = next(metric for metric in CATALOGUE if metric.code == "npl_ratio")
    assert (metric.meaning_zh if language == "zh-hans" else metric.meaning_en) in page
    assert metric.numerator.expression in page
    assert metric.denominator.where in page
    assert "maisui ask npl_ratio --by organisation" in page
    assert "/api/figures/npl_ratio?by=organisation" in page
    assert 'id="lineage"' in page
    han = re.compile("[\u4e00-\u9fff]")
    if language == "en":
        lines = [line for line in re.sub(r"<[^>]+>", "", page[page.index('id="page"') :]).splitlines() if han.search(line)]
        assert all("委托贷款" in line for line in lines), "only delivered words stay as they are"


def test_a_metric_that_does_not_exist_is_not_found(president: Client) -> None:
    assert president.get("/catalogue/no_such_metric/").status_code == 404


def test_where_a_figure_comes_from_needs_the_permission_to_explain(client: Client) -> None:
    from maisui.web.access.permissions import ROLES, Permission

    teller = next(
        role for role in ROLES if Permission.FIGURE_VIEW in role.permissions and Permission.FIGURE_EXPLAIN not in role.permissions
    )
    sign_in(client, make_person("somebody", (teller.code, "")))
    page = client.get("/catalogue/npl_ratio/")
    assert page.status_code == 200
    assert b'id="lineage"' not in page.content
