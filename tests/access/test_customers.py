"""Customers: who sees whom, what of him, what is recorded first, and for how long he is unmasked."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from customers_home import ACCOUNTS, BY_NUMBER, OWN_NAME, PEOPLE, POISON, UNNAMED, WITHOUT_ACCOUNT, customers_home, visible_pairs
from django.test import Client
from django.utils import timezone
from web_home import make_person, sign_in, signed_in, without_tokens

from maisui.answers import Bank

pytestmark = pytest.mark.django_db

REASON = "客户在柜台办理挂失"
TABS = (
    "overview", "holdings", "transactions", "characteristics", "value", "channels", "risk", "relations", "archive", "timeline",
)  # fmt: skip
B1_PERSON, B2_PERSON, B3_PERSON, EMPLOYEE, NAMESAKE = "C90000000003", "C90000000004", "C90000000002", "C90000000008", "C90000000009"


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def manager():
    """A manager of B1 and what lies below it; he may unmask there."""
    return signed_in("branch_manager", "B1", username="manager1")


@pytest.fixture
def president():
    return signed_in("bank_president", username="president1")


def viewer(*holdings: tuple[str, str], username: str = "somebody"):
    from maisui.web.access.scope import Viewer

    return Viewer(username, "某人", "", holdings)


def gateway_of(bank, *holdings: tuple[str, str]):
    from maisui.web.gateway import Gateway

    return Gateway(bank, viewer(*holdings))


def address(number: str, part: str = "") -> str:
    from maisui.web.access.sealed import reference_of

    return f"/customers/{reference_of(number)}/{part}"


def records(action: str):
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence"))


def reveal(client: Client, number: str, reason: str = REASON):
    return client.post(address(number, "reveal/"), {"reason": reason})


def raw_values_in(content: str) -> list[str]:
    """Return every personal value that stands whole in a page; the viewer's own name stands in the frame of every page."""
    values = [
        value
        for p in PEOPLE
        for value in (p.number, p.certificate, p.phone, *([p.name] if p.kind == "personal" and p.name != OWN_NAME else []))
    ]
    return [
        value for value in [*values, UNNAMED, "1980-02-29", "村 77号", "4,321,987.00", *(a.number for a in ACCOUNTS)] if value in content
    ]


def without_own_address(content: bytes) -> bytes:
    """Return a page without what it repeats of its own address, and without tokens against forged forms."""
    return re.sub(rb'name="next" value="[^"]*"', b"", without_tokens(content))


# who sees whom


def test_of_a_thousand_random_pairs_each_viewer_sees_exactly_those_at_home_in_his_organisations(bank):
    from maisui.web.access.scope import NotVisibleError

    with bank.reader() as reader:
        truth = visible_pairs(reader)
    numbers, chance = [*BY_NUMBER, UNNAMED, "C0", ""], random.Random(20261101)
    seen = refused = 0
    with patch("maisui.web.customers.desk.record") as record:
        for _ in range(1000):
            tops = [chance.choice(["B0", "B1", "B2", "B3", "B9"]) for _ in range(chance.choice([1, 1, 2]))]
            role = chance.choice(["customer_manager", "branch_manager", "department_analyst"])
            number = chance.choice(numbers)
            gateway = gateway_of(bank, *((role, top) for top in tops), ("teller", "B0"))
            is_visible = any((top, number) in truth for top in tops)
            try:
                gateway.customer_profile(number)
            except NotVisibleError:
                assert not is_visible, (tops, number)
                refused += 1
            else:
                assert is_visible, (tops, number)
                seen += 1
        assert record.call_count == 1000
    assert min(seen, refused) > 100


def test_lists_hold_exactly_the_customers_of_the_scope(bank):
    from maisui.answers import CustomerQuery, CustomerSearch

    with bank.reader() as reader:
        truth = visible_pairs(reader)
    for tops in (("B0",), ("B1",), ("B2",), ("B3",), ("B2", "B3"), ("B9",)):
        gateway = gateway_of(bank, *(("customer_manager", top) for top in tops))
        expected = {number for top, number in truth if top in tops}
        assert gateway.list_customers(CustomerQuery(with_open_account=False, size=200)).found.total_count == len(expected)
        assert set(json.loads(records("customer_list")[-1].details)["customers"]) == expected
        for person in PEOPLE:
            search = CustomerQuery(search=CustomerSearch.CERTIFICATE, words=person.certificate, with_open_account=False)
            assert gateway.list_customers(search).found.total_count == (person.number in expected)


def test_a_customer_elsewhere_and_one_who_does_not_exist_get_the_same_bytes(manager):
    from maisui.web.access.sealed import reference_of

    pages = set()
    for reference in (reference_of(B2_PERSON), reference_of("C99999999999"), "x", "AAAA", reference_of(B1_PERSON)[:-2] + "AA", "%00", "重"):
        answer = manager.get(f"/customers/{reference}/")
        pages.add((answer.status_code, without_own_address(answer.content)))
        assert manager.post(f"/customers/{reference}/reveal/", {"reason": REASON}).status_code == 404
    assert len(pages) == 1
    assert next(iter(pages))[0] == 404


def test_an_organisation_elsewhere_is_not_found_and_recorded(manager):
    assert manager.get("/customers/?org=B1").status_code == 200
    pages = {(a.status_code, without_own_address(a.content)) for org in ("B2", "B0", "B9") for a in [manager.get(f"/customers/?org={org}")]}
    assert {status for status, _ in pages} == {404}
    assert len(pages) == 1
    assert [r.object_id for r in records("customer_list") if r.result == "refused"] == ["B2", "B0", "B9"]


def test_without_the_permission_there_is_neither_page_nor_menu_line():
    client = Client()
    sign_in(client, make_person("teller1", ("teller", "B1"), second_factor=False))
    for path in ("/customers/", address(B1_PERSON)):
        assert client.get(path).status_code == 403
    assert client.post("/customers/search/", {"by": "name", "words": "欧阳"}).status_code == 403
    assert reveal(client, B1_PERSON).status_code == 403
    assert b'href="/customers/"' not in client.get("/account/").content


def test_strangers_are_led_to_sign_in():
    for path in ("/customers/", address(B1_PERSON)):
        assert Client().get(path).status_code == 302


# what of him


def test_no_byte_of_any_page_holds_a_whole_personal_value(president):
    pages = [president.get(f"/customers/?hold=all&sort={sort}") for sort in ("name", "-number", "deposit_balance")]
    pages += [president.get(address(person.number)) for person in PEOPLE]
    pages += [president.get(address(number), {"tab": tab}) for number in (B1_PERSON, UNNAMED) for tab in TABS]
    for page in pages:
        assert page.status_code == 200
        assert raw_values_in(page.content.decode()) == []
    assert "欧阳" in pages[0].content.decode()
    assert "330***********0003" in president.get(address(B1_PERSON)).content.decode()


def test_a_search_leaves_no_whole_value_in_addresses_pages_or_the_log(manager):
    person = BY_NUMBER[B1_PERSON]
    account = next(a.number for a in ACCOUNTS if a.customer == B1_PERSON)
    for by, words in (("certificate", person.certificate), ("account", account), ("name", person.name), ("number", person.number)):
        answer = manager.post("/customers/search/?kind=personal", {"by": by, "words": words})
        assert answer.status_code == 302
        page = manager.get(answer["Location"])
        assert page.status_code == 200
        assert words not in answer["Location"]
        assert raw_values_in(page.content.decode()) == []
        assert len(re.findall(r'<a href="/customers/[\w-]{20,}/', page.content.decode())) == 1
        last = records("customer_list")[-1]
        assert json.loads(last.details)["search"] == by
        assert by == "number" or words not in last.details


def test_a_search_belongs_to_the_session_that_made_it(manager, president):
    location = manager.post("/customers/search/", {"by": "name", "words": "欧阳"})["Location"]
    assert manager.get(location).status_code == 200
    assert president.get(location).status_code == 400


def test_a_name_that_is_a_script_is_shown_and_not_run(president):
    for page in (president.get("/customers/?kind=corporate"), president.get(address("C90000000005"))):
        content = page.content.decode()
        assert POISON not in content
        assert "<svg onload" not in content
        assert "&lt;svg onload=alert(1)&gt;" in content


ODD = [
    "'",
    '"',
    "';--",
    "' OR '1'='1",
    "1 UNION SELECT 1",
    "<svg onload=alert(1)>",
    "%",
    "_",
    "\\",
    "\x00",
    "-1",
    "0",
    "9" * 40,
    "٣",
    "𝟙",
    "x" * 5000,
    "../..",
    "欧阳",
]


@pytest.mark.parametrize("odd", ODD)
def test_nothing_odd_in_any_parameter_breaks_a_page(president, odd):
    for name in ("org", "kind", "hold", "sort", "page", "find", "part", "of"):
        answer = president.get("/customers/", {name: odd})
        assert answer.status_code in (200, 400, 404), name
        assert b"<svg onload" not in answer.content
    for by in ("name", "number", "certificate", "account", odd):
        answer = president.post("/customers/search/", {"by": by, "words": odd})
        assert answer.status_code in (302, 400), by
        if answer.status_code == 302:
            page = president.get(answer["Location"])
            assert page.status_code == 200
            assert b"<svg onload" not in page.content
    assert reveal(president, B1_PERSON, odd).status_code == 302


def test_what_is_shown_is_not_kept_by_the_browser(president):
    for path in ("/customers/", address(B1_PERSON)):
        assert "no-store" in president.get(path)["Cache-Control"]


def test_forms_without_their_token_are_refused(president):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = president.cookies
    assert strict.post("/customers/search/", {"by": "name", "words": "欧阳"}).status_code == 403
    assert reveal(strict, B1_PERSON).status_code == 403


# what is recorded first


def test_the_record_names_who_was_shown_before_he_is_shown(manager):
    at_rendering: list[int] = []

    def counting(*arguments, **named):
        from django.shortcuts import render

        at_rendering.append(len(records("customer_list")) + len(records("customer_view")))
        return render(*arguments, **named)

    with patch("maisui.web.pages.customers.page.render", counting), patch("maisui.web.pages.customers.one.render", counting):
        manager.get("/customers/")
        manager.get(address(B1_PERSON))
    assert at_rendering == [1, 2]
    listed, viewed = records("customer_list")[0], records("customer_view")[0]
    shown = set(json.loads(listed.details)["customers"])
    assert shown == {p.number for p in PEOPLE if p.home in ("B1", "B3")} - WITHOUT_ACCOUNT | {UNNAMED}
    assert (viewed.actor_username, viewed.object_id, viewed.result) == ("manager1", B1_PERSON, "allowed")


def test_a_refused_look_is_recorded(manager):
    manager.get(address(B2_PERSON))
    (found,) = records("customer_view")
    assert (found.object_id, found.result) == (B2_PERSON, "refused")


def test_without_the_audit_log_nobody_sees_a_customer(manager):
    from maisui.web.audit import heads

    with patch.object(heads, "is_writable", lambda: False):
        for answer in (manager.get("/customers/"), manager.get(address(B1_PERSON)), reveal(manager, B1_PERSON)):
            assert answer.status_code == 503
            assert "欧阳" not in answer.content.decode()
    from maisui.web.customers.models import CustomerReveal

    assert not CustomerReveal.objects.exists()


# for how long he is unmasked


def test_a_reveal_shows_him_whole_for_a_quarter_of_an_hour_and_only_to_the_one_who_asked(manager, president):
    from maisui.web.customers.models import CustomerReveal

    person = BY_NUMBER[B1_PERSON]
    assert reveal(manager, B1_PERSON).status_code == 302
    page = "".join(manager.get(address(B1_PERSON), {"tab": tab}).content.decode() for tab in ("overview", "archive", "holdings"))
    masked = "".join(president.get(address(B1_PERSON), {"tab": tab}).content.decode() for tab in ("overview", "archive"))
    for mask in (f"138****{person.phone[-4:]}", "Mill Village 村****"):
        assert mask in masked
    whole = (person.name, person.certificate, person.number, person.phone, "村 77号", "4,321,987.00", "1980-02-29")
    for value in (*whole, *(a.number for a in ACCOUNTS if a.customer == B1_PERSON)):
        assert value in page
    assert re.search(r'data-countdown="(89\d|900)"', page)
    assert set(raw_values_in(manager.get("/customers/").content.decode())) == set()
    assert raw_values_in(president.get(address(B1_PERSON)).content.decode()) == []
    (found,) = records("customer_reveal")
    assert json.loads(found.details)["reason"] == REASON
    assert json.loads(records("customer_view")[0].details) == {"revealed": True}

    CustomerReveal.objects.update(expires_at=timezone.now() + timedelta(seconds=2))
    assert person.certificate in manager.get(address(B1_PERSON)).content.decode()
    CustomerReveal.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert raw_values_in(manager.get(address(B1_PERSON)).content.decode()) == []


def test_asking_again_while_he_is_unmasked_neither_counts_nor_prolongs(manager):
    from maisui.web.customers.models import CustomerReveal

    reveal(manager, B1_PERSON)
    until = CustomerReveal.objects.get().expires_at
    reveal(manager, B1_PERSON)
    assert CustomerReveal.objects.get().expires_at == until


@pytest.mark.parametrize("reason", ["", "      ", "五个字理由", "a b c d e", "\n\n\n\n\n\n"])
def test_a_reveal_needs_a_reason(manager, reason):
    assert reveal(manager, B1_PERSON, reason).status_code == 302
    assert raw_values_in(manager.get(address(B1_PERSON)).content.decode()) == []
    assert [r.result for r in records("customer_reveal")] == ["refused"]


def test_so_many_reveals_a_day_and_no_more(manager, settings):
    from maisui.web.customers.models import CustomerReveal

    settings.HOME = replace(settings.HOME, web=replace(settings.HOME.web, reveals_a_day=2))
    numbers = [p.number for p in PEOPLE if p.home == "B1" and p.kind == "personal" and p.number != NAMESAKE][:3]
    for number in numbers:
        reveal(manager, number)
    assert CustomerReveal.objects.count() == 2
    assert raw_values_in(manager.get(address(numbers[2])).content.decode()) == []
    assert [r.result for r in records("customer_reveal")] == ["allowed", "allowed", "refused"]

    CustomerReveal.objects.update(revealed_at=timezone.now() - timedelta(days=1))
    reveal(manager, numbers[2])
    assert CustomerReveal.objects.count() == 3


def test_who_sees_customers_masked_only_cannot_unmask_them():
    client = Client()
    sign_in(client, make_person("seller1", ("customer_manager", "B1"), second_factor=False))
    assert b'data-dialog-open="reveal"' not in client.get(address(B1_PERSON)).content
    assert reveal(client, B1_PERSON).status_code == 403
    assert raw_values_in(client.get(address(B1_PERSON)).content.decode()) == []


def test_unmasking_is_limited_to_where_one_may_unmask():
    client = Client()
    sign_in(client, make_person("mixed1", ("branch_manager", "B3"), ("department_analyst", "")))
    assert client.get(address(B2_PERSON)).status_code == 200
    assert reveal(client, B2_PERSON).status_code == 404
    assert reveal(client, B3_PERSON).status_code == 302
    assert BY_NUMBER[B3_PERSON].certificate in client.get(address(B3_PERSON)).content.decode()
    assert raw_values_in(client.get(address(B2_PERSON)).content.decode()) == []


def test_a_reveal_ends_with_the_right_to_it():
    from maisui.web.actions.roles import end_grant, grant_role
    from maisui.web.audit.actor import operator
    from maisui.web.staff.models import RoleGrant

    client, person = Client(), make_person("manager3", ("branch_manager", "B1"))
    sign_in(client, person)
    reveal(client, B1_PERSON)
    assert BY_NUMBER[B1_PERSON].certificate in client.get(address(B1_PERSON)).content.decode()
    end_grant(by=operator(), grant=RoleGrant.objects.get(user=person.user))
    grant_role(by=operator(), user=person.user, role="customer_manager", organisation_code="B1")
    sign_in(client, person)
    page = client.get(address(B1_PERSON))
    assert page.status_code == 200
    assert raw_values_in(page.content.decode()) == []


def test_nobody_unmasks_a_customer_of_his_own_name(manager):
    assert 'data-dialog-open="reveal"' not in manager.get(address(NAMESAKE)).content.decode()
    reveal(manager, NAMESAKE)
    assert raw_values_in(manager.get(address(NAMESAKE)).content.decode()) == []
    assert [r.result for r in records("customer_reveal")] == ["refused"]


def test_an_employee_is_unmasked_only_by_who_may_for_the_whole_bank(president):
    home = BY_NUMBER[EMPLOYEE].home
    client = Client()
    sign_in(client, make_person("manager2", ("branch_manager", home)))
    reveal(client, EMPLOYEE)
    assert raw_values_in(client.get(address(EMPLOYEE)).content.decode()) == []
    reveal(president, EMPLOYEE)
    assert BY_NUMBER[EMPLOYEE].certificate in president.get(address(EMPLOYEE)).content.decode()


def test_addresses_carry_no_number_and_one_customer_has_one(president):
    first, second = (re.findall(r'href="(/customers/[\w-]{20,}/)', president.get("/customers/").content.decode()) for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)
    assert not any(number in path for path in first for number in BY_NUMBER)


def test_a_list_by_tier_shows_that_tier_only_and_no_other(president):
    """The tier stands in the address, keeps its choice on the page, and one that nobody has is refused."""
    page = president.get("/customers/?tier=ordinary")
    assert page.status_code == 200
    text = page.content.decode()
    assert 'href="?tier=ordinary" aria-current="true"' in text
    assert "普通" in text
    assert president.get("/customers/?tier=nobility").status_code == 400
