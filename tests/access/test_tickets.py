"""Correction tickets: raised by who sees the customer, answered by the data department, and no word of either in the audit log."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from customers_home import BY_NUMBER, UNNAMED, customers_home
from django.test import Client
from web_home import signed_in_browser

from maisui.answers import Bank, DeliveredRow, RowKind, delivered_row

pytestmark = pytest.mark.django_db

B1_PERSON, B2_PERSON = "C90000000003", "C90000000004"
WORDS, PROPOSED, ANSWER = "电话已停机换了号", "13900007788", "已在核心系统更正"


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


@pytest.fixture
def engineer() -> Client:
    """Return the browser of a data engineer of the whole bank."""
    return signed_in_browser("engineer1", ("data_engineer", ""))


def tell(client: Client, number: str = B1_PERSON, **changes: str):
    """Say that something of a customer is wrong and return the answer."""
    from maisui.web.access.sealed import reference_of

    form = {"field": "phone", "what_is_wrong": WORDS, "proposed_value": PROPOSED} | changes
    return client.post(f"/customers/{reference_of(number)}/ticket/", form)


def raised(client: Client, number: str = B1_PERSON, **changes: str) -> int:
    """Raise a ticket and return its number."""
    answer = tell(client, number, **changes)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def step(client: Client, number: int, part: str, **form: str) -> int:
    """Take one step and return the status."""
    return client.post(f"/tickets/{number}/{part}/", form).status_code


def answered(client: Client, number: int, outcome: str = "corrected") -> None:
    """Answer a ticket."""
    assert step(client, number, "answer", outcome=outcome, answer=ANSWER) == 302


def ticket_of(number: int):
    """Return a ticket as it is kept."""
    from maisui.web.tickets.models import CorrectionTicket

    return CorrectionTicket.objects.get(pk=number)


def page_of(client: Client, number: int) -> str:
    """Return the page of one ticket."""
    answer = client.get(f"/tickets/{number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def records(action: str) -> list[dict]:
    """Return details and result of the audit records of an action."""
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) | {"result": found.result} for found in AuditRecord.objects.filter(action=action)]


def test_a_ticket_goes_to_the_data_department_and_comes_back_with_its_answer(manager: Client, engineer: Client) -> None:
    """Raised, taken, answered, accepted: each step stands on the page with its person."""
    number = raised(manager)
    assert f"/tickets/{number}/" in engineer.get("/tickets/").content.decode()
    assert step(engineer, number, "take") == 302
    assert ticket_of(number).state == "in_progress"
    answered(engineer, number)
    seen = page_of(manager, number)
    for told in (WORDS, PROPOSED, ANSWER, "已在源系统更正", "提出", "受理", "测试engineer1"):
        assert told in seen
    assert ANSWER in manager.get("/tickets/").content.decode()
    assert step(manager, number, "close") == 302
    assert ticket_of(number).state == "closed"
    assert [found["result"] for name in ("raise", "take", "answer", "close") for found in records(f"ticket_{name}")] == ["allowed"] * 4


def test_the_ticket_names_the_delivered_row(manager: Client, engineer: Client) -> None:
    """Feed, file and line of who the customer is, since no telephone numbers are delivered here."""
    ticket = ticket_of(raised(manager))
    place = list(BY_NUMBER).index(B1_PERSON)
    assert (ticket.source_code, ticket.feed_code, ticket.organisation_code) == ("mini", "CUST", BY_NUMBER[B1_PERSON].home)
    assert ticket.source_line is not None
    assert ticket.source_line > place
    assert ticket.source_file_name in page_of(engineer, ticket.pk)
    assert "没有报送过这一项的行" in page_of(engineer, ticket.pk)
    assert "没有报送过这一项的行" not in page_of(engineer, raised(manager, field="name"))


def test_the_ticket_names_the_department_that_answers_for_the_row(manager: Client, engineer: Client) -> None:
    """The feed's contract says which; the list shows it and is narrowed to it, and to nobody's for an unknown one."""
    number = raised(manager)
    assert "个人金融部" in page_of(engineer, number)
    page = engineer.get("/tickets/?owner=个人金融部").content.decode()
    assert f"/tickets/{number}/" in page
    assert '<option value="个人金融部" selected>' in page
    assert f"/tickets/{number}/" not in engineer.get("/tickets/?owner=计划财务部").content.decode()


def test_words_and_values_stay_out_of_the_audit_log(manager: Client, engineer: Client) -> None:
    """Neither what was said nor what was answered is written there, refused or not."""
    from maisui.web.audit.models import AuditRecord

    number = raised(manager)
    tell(manager)
    page_of(engineer, number)
    answered(engineer, number)
    step(manager, number, "reopen", reason="号码仍然不对呀")
    written = "".join(f"{found.object_id}{found.details}" for found in AuditRecord.objects.filter(action__startswith="ticket"))
    assert not any(word in written for word in (WORDS, PROPOSED, ANSWER, "号码仍然不对呀"))


def test_a_ticket_is_raised_only_on_a_customer_in_scope(manager: Client) -> None:
    """Somebody else's customer and nobody are the same; a role without customers is refused."""
    assert tell(manager, B2_PERSON).status_code == 404
    assert tell(manager, "C99999999999").status_code == 404
    assert tell(signed_in_browser("teller1", ("teller", "B1"))).status_code == 403
    assert tell(signed_in_browser("engineer2", ("data_engineer", ""))).status_code == 403


@pytest.mark.parametrize(
    "changes", [{"field": "nothing"}, {"what_is_wrong": "错"}, {"what_is_wrong": "错" * 301}, {"proposed_value": "1" * 201}]
)
def test_what_is_not_said_properly_is_refused(manager: Client, changes: dict[str, str]) -> None:
    """No such field, too few and too many words: the customer's page says why."""
    answer = tell(manager, **changes)
    assert answer["Location"].startswith("/customers/")
    assert [found["result"] for found in records("ticket_raise")] == ["refused"]


def test_one_person_has_one_waiting_ticket_on_a_field(manager: Client, engineer: Client) -> None:
    """The second is refused until the first is answered; another field and another person are not."""
    number = raised(manager)
    assert tell(manager)["Location"].startswith("/customers/")
    raised(manager, field="village")
    raised(signed_in_browser("manager2", ("customer_manager", "B1")))
    answered(engineer, number)
    raised(manager)


def test_a_ticket_is_reopened_once(manager: Client, engineer: Client) -> None:
    """With a reason; the second answer closes it."""
    number = raised(manager)
    assert step(manager, number, "reopen", reason="还没有答复") == 409
    answered(engineer, number, "not_wrong")
    assert step(manager, number, "reopen", reason="") == 409
    assert step(manager, number, "reopen", reason="号码仍然不对") == 302
    assert ticket_of(number).state == "open"
    assert "号码仍然不对" in page_of(engineer, number)
    answered(engineer, number)
    assert ticket_of(number).state == "closed"
    assert step(manager, number, "reopen", reason="号码仍然不对") == 409
    assert step(manager, number, "close") == 409


def test_an_answer_needs_an_outcome_and_words(manager: Client, engineer: Client) -> None:
    """And is given once; a ticket is taken once."""
    number = raised(manager)
    assert step(engineer, number, "answer", outcome="corrected", answer="") == 409
    assert step(engineer, number, "answer", outcome="whatever", answer=ANSWER) == 409
    assert step(engineer, number, "take") == 302
    assert step(engineer, number, "take") == 409
    answered(engineer, number)
    assert step(engineer, number, "answer", outcome="corrected", answer=ANSWER) == 409


def test_others_see_neither_list_nor_ticket(manager: Client) -> None:
    """A colleague finds nothing of it, does nothing with it, and the attempt is recorded."""
    number = raised(manager)
    colleague = signed_in_browser("manager2", ("customer_manager", "B1"))
    assert colleague.get(f"/tickets/{number}/").status_code == 404
    assert f"/tickets/{number}/" not in colleague.get("/tickets/?list=inbox&state=").content.decode()
    assert step(colleague, number, "close") == 404
    assert step(colleague, number, "take") == 403
    assert [found["result"] for found in records("ticket_view")] == ["refused"]


def test_a_data_engineer_of_a_branch_handles_none(manager: Client) -> None:
    """Delivered files are not cut by organisation, and neither is the inbox."""
    number = raised(manager)
    branch = signed_in_browser("engineer2", ("data_engineer", "B1"))
    assert branch.get(f"/tickets/{number}/").status_code == 404
    assert step(branch, number, "take") == 403
    assert f"/tickets/{number}/" not in branch.get("/tickets/").content.decode()


def test_the_data_department_does_not_see_who_the_customer_is(manager: Client, engineer: Client) -> None:
    """He finds the row by its file and line; the raiser sees the customer masked."""
    number = raised(manager)
    person = BY_NUMBER[B1_PERSON]
    for seen in (page_of(engineer, number), page_of(manager, number)):
        assert person.name not in seen
        assert person.certificate not in seen
        assert person.number not in seen
    assert "请按文件和行号查找" in page_of(engineer, number)
    assert "/customers/" in page_of(manager, number)


def test_the_list_is_filtered_by_state_and_source(manager: Client, engineer: Client) -> None:
    """By default what waits, the oldest first; an unknown state is refused."""
    first, second = raised(manager), raised(manager, field="village")
    page = engineer.get("/tickets/").content.decode()
    assert page.index(f"/tickets/{first}/") < page.index(f"/tickets/{second}/")
    answered(engineer, first)
    assert f"/tickets/{first}/" not in engineer.get("/tickets/").content.decode()
    assert f"/tickets/{first}/" in engineer.get("/tickets/?state=answered&source=mini").content.decode()
    assert f"/tickets/{first}/" not in engineer.get("/tickets/?state=&source=elsewhere").content.decode()
    assert f"/tickets/{first}/" not in engineer.get("/tickets/?list=mine").content.decode()
    assert engineer.get("/tickets/?state=nothing").status_code == 400


def test_a_later_delivery_is_told_once_it_is_published(manager: Client, engineer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the row comes from the file that was there at the answer, nothing has come; another file is named."""
    from maisui.web.actions import tickets

    number = raised(manager)
    answered(engineer, number)
    assert "尚未重新报送" in page_of(manager, number)

    def corrected(*asked) -> DeliveredRow | None:
        row = delivered_row(*asked)
        return row and replace(row, file_id="another", file_name="corrected.txt")

    monkeypatch.setattr(tickets, "delivered_row", corrected)
    assert "corrected.txt" in page_of(manager, number)


def test_the_row_of_a_customer_whom_only_his_account_names_is_his_account(bank) -> None:
    """And of somebody of whom nothing came there is none."""
    with bank.reader() as reader:
        row = delivered_row(reader, bank.home, UNNAMED, RowKind.PHONE)
        assert row is not None
        assert row.feed != "CUST"
        assert delivered_row(reader, bank.home, "nobody", RowKind.MANAGER) is None
