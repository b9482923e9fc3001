"""The morning sheet: the viewer's own organisation first, both languages, masked names with a record, none for who sees no customers."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from access.test_overview_in_words import signed_in
from allocation_home import allocation_home, held_of, serve
from django.utils import timezone
from example_home import tell
from web_home import BRANCH, OTHER_BRANCH, forget_answers, signed_in_browser, web_home

from maisui.answers.performance import PassedOn
from maisui.web.audit.models import AuditRecord

pytestmark = pytest.mark.django_db
PAGE = "/morning-sheet/"
MANAGER = "E00006"


def test_it_opens_for_the_viewers_own_organisation_against_the_day_before() -> None:
    text = signed_in("branch_manager", BRANCH).get(PAGE).content.decode()
    assert "North Street" in text
    (row,) = tell("ask", "deposit_balance", "--org", BRANCH, "--compare", "previous_day", "--json", "--home", str(web_home())).json["rows"]
    line = re.search(r'<tr data-sheet="deposit_balance">(.*?)</tr>', text, re.DOTALL)
    assert line is not None
    assert f'data-exact="{row["value"]}"' in line[1]
    assert "2026-03-30" in text


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ("晨会单", "关键指标", "今日安排")), ("en", ("Morning sheet", "Key figures", "To do today"))]
)
def test_both_languages_are_complete(language: str, words: tuple[str, ...]) -> None:
    text = signed_in("bank_president", language=language).get(PAGE).content.decode()
    assert all(word in text for word in words)
    assert ("晨会单" in text) == (language != "en")


def test_who_is_named_is_masked_and_recorded() -> None:
    text = signed_in("bank_president").get(PAGE).content.decode()
    assert "Customer C00" not in text
    assert not re.search(r"\bC00\d\b", text)
    named = [number for entry in AuditRecord.objects.filter(action="customer_list") for number in json.loads(entry.details)["customers"]]
    assert named


def test_who_sees_no_customers_gets_the_figures_without_names() -> None:
    text = signed_in("teller", BRANCH).get(PAGE).content.decode()
    assert 'data-sheet="deposit_balance"' in text
    assert "不列客户名单" in text
    assert not AuditRecord.objects.filter(action="customer_list").exists()


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    assert signed_in("branch_manager", BRANCH).get(f"{PAGE}?org={OTHER_BRANCH}").status_code == 404


@pytest.mark.parametrize(
    "query", ["manager=E404", "manager=all", "date=2026-03-15", "date=1999-01-01", "compare=same_date_last_year", "date=2026-01-01"]
)
def test_odd_addresses_are_answered_in_words(query: str) -> None:
    assert signed_in("bank_president").get(f"{PAGE}?{query}").status_code in (200, 400)


def test_a_manager_opens_his_own_sheet_and_none_of_a_colleague(settings) -> None:
    """His figures are the lines of `ask` under his number; the list offers nobody else, and another's address is answered as unknown."""
    serve(settings, allocation_home())
    own = signed_in_browser("own", ("customer_manager", ""), employee_number=MANAGER)
    text = own.get(PAGE).content.decode()
    mine = held_of("managed_customer_count")[MANAGER]
    line = re.search(r'<tr data-sheet="managed_customer_count">(.*?)</tr>', text, re.DOTALL)
    assert line is not None
    assert f'data-exact="{mine}"' in line[1]
    others = sorted(set(held_of("managed_customer_count")) - {MANAGER, "unassigned"})
    assert others
    assert [number for number in others if f'value="{number}"' in text] == []
    assert "there is no such manager here" in own.get(f"{PAGE}?manager={others[0]}").content.decode()
    leader = signed_in_browser("head", ("bank_president", "")).get(PAGE).content.decode()
    assert [number for number in (MANAGER, *others) if f'value="{number}"' not in leader] == []


def test_a_manager_sees_no_figure_of_who_had_his_number_in_the_month(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """His number is his from 16 March on: the sheet of March is his predecessor's too, and none from the day on which it became another's."""
    serve(settings, allocation_home())
    passed: dict[str, PassedOn] = {}
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: passed)
    own = signed_in_browser("own", ("customer_manager", ""), employee_number=MANAGER)
    for found, is_shown in (
        (None, True),
        (PassedOn("测试own", date(2026, 3, 16), None), False),
        (PassedOn("测试own", date(2026, 3, 1), None), True),
        (PassedOn("别人", timezone.localdate() + timedelta(days=1), None), False),
    ):
        passed |= {MANAGER: found} if found else {}
        forget_answers(monkeypatch)
        answer = own.get(PAGE)
        assert answer.status_code == 200
        assert (f'value="{MANAGER}"' in answer.content.decode()) is is_shown, found
