"""The desk of allocation: who may claim, give and decide what, and what a person may object to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from allocation_home import (
    BALANCES,
    LEAVER,
    OF_B1,
    OF_B2,
    allocation_home,
    decide,
    give,
    half_up,
    held_of,
    only_proposal,
    sealed,
    serve,
    writable_home,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from example_home import run
from web_home import LAST_DAY, forget_answers, make_person, signed_in_browser, without_tokens

from maisui.answers import Bank
from maisui.answers.customer_timeline import customer_timeline
from maisui.answers.managed_customers import managed_now
from maisui.answers.performance import PassedOn

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("allocation desk")]  # its home takes longer to make than its tests


@pytest.fixture
def home(settings) -> Iterator[Path]:
    """Serve a copy of the home."""
    with writable_home(settings) as path:
        yield path


@pytest.fixture
def served(settings) -> None:
    """Serve the home itself to a test that writes nothing into it."""
    serve(settings, allocation_home())


def test_who_leads_nobody_claims_for_himself_and_sees_no_colleague(served: None) -> None:
    """His claim goes to himself whatever he writes; a colleague's holdings and proposals stay unseen; he gives away only what is his."""
    manager = signed_in_browser("user-m", ("customer_manager", "B1"), employee_number=OF_B1)
    names = sealed(manager)
    assert len(names) == 3, "A00004 by 40 %, A00006 by 70 %, A00008 wholly; nothing of the other outlet"
    shown = manager.get(f"/allocations/hand-over/?giver={LEAVER}").content.decode()
    assert "员工A00008" not in shown
    assert not sealed(manager, f"/allocations/hand-over/?giver={LEAVER}")
    said = {"account": names[:1], "receivers": OF_B2, "since": "start", "reason": "由本人维护"}
    assert manager.post("/allocations/claim/", said).status_code == 302
    proposal = only_proposal()
    assert (proposal.kind, proposal.employees) == ("claim", [OF_B1])
    assert give(manager).status_code == 409
    assert manager.post("/allocations/claim/", said | {"account": ["forged"]}).status_code == 409
    other = signed_in_browser("user-o", ("customer_manager", "B1"), employee_number="E00006")
    assert other.get(f"/allocations/proposal/{proposal.pk}/").status_code == 404
    assert other.get("/settlements/").status_code == 403
    assert manager.get("/allocations/import/").status_code == 403


def test_ones_own_page_is_taken_out_and_asked_by_program_and_nobody_elses(served: None) -> None:
    """The leaver's accounts stand in the president's file of him; a manager's own file and answer name himself only."""
    import io

    from openpyxl import load_workbook

    from maisui.web.staff.models import ApiToken, StaffUser
    from maisui.web.staff.tokens import hash_of, new_token

    manager = signed_in_browser("user-e", ("customer_manager", "B1"), employee_number="E00006")
    mine = half_up(BALANCES["A00006"] * Decimal("0.3"))
    book = load_workbook(io.BytesIO(manager.get(f"/my-performance/export.xlsx?org=B2&date={LAST_DAY}").content))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert float(mine) in cells
    assert not [cell for cell in cells if isinstance(cell, str) and LEAVER in cell]
    assert "user-e" in str(book.worksheets[0].oddFooter.center.text) + str(cells), "a file says who took it out"
    assert manager.get("/performance/person/E00002/export.xlsx").status_code == 403
    StaffUser.objects.filter(username="user-e").update(employee_number="")
    token, program = new_token(), make_person("program", ("department_analyst", "B2"), employee_number="E00006").user
    ApiToken.objects.create(
        user=program, name="mine", token_hash=hash_of(token), hint=token[-4:], scopes=["figure_view"],
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    answer = Client().get("/api/performance/own", headers={"Authorization": f"Bearer {token}"}).json()
    told = {one["metric"]: one["value"] for one in answer["figures"]}
    assert (answer["person"], told["managed_deposit_balance"]) == ("E00006", f"{mine:.2f}")
    assert LEAVER not in str(answer)
    assert signed_in_browser("led", ("branch_manager", "B2")).get(f"/performance/person/{LEAVER}/export.xlsx").status_code == 404
    assert signed_in_browser("head", ("bank_president", "")).get(f"/performance/person/{LEAVER}/export.xlsx").status_code == 200


def test_ones_own_page_finds_what_was_read_of_everybody_after_the_publication(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the page reads seven things of the person himself; after it none, and it is the same page to the letter."""
    from maisui.web import warming
    from maisui.web.pages.performance import by_person

    asked: list[tuple[str, str]] = []
    names = ("allocated_by_rule", "product_use", "channel_use", "sold_to", "loan_vintages", "collection", "tier_cohorts")
    reads = {name: getattr(by_person, name) for name in names}
    for name in names:

        def recorded(reader, whose, *more, name=name, read=reads[name]):
            asked.append((name, whose.person if whose else "everybody"))
            return read(reader, whose, *more)

        monkeypatch.setattr(by_person, name, recorded)
    manager = signed_in_browser("user-e", ("customer_manager", "B1"), employee_number="E00006")
    forget_answers(monkeypatch)
    alone = without_tokens(manager.get("/my-performance/").content)
    assert {whose for _, whose in asked} == {"E00006"}
    assert len(asked) == 7, "each once"
    forget_answers(monkeypatch)
    asked.clear()
    warming.warm_version()
    assert sorted(asked) == sorted((name, "everybody") for name, _ in asked)
    assert len(asked) == 7
    asked.clear()
    assert without_tokens(manager.get("/my-performance/").content) == alone
    assert asked == []


def test_nobody_decides_what_is_his_own(served: None) -> None:
    """Neither who proposed, nor who receives, nor who leads another outlet; the second person rejects with a reason only."""
    proposer = signed_in_browser("user-p", ("branch_manager", "B1"), employee_number="E00004")
    accounts = sealed(proposer, f"/allocations/hand-over/?giver={LEAVER}")
    assert len(accounts) == 2
    assert give(proposer).status_code == 409, "the customer is at home in the other outlet: somebody above hands him over"
    assert give(proposer, which="some", account=accounts).status_code == 302
    number = only_proposal().pk
    assert decide(proposer, number) == 409
    assert decide(signed_in_browser("user-r", ("branch_manager", "B1"), employee_number=OF_B1), number) == 409
    assert decide(signed_in_browser("b2", ("branch_manager", "B2")), number) == 404
    second = signed_in_browser("user-s", ("branch_manager", "B1"), employee_number="E00006")
    assert decide(second, number, "reject") == 409
    assert decide(second, number, "reject", "须先面谈") == 302
    assert only_proposal().state == "rejected"
    assert decide(second, number) == 409, "what is decided stays decided"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"receivers": "E00099"}, "E00099 不存在"),
        ({"receivers": LEAVER}, "同一个人"),
        ({"receivers": f"{OF_B1},{OF_B1}"}, "不同的接收工号"),
        ({"valid_from": "2019-01-01"}, "生效日须在"),
        ({"valid_from": ""}, "请填写生效日"),
        ({"reason": "短"}, "请填写理由"),
        ({"giver": "nobody"}, "移出工号不存在"),
    ],
)
def test_a_proposal_that_cannot_stand_is_refused_in_words(served: None, changed: dict[str, str], said: str) -> None:
    answer = give(signed_in_browser("user-a", ("department_analyst", "")), **changed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert said in page or ("移出人与接收人相同" in page and said == "同一个人")


def test_two_proposals_about_one_customer_come_one_after_the_other(served: None) -> None:
    """The hand-over of the customer waits; a claim of his account would be drawn from a state that is about to change."""
    analyst = signed_in_browser("user-a", ("department_analyst", ""))
    assert give(analyst).status_code == 302
    account = next(name for name in sealed(analyst) if analyst.post("/allocations/claim/", {
        "account": [name], "receivers": OF_B1, "since": "start", "reason": "由其维护"}).status_code == 409)  # fmt: skip
    answer = analyst.post("/allocations/claim/", {"account": [account], "receivers": OF_B1, "since": "start", "reason": "由其维护"})
    assert "已涉及其中的对象" in answer.content.decode()


def import_form(client: Client, *rows: str):
    text = "\n".join(["object_kind,object_number,employee_number,business_line,share_percent,valid_from,valid_until", *rows])
    file = SimpleUploadedFile("allocation.csv", text.encode(), content_type="text/csv")
    return client.post("/allocations/import/", {"file": file, "reason": "批量调整归属"})


def test_a_form_is_refused_cell_by_cell_and_taken_whole(served: None) -> None:
    """Each bad cell is named by row and letter; once all pass, one proposal holds every object with who is to hold it."""
    analyst = signed_in_browser("user-a", ("department_analyst", ""))
    answer = import_form(
        analyst,
        "账户,A00006,E00002,存款,60,20260301,",
        "账户,A00006,E00004,存款,50,20260301,",
        "账户,A99999,E00002,存款,50,20260301,",
        "账户,A00001,E00008,存款,120,20260301,20260201",
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    cells = [part.split("</td>", 2)[:2] for part in page.split('<tr><td class="number">')[1:]]
    found = [(row, cell.split("<strong>")[1].split("</strong>")[0]) for row, cell in cells]
    assert found == [("3", "E"), ("4", "B"), ("5", "C"), ("5", "E"), ("5", "G")]
    assert import_form(analyst, "账户,A00006,E00002,存款,60,20260301,", "账户,A00006,E00004,存款,40,20260301,").status_code == 302
    assert [one["after"] for one in only_proposal().holdings] == [{"E00002": "0.6", "E00004": "0.4"}]


def test_who_had_a_number_before_gives_nothing_of_who_has_it_now(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """His account was registered for E00006 before it was another's: it shows none of its accounts and hands none over."""
    former = signed_in_browser("former", ("customer_manager", "B1"), employee_number="E00006")
    page = "/allocations/hand-over/"
    assert sealed(former, page)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: {"E00006": PassedOn("别人", tomorrow, tomorrow)})
    forget_answers(monkeypatch)
    assert not sealed(former, page)
    assert give(former, giver="E00006").status_code == 409


def test_an_objection_is_raised_to_ones_own_figure_and_answered_by_another(served: None) -> None:
    """By who leads the outlet; not by himself, nor from another outlet; what was shown stays with it."""
    from maisui.web.allocations.models import FigureObjection

    himself = signed_in_browser("user-l", ("branch_manager", "B1"), employee_number="E00006")
    assert himself.post("/my-performance/object/", {"metric": "npl_ratio", "words": "这个数不对"}).status_code == 409
    assert himself.post("/my-performance/object/", {"metric": "managed_deposit_balance", "words": "少算了一户"}).status_code == 302
    assert himself.post("/my-performance/object/", {"metric": "managed_deposit_balance", "words": "又少了一户"}).status_code == 409
    raised = FigureObjection.objects.get()
    assert Decimal(raised.shown_value) == half_up(BALANCES["A00006"] * Decimal("0.3"))
    address = f"/allocations/objections/{raised.pk}/answer/"
    answer = {"answer": "dismiss", "words": "该户按规则归客户经理"}
    assert himself.post(address, answer).status_code == 409
    assert signed_in_browser("b2", ("branch_manager", "B2")).post(address, answer).status_code == 404
    assert signed_in_browser("user-c", ("customer_manager", "B1")).post(address, answer).status_code == 403
    leader = signed_in_browser("user-s", ("branch_manager", "B1"))
    assert [(one.page, one.count) for one in leader.get("/my-day/").context["decisions"]] == [("allocations_objections", 1)]
    assert not himself.get("/my-day/").context["decisions"], "his own waits for somebody else"
    assert leader.post(address, answer).status_code == 302
    assert not leader.get("/my-day/").context["decisions"]
    assert "该户按规则归客户经理" in himself.get("/my-day/").content.decode()
    assert "?giver=" not in leader.get("/allocations/objections/").content.decode(), "it was dismissed"
    FigureObjection.objects.update(state="upheld")
    assert "/allocations/hand-over/?giver=E00006" in leader.get("/allocations/objections/").content.decode()
    assert "该户按规则归客户经理" in himself.get("/my-performance/").content.decode()


def hand_over(client: Client, receiver: str, **changed: str):
    """Propose that the customers at home in B2 go to somebody from 16 March on."""
    said = {"act": "hand_over", "whole": "yes", "receiver": receiver, "valid_from": "2026-03-16", "reason": "岗位调整，整体移交"}
    return client.post("/customers/chosen/?org=B2", said | changed, follow=True)


def test_customers_are_handed_over_by_two_people_from_a_day(home: Path, django_capture_on_commit_callbacks) -> None:
    """Four customers, and two accounts of theirs that are assigned by themselves; the receiver takes over what was held."""
    proposer, second = signed_in_browser("user-p", ("bank_president", "")), signed_in_browser("user-s", ("bank_president", ""))
    assert "提交移交" in proposer.get("/customers/?org=B2").content.decode()
    assert hand_over(proposer, OF_B2).redirect_chain[0][0].startswith("/allocations/proposal/")
    proposal = only_proposal()
    assert {(one["number"], one["line"]): (one["before"], one["after"]) for one in proposal.holdings} == {
        **{(f"C00{number}", "deposit"): ({}, {OF_B2: "1"}) for number in (1, 3, 4)},
        **{(f"C00{number}", "loan"): ({}, {OF_B2: "1"}) for number in (1, 2, 3, 4)},
        ("C002", "deposit"): ({LEAVER: "0.600000"}, {OF_B2: "0.600000"}),
        ("A00002", "deposit"): ({LEAVER: "1.000000"}, {OF_B2: "1.000000"}),
        ("A00006", "deposit"): ({"E00006": "0.300000"}, {OF_B2: "0.300000"}),
    }
    assert "等我审批" in second.get("/my-day/").content.decode()
    receiver = signed_in_browser("user-r", ("customer_manager", "B2"), employee_number=OF_B2)
    assert "岗位调整，整体移交" in receiver.get("/my-day/").content.decode(), "whom it concerns sees it on his day"
    assert decide(proposer, proposal.pk) == 409
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(second, proposal.pk) == 302
    run(home, LAST_DAY)
    whole = sum((BALANCES[f"A0000{number}"] for number in (1, 2, 5, 8)), Decimal(0))
    assert held_of("managed_deposit_balance") == {
        OF_B2: whole + half_up(BALANCES["A00004"] * Decimal("0.6")) + half_up(BALANCES["A00006"] * Decimal("0.3"))
    }
    with Bank(home).reader() as reader:
        events = [one for one in customer_timeline(reader, "C002") if one.kind == "manager"]
    assert [(str(one.day), one.before, one.after) for one in events] == [
        ("2026-03-16", "员工A00008", "员工A00003"),
        ("2026-01-01", None, "员工A00008"),
    ]


@pytest.mark.parametrize(
    ("who", "receiver", "changed", "said"),
    [
        ("bank_president", OF_B1, {}, "不在其中部分客户的归属机构任职"),
        ("bank_president", LEAVER, {}, "已不在岗"),
        ("bank_president", "E00099", {}, "不存在"),
        ("bank_president", OF_B2, {"valid_from": ""}, "请填写生效日"),
        ("bank_president", OF_B2, {"reason": "短"}, "请填写理由"),
        ("customer_manager", OF_B2, {}, "所选 4 户中有 4 户不由本人管户（***1、***2、***3 等），须由网点负责人移交"),
    ],
)
def test_a_hand_over_that_cannot_stand_is_refused_in_words(
    served: None, who: str, receiver: str, changed: dict[str, str], said: str
) -> None:
    from maisui.web.allocations.models import AllocationProposal

    client = signed_in_browser(
        "user-a", (who, "" if who == "bank_president" else "B2"), employee_number="" if who == "bank_president" else "E00005"
    )
    assert said in hand_over(client, receiver, **changed).content.decode()
    assert not AllocationProposal.objects.exists()


def test_a_hand_over_says_why_it_was_rejected_and_from_when_it_counts_where_the_data_have_not_reached_it(home: Path) -> None:
    proposer, second = signed_in_browser("user-p", ("bank_president", "")), signed_in_browser("user-s", ("bank_president", ""))
    hand_over(proposer, OF_B2)
    rejected = only_proposal()
    second.post(f"/allocations/proposal/{rejected.pk}/decide/", {"decision": "reject", "note": "请先交接贷款档案"})
    assert "请先交接贷款档案" in proposer.get("/my-day/").content.decode()
    for day, is_ahead in ((LAST_DAY, False), (LAST_DAY + timedelta(days=1), True)):
        number = int(hand_over(proposer, OF_B2, valid_from=str(day)).redirect_chain[0][0].split("/")[3])
        assert decide(second, number) == 302
        said = proposer.get(f"/allocations/proposal/{number}/").content.decode()
        assert (f"数据到 {day} 起生效" in said) == is_ahead


def test_who_looks_after_customers_with_their_village_hands_them_over_himself(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes to him with the village is his own: the receiver takes over his share of it, and nobody else's."""
    from maisui.web.allocations import sources

    shares = {"E00005": Decimal("0.6"), OF_B1: Decimal("0.4")}
    monkeypatch.setattr(
        sources, "shares_by_village", lambda _reader, asked, _day: {one: shares for one in asked if one.object_kind == "customer"}
    )
    client = signed_in_browser("user-v", ("customer_manager", "B2"), employee_number="E00005")
    assert hand_over(client, OF_B2, customers="C001").redirect_chain[0][0].startswith("/allocations/proposal/")
    held = {(one["number"], one["line"]): (one["before"], one["after"]) for one in only_proposal().holdings}
    assert held["C001", "loan"] == ({"E00005": "0.6", OF_B1: "0.4"}, {OF_B1: "0.4", OF_B2: "0.600000"})


def test_nobody_is_offered_himself_under_another_number(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.pages.customers import bulk_hand_over

    client = signed_in_browser("user-n", ("customer_manager", "B2"), employee_number="E00005")
    offered = [number for number, _ in client.get("/customers/?org=B2").context["colleagues"]]
    assert OF_B2 in offered
    monkeypatch.setattr(bulk_hand_over, "own_numbers", lambda _gateway: frozenset(("E00005", OF_B2)))
    assert OF_B2 not in [number for number, _ in client.get("/customers/?org=B2").context["colleagues"]]


def test_nobody_hands_his_own_customers_to_himself_under_another_number(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes this form away from his colleagues sends it with his own second number."""
    from maisui.web.actions import allocations
    from maisui.web.allocations import sources
    from maisui.web.allocations.models import AllocationProposal

    monkeypatch.setattr(
        sources,
        "shares_by_village",
        lambda _reader, asked, _day: {one: {"E00005": Decimal(1)} for one in asked if one.object_kind == "customer"},
    )
    monkeypatch.setattr(allocations, "own_numbers", lambda _gateway: frozenset(("E00005", OF_B2)))
    client = signed_in_browser("user-m", ("customer_manager", "B2"), employee_number="E00005")
    assert "移出人与接收人相同" in hand_over(client, OF_B2, customers="C001").content.decode()
    assert not AllocationProposal.objects.exists()


def test_ones_own_customers_are_those_of_all_ones_numbers(served: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """He signs in as K9 of the counter system; his customers are assigned to another number of his, and none once K9 is somebody else's."""
    with settings.BANK.reader() as reader:
        numbers = [number for (number,) in reader.rows("SELECT DISTINCT employee_number FROM managed_customer_month ORDER BY 1")]
    client = signed_in_browser("user-k", ("customer_manager", ""), employee_number="K9")

    kinds = [
        {"id": f"c{place}", "field": "customer_kind", "is": "is", "value": kind} for place, kind in enumerate(("personal", "corporate"))
    ]
    everybody = json.dumps({"id": "r", "join": "any", "of": kinds})

    def found(number: str, rule: str = "") -> int | None:
        forget_answers(monkeypatch)
        monkeypatch.setattr("maisui.web.own_numbers.person_of", lambda _gateway, _number: ("K9", number))
        address = client.get("/customers/", {"rule": rule} if rule else {}).context["mine_query"]
        return client.get(f"/customers/?{address}&hold=all").context["found"].total_count if address else None

    with settings.BANK.reader() as reader:
        for number in numbers:
            assert found(number) == found(number, everybody) == len(managed_now(reader, [number])) > 0
        assert found("K9") == 0
    assert "我管户的" in client.get("/customers/").content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: {"K9": PassedOn("别人", tomorrow, tomorrow)})
    assert found(numbers[0]) is None


def test_ones_own_customers_are_listed_under_ones_name_even_where_one_has_none(served: None, settings: Any) -> None:
    from maisui.web.gateway import employments_of

    with settings.BANK.reader() as reader:
        holding = {number for (number,) in reader.rows("SELECT DISTINCT employee_number FROM managed_customer_month")}
    number, one = next((number, one) for number, one in employments_of(settings.BANK).items() if number not in holding)
    client = signed_in_browser("user-o", ("customer_manager", "B2"), employee_number=number)
    address = client.get("/customers/").context["mine_query"]
    assert f"客户经理 {one.employee_name} {number}" in client.get(f"/customers/?{address}").content.decode()
