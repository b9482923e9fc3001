"""What a data engineer sees of deliveries: every row accounted for, and nothing of what the lines say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from web_home import BRANCH, make_person, sign_in, web_home

from maisui.answers import Bank, deliveries, feed_states, kept_back
from maisui.errors import QuestionError
from maisui.intake import Shrunken

pytestmark = pytest.mark.django_db


def lines_in(home: Path) -> int:
    """Return the data lines of all delivered files, headers and empty ends left out."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in (home / "inbox").rglob("*.txt"))


def test_feeds_add_up_to_the_files_that_lie_in_the_inbox() -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        states = feed_states(reader, bank.home)
        every = deliveries(reader, page_size=1000)

    assert sum(state.rows for state in states) == lines_in(web_home())
    assert all(state.is_conserved for state in states)
    assert sum(state.files for state in states) == every.count == len(every.rows)
    assert {state.title_en for state in states} >= {"Organisations"}
    assert [row.business_date for row in every.rows] == sorted((row.business_date for row in every.rows), reverse=True)


def test_pages_of_files_cover_all_of_them_once() -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        every = deliveries(reader, page_size=1000).rows
        cut = [row for page in range(1, len(every) + 1) for row in deliveries(reader, page=page, page_size=2).rows]
        one = deliveries(reader, feed=every[0].feed, page_size=1000)
        with pytest.raises(QuestionError):
            kept_back(reader, bank.home, "0" * 16)
    assert cut == list(every)
    assert {row.feed for row in one.rows} == {every[0].feed}


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [("data_engineer", "", 200), ("bank_president", "", 200), ("data_engineer", BRANCH, 403), ("branch_manager", "", 403)],
)
def test_deliveries_are_for_whoever_answers_for_the_whole_bank(client: Client, role: str, organisation: str, status: int) -> None:
    sign_in(client, make_person("somebody", (role, organisation)))
    assert client.get("/data/").status_code == status
    assert client.get("/data/file/0000000000000000/").status_code == (404 if status == 200 else 403)


def test_a_full_file_that_shrank_stands_first_and_says_from_what(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        states = feed_states(reader, bank.home)
    cut = Shrunken("mini", states[-1].feed, date(2026, 3, 31), 12, date(2026, 2, 28), 1060)
    shown = (*states[:-1], replace(states[-1], shrunken=cut))
    monkeypatch.setattr("maisui.web.data_desk.DataDesk.feed_states", lambda _desk: shown)
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    text = client.get("/data/").content.decode()

    assert "骤减：12 行，2026-02-28 为 1,060 行" in text
    feeds = re.findall(r'href="\?feed=(\w+)#files"', text)
    assert feeds[0] == states[-1].feed
    assert "fewer: 12 rows, 2026-02-28 had 1,060" in client.get("/data/", headers={"Accept-Language": "en"}).content.decode()


def test_a_file_shows_its_rows_and_none_of_its_values(client: Client) -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        accounts = next(row for row in deliveries(reader, feed="ACCT", page_size=10).rows)
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    text = client.get(f"/data/file/{accounts.file_id}/").content.decode()

    assert accounts.file_name in text
    file = next((web_home() / "inbox").rglob(accounts.file_name))
    numbers = [line.split("|")[0] for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert numbers
    assert not any(number in text for number in numbers)


@pytest.mark.parametrize(
    "query", ["?feed=' OR 1=1--", "?page=0", "?page=-1", "?page=99999999999999999999", "?page=x", "?kept=2", "?feed=" + "x" * 5000]
)
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    assert client.get(f"/data/{query}").status_code == 200
