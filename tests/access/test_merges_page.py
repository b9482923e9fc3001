"""Merged customers: the log for those who look after the data, and the other numbers and the household on a customer's page."""

from __future__ import annotations

import json
from decimal import Decimal
from unittest.mock import patch

import pytest
from customers_home import BY_NUMBER, PEOPLE
from django.test import Client
from merged_home import (
    CERTIFICATES,
    DECIDED_BY,
    ELSEWHERE,
    FIRST_DAY,
    HOUSEHOLD_ELSEWHERE,
    SAME_HOUSEHOLD,
    SURVIVOR,
    UNDONE,
    UNDONE_ON,
    merged_home,
)
from web_home import make_person, sign_in, signed_in

from maisui.answers import Bank, CustomerQuery, CustomerSearch, customer_profile, list_customers, merge_log
from maisui.answers.same_person import other_numbers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bank():
    return Bank(merged_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def reference(number: str) -> str:
    from maisui.web.access.sealed import reference_of

    return reference_of(number)


def page_of(client: Client, number: str) -> str:
    answer = client.get(f"/customers/{reference(number)}/")
    assert answer.status_code == 200
    return answer.content.decode()


def details(action: str) -> list[dict[str, object]]:
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) for found in AuditRecord.objects.filter(action=action).order_by("sequence")]


def whole_numbers_in(content: str) -> list[str]:
    """Return every customer number, certificate and personal name that stands whole in a page."""
    values = [
        value for person in PEOPLE if person.kind == "personal" for value in (person.number, person.name, CERTIFICATES[person.number])
    ]
    return [value for value in values if value in content]


# what is known


def test_the_log_holds_every_merge_with_evidence_days_and_who_undid_it(bank) -> None:
    with bank.reader() as reader:
        log = merge_log(reader, page=1, page_size=50)
        beyond = merge_log(reader, page=9, page_size=1)
    assert (log.count, log.in_force_count, log.disabled_zh) == (2, 1, None)
    held, undone = ({row.customer_number: row for row in log.rows}[number] for number in (ELSEWHERE, UNDONE))
    for row in (held, undone):
        assert (row.surviving_number, row.merge.certificate_group, row.merge.valid_from) == (SURVIVOR, "resident", FIRST_DAY)
    assert (held.merge.valid_until, held.merge.undone_by) == (None, None)
    assert (undone.merge.valid_until, undone.merge.undone_by, undone.merge.undone_reason) == (UNDONE_ON, DECIDED_BY, "并非同一人")
    assert (beyond.page, len(beyond.rows)) == (2, 1)


def test_each_number_names_the_others_and_what_was_undone_ends_for_all_of_them(bank) -> None:
    """The undone number was one with the number elsewhere as well, through the survivor, and no longer is."""
    with bank.reader() as reader:
        others = {
            number: {(other.customer_number, other.is_surviving, other.merge.valid_until) for other in other_numbers(reader, number)}
            for number in (SURVIVOR, UNDONE, ELSEWHERE)
        }
    assert others == {
        SURVIVOR: {(ELSEWHERE, False, None), (UNDONE, False, UNDONE_ON)},
        ELSEWHERE: {(SURVIVOR, True, None), (UNDONE, False, UNDONE_ON)},
        UNDONE: {(SURVIVOR, True, UNDONE_ON), (ELSEWHERE, False, UNDONE_ON)},
    }


def test_a_tier_is_the_persons_under_each_of_his_numbers(bank) -> None:
    with bank.reader() as reader:
        standings = {number: customer_profile(reader, number) for number in (SURVIVOR, ELSEWHERE, UNDONE)}
        listed = {
            number: list_customers(reader, CustomerQuery(search=CustomerSearch.NUMBER, words=number)).rows[0].tier_code
            for number in (SURVIVOR, ELSEWHERE, UNDONE)
        }
        ((held,),) = reader.rows(
            "SELECT sum(average_daily_balance) FROM account_month WHERE account_kind = 'deposit' AND customer_number IN (?, ?) "
            "AND month_start = DATE '2026-03-01'",
            [SURVIVOR, ELSEWHERE],
        )
    together, other, undone = (standings[number].standing for number in (SURVIVOR, ELSEWHERE, UNDONE))
    assert together == other
    assert together != undone
    assert abs(together.asset_average_balance - held) <= Decimal("0.02")
    assert listed == {number: profile.standing.tier_code for number, profile in standings.items()}


# who sees what of it


def test_a_manager_sees_the_numbers_at_home_with_him_and_how_many_are_elsewhere() -> None:
    """B1 holds the undone number and one member of the household; the others are at home in B2."""
    content = page_of(signed_in("branch_manager", "B1"), SURVIVOR)
    for number in (UNDONE, SAME_HOUSEHOLD):
        assert reference(number) in content
    for number in (ELSEWHERE, HOUSEHOLD_ELSEWHERE):
        assert reference(number) not in content
    assert "另有 1 个客户号归属其他机构" in content
    assert "另有 1 名成员归属其他机构" in content
    assert f"已撤销 {UNDONE_ON}" in " ".join(content.split())
    assert DECIDED_BY in content
    assert whole_numbers_in(content) == []
    (seen,) = details("customer_view")
    assert (seen["other_numbers"], seen["household"]) == ([UNDONE], [SAME_HOUSEHOLD])


def test_a_president_sees_all_of_them_masked_even_when_the_customer_is_unmasked() -> None:
    president = signed_in("bank_president", "")
    content = page_of(president, SURVIVOR)
    for number in (UNDONE, ELSEWHERE, SAME_HOUSEHOLD, HOUSEHOLD_ELSEWHERE):
        assert reference(number) in content
    assert "归属其他机构" not in content
    assert whole_numbers_in(content) == []
    president.post(f"/customers/{reference(SURVIVOR)}/reveal/", {"reason": "客户在柜台办理挂失"})
    assert set(whole_numbers_in(page_of(president, SURVIVOR))) == {SURVIVOR, BY_NUMBER[SURVIVOR].name, CERTIFICATES[SURVIVOR]}


def test_whoever_is_one_number_only_shows_neither_others_nor_household() -> None:
    content = page_of(signed_in("bank_president", ""), "C90000000021")
    assert "numbers-title" not in content
    assert "household-title" not in content


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("data_engineer", "", 200),
        ("bank_president", "", 200),
        ("data_engineer", "B1", 403),
        ("branch_manager", "", 403),
        ("teller", "", 403),
    ],
)
def test_the_log_is_for_whoever_answers_for_the_whole_bank(role: str, organisation: str, status: int) -> None:
    assert signed_in(role, organisation).get("/merges/").status_code == status


def test_an_engineer_sees_evidence_days_and_decisions_and_nothing_of_the_numbers() -> None:
    content = signed_in("data_engineer", "").get("/merges/").content.decode()
    for shown in ("居民身份证号", f"{FIRST_DAY}", f"{UNDONE_ON}", DECIDED_BY, "有效 1，已撤销 1", "customer_merge_decision"):
        assert shown in content
    assert whole_numbers_in(content) == []
    assert "C90000" not in content
    assert "/customers/" not in content
    assert details("merge_log") == [{"page": 1, "rows": 2}]


def test_a_president_sees_masked_numbers_that_lead_to_the_customers() -> None:
    content = signed_in("bank_president", "").get("/merges/?page=99").content.decode()
    assert "C90000**0003" in content
    assert reference(UNDONE) in content
    assert whole_numbers_in(content) == []


def test_an_engineer_who_sees_the_customers_of_one_branch_sees_no_numbers_of_the_bank() -> None:
    client = Client()
    sign_in(client, make_person("both1", ("data_engineer", ""), ("customer_manager", "B1")))
    assert "C90000" not in client.get("/merges/").content.decode()


@pytest.mark.parametrize("odd", ["0", "-1", "x", "9" * 40, "٣", "<svg onload=alert(1)>"])
def test_nothing_odd_in_the_address_breaks_the_log(odd: str) -> None:
    assert signed_in("data_engineer", "").get("/merges/", {"page": odd}).status_code == 200


def test_without_the_audit_log_nobody_sees_the_log() -> None:
    from maisui.web.audit import heads

    client = signed_in("bank_president", "")
    with patch.object(heads, "is_writable", lambda: False):
        assert client.get("/merges/").status_code == 503
