"""One customer's page: each tab says what it should, what people write of him is kept as written, and only who may writes."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from customers_home import ACCOUNTS, BY_NUMBER, customers_home
from django.test import Client
from django.utils import timezone
from web_home import signed_in_browser

from maisui.answers import Bank

pytestmark = pytest.mark.django_db

B1_PERSON, B2_PERSON, B3_PERSON = "C90000000003", "C90000000004", "C90000000002"
WORDS = "夫妻经营早餐店，旺季在春节前"


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def manager() -> Client:
    """Return the browser of a customer manager of B1."""
    return signed_in_browser("manager1", ("customer_manager", "B1"))


def address(number: str, part: str = "") -> str:
    from maisui.web.access.sealed import reference_of

    return f"/customers/{reference_of(number)}/{part}"


def records(action: str):
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence"))


def fact(client: Client, number: str = B1_PERSON, **changes: str):
    form = {"kind": "business", "words": WORDS, "source": "visit", "valid_from": "2026-01-05", "valid_until": ""} | changes
    return client.post(address(number, "fact/"), form)


def test_the_tab_of_the_address_is_the_chosen_one_and_the_record_names_it(manager) -> None:
    page = manager.get(address(B1_PERSON), {"tab": "holdings", "org": "B1"}).content.decode()
    (chosen,) = re.findall(r'<a class="page-tab" href="\?([^"]*)" aria-current="page"', page)
    assert chosen.replace("&amp;", "&") == "tab=holdings&org=B1"
    assert json.loads(records("customer_view")[-1].details) == {"revealed": False, "tab": "holdings"}


@pytest.mark.parametrize(
    ("name", "value"), [("tab", "secrets"), ("way", "sideways"), ("since", "2026-02-30"), ("account", "62284800000000003"), ("tab", "%00")]
)
def test_an_address_that_means_nothing_is_refused(manager, name: str, value: str) -> None:
    assert manager.get(address(B1_PERSON), {"tab": "transactions"} | {name: value}).status_code == 400


def test_transactions_narrow_by_account_and_direction_and_name_no_account_in_the_address(manager, bank) -> None:
    from maisui.web.customers.tabs import account_reference

    of_b1 = {one.number for one in BY_NUMBER.values() if one.home == "B1"}
    account = next(account for account in ACCOUNTS if account.kind == "deposit" and account.customer in of_b1)
    number, person = account.number, account.customer
    with bank.reader() as reader:
        posted = reader.rows("SELECT balance_change FROM account_transaction WHERE account_number = ?", [number])
    assert posted
    page = manager.get(address(person), {"tab": "transactions", "account": account_reference(number)}).content.decode()
    assert number not in page
    assert f"<small>{len(posted)} 笔</small>" in page
    out = manager.get(address(person), {"tab": "transactions", "way": "out"}).content.decode()
    assert f"<small>{sum(change < 0 for (change,) in posted)} 笔</small>" in out


def test_the_graph_shows_whom_the_list_shows() -> None:
    """Two relations with one person are one point with both words; the list has two lines."""
    from types import SimpleNamespace

    from maisui.answers.customer_relations import Relation
    from maisui.web.customers.tabs import RelationsTab, ShownParty, ShownRelation, Tab
    from maisui.web.pages.customers.one_state import OneState
    from maisui.web.pages.customers.state import State
    from maisui.web.pages.customers.tab_contexts import context_of_tab

    wife, firm = ShownParty("r1", "1", "王*", "personal", "B1"), ShownParty("r2", "2", "某社", "corporate", "B1")
    kinds = (("kin", wife), ("household", wife), ("guaranteed", firm))
    relations = tuple(ShownRelation(Relation("", kind, None, None, None), party) for kind, party in kinds)
    customer = SimpleNamespace(customer_name="李*", content=RelationsTab(relations, 1, None, is_path_asked=False, path=None))
    context = context_of_tab(None, customer, OneState(State(), Tab.RELATIONS))  # type: ignore[arg-type] - only what the tab reads
    assert [str(kind) for kind, _, _ in context["lines"]] == ["亲属", "同户", "由其担保"]
    assert context["graph"]["nodes"] == [{"name": "王*", "kinds": "亲属、同户"}, {"name": "某社", "kinds": "由其担保"}]


def test_a_path_to_somebody_out_of_sight_says_no_more_than_one_to_nobody(manager) -> None:
    pages = []
    for number in (B2_PERSON, "C99999999999"):
        answer = manager.post(address(B1_PERSON, "path/"), {"number": number})
        assert number not in answer["Location"]
        page = manager.get(answer["Location"]).content.decode()
        assert "没有这个客户，或您看不到" in page
        pages.append(re.search(r'<section class="panel" aria-labelledby="path-title">.*?</section>', page, re.DOTALL).group())
    assert len({re.sub(r'(action|value)="[^"]*"', "", page) for page in pages}) == 1
    assert manager.get(address(B1_PERSON), {"tab": "relations", "path": "x"}).status_code == 200


def test_what_is_written_stands_on_the_page_with_author_source_and_days_and_its_words_in_no_record(manager) -> None:
    assert fact(manager).status_code == 302
    page = manager.get(address(B1_PERSON), {"tab": "archive"}).content.decode()
    for word in (WORDS, "上门走访", "2026-01-05", "测试manager1"):
        assert word in page
    (record,) = records("customer_fact_write")
    assert (record.object_id, WORDS in record.details) == (B1_PERSON, False)


def test_a_fact_is_ended_and_never_changed(manager) -> None:
    from maisui.web.contacts.models import CustomerFact

    fact(manager)
    one = CustomerFact.objects.get()
    assert manager.post(address(B1_PERSON, f"fact/{one.pk}/end/")).status_code == 302
    ended = CustomerFact.objects.get()
    assert (ended.words, ended.valid_from, ended.written_at) == (one.words, one.valid_from, one.written_at)
    assert ended.ended_at is not None
    manager.post(address(B1_PERSON, f"fact/{one.pk}/end/"))
    assert [record.result for record in records("customer_fact_end")] == ["allowed", "refused"]
    assert WORDS in manager.get(address(B1_PERSON), {"tab": "archive"}).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "x"},
        {"words": "他的卡是 6228 4800 0000 0003"},
        {"words": "字" * 301},
        {"kind": "gossip"},
        {"source": ""},
        {"valid_from": ""},
        {"valid_from": "2026-02-01", "valid_until": "2026-01-01"},
        {"valid_from": "1926-02-01"},
    ],
)
def test_what_makes_no_sense_or_holds_a_long_number_is_not_written(manager, changes: dict[str, str]) -> None:
    from maisui.web.contacts.models import CustomerFact

    fact(manager, **changes)
    assert not CustomerFact.objects.exists()
    assert [record.result for record in records("customer_fact_write")] == ["refused"]


def test_contacts_and_tasks_are_kept_and_the_next_task_stands_at_the_head_until_it_is_done(manager) -> None:
    from maisui.web.contacts.models import CustomerContact, CustomerTask

    today = timezone.localdate()
    contact = {"kind": "visit", "happened_on": today.isoformat(), "outcome": "interested", "words": "想存三年定期"}
    manager.post(address(B1_PERSON, "contact/"), contact)
    manager.post(address(B1_PERSON, "contact/"), contact | {"happened_on": (today + timedelta(days=1)).isoformat()})
    assert CustomerContact.objects.count() == 1
    for days, what in ((9, "送利率表"), (2, "回访")):
        manager.post(address(B1_PERSON, "task/"), {"what": what, "due_on": (today + timedelta(days=days)).isoformat()})
    head = manager.get(address(B1_PERSON)).content.decode()
    assert f"{(today + timedelta(days=2)).isoformat()} 回访</a>" in head
    first = CustomerTask.objects.get(what="回访")
    manager.post(address(B1_PERSON, f"task/{first.pk}/end/"), {"state": "open"})
    manager.post(address(B1_PERSON, f"task/{first.pk}/end/"), {"state": "done"})
    assert "送利率表</a>" in manager.get(address(B1_PERSON)).content.decode()
    timeline = manager.get(address(B1_PERSON), {"tab": "timeline"}).content.decode()
    assert "上门，有兴趣：想存三年定期" in timeline
    assert "完成：回访" in timeline
    assert [record.result for record in records("customer_task_end")] == ["refused", "allowed"]


def test_nobody_writes_of_customers_elsewhere_or_without_the_permission(manager) -> None:
    from maisui.web.contacts.models import CustomerContact, CustomerFact, CustomerTask

    analyst = signed_in_browser("analyst1", ("department_analyst", ""))
    assert fact(manager, B2_PERSON).status_code == 404
    assert fact(analyst).status_code == 403
    fact(manager)
    entry = CustomerFact.objects.get().pk
    assert manager.post(address(B3_PERSON, f"fact/{entry}/end/")).status_code == 404
    assert b'name="valid_from"' not in analyst.get(address(B1_PERSON), {"tab": "archive"}).content
    assert not CustomerContact.objects.exists()
    assert not CustomerTask.objects.exists()


def test_who_looked_at_a_customer_is_told_to_his_branch_manager_and_not_to_a_customer_manager(manager) -> None:
    branch = signed_in_browser("branch1", ("branch_manager", "B1"))
    manager.get(address(B1_PERSON))
    seen = branch.get(address(B1_PERSON), {"tab": "archive"}).content.decode()
    assert re.search(r"测试manager1 <small>manager1</small></td><td>查看客户", seen)
    assert "谁看过该客户" not in manager.get(address(B1_PERSON), {"tab": "archive"}).content.decode()
    assert BY_NUMBER[B1_PERSON].certificate not in seen


def test_a_rule_of_a_characteristic_tells_shares_as_percentages() -> None:
    from maisui.web.pages.customers.words import rule_of

    assert "占流入不低于 20% 且" in rule_of("migrant", {"migrant_months": "24", "migrant_inflow_share": "0.2"}).zh
    assert "中位数的 2.5%" in rule_of("rent", {"rent_months": "6", "rent_spread_share": "0.025"}).zh
    assert "不低于 —，" in rule_of("night", {}).zh, "what is not set is told so"


def test_a_borrower_whose_loans_came_without_a_class_is_not_said_to_have_none(bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """A core system that knows accounts only delivers balances of loans and no class."""
    monkeypatch.setattr("maisui.web.pages.customers.one.class_word", lambda _: "")
    head = signed_in_browser("head", ("bank_president", ""))
    with bank.reader() as reader:
        owed = dict(reader.rows("SELECT customer_number, loan_balance FROM customer_month QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY month_start DESC) = 1"))  # fmt: skip
    borrower, other = (
        next(number for number in sorted(owed) if bool(owed[number]) is owes and number in BY_NUMBER) for owes in (True, False)
    )
    assert "<dd>未报送分类</dd>" in head.get(address(borrower)).content.decode()
    assert "<dd>无贷款</dd>" in head.get(address(other)).content.decode()


def test_who_he_is_and_how_he_stands_is_read_once_a_page(manager, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.customers import desk

    read: list[str] = []
    profile = desk.customer_profile

    def counted(reader, number: str):
        read.append(number)
        return profile(reader, number)

    monkeypatch.setattr(desk, "customer_profile", counted)
    assert manager.get(address(B1_PERSON)).status_code == 200
    assert read == [B1_PERSON]
