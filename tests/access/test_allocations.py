"""The desk of allocation: from a proposal to the figure, who may not decide, what is frozen, and what a person may object to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from example_home import copy_home, run
from mini_bank import MiniBank, deliver, make_home
from scratch import scratch_folder
from web_home import LAST_DAY, make_person, signed_in_browser

from maisui.answers import Bank, Question, ask
from maisui.answers.customer_timeline import customer_timeline

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("allocation desk")]  # its home takes longer to make than its tests
BALANCES = {number: Decimal(cents).scaleb(-2) for number, cents in MiniBank().balances(LAST_DAY).items()}
LEAVER, OF_B1, OF_B2 = "E00008", "E00002", "E00003"
# For each account an employee of its outlet; the last one has left. B1 holds the accounts of even numbers, B2 the others.
EMPLOYEES = """
SELECT
  delivered_on AS reported_on, replace(number, 'A', 'E') AS employee_number, org AS organisation_code,
  concat('员工', number) AS employee_name, '客户经理' AS post_name, number <> 'A00008' AS is_on_duty, source_file_id, source_line
FROM mini_acct
"""
ASSIGNED = """object_kind,object_number,employee_number,business_line,share_percent,valid_from,valid_until
账户,A00002,E00008,存款,100,20260101,
客户,C002,E00008,存款,60,20260101,
账户,A00006,E00006,存款,30,20260101,
"""
TARGETS = """holder_kind,holder_code,metric_code,period_from,period_end_on,target_amount,target_rate,organisation_code
员工,E00008,managed_customer_count,20260301,20260331,2,,B1
员工,E00002,managed_customer_count,20260301,20260331,1,,B1
"""


@pytest.fixture(scope="module")
def published() -> Iterator[Path]:
    """Make the home once."""
    with scratch_folder() as folder:
        home = make_home(folder / "home", sources=("mini", "supplement"), mappings={"employee_snapshot": EMPLOYEES})
        inbox = home / "inbox" / "supplement"
        (inbox / "MINI01-manager_assignment-20260331.csv").write_text(ASSIGNED, encoding="utf-8")
        (inbox / "MINI01-target-20260331.csv").write_text(TARGETS, encoding="utf-8")
        deliver(home, LAST_DAY)
        run(home, LAST_DAY)
        yield home


@pytest.fixture
def home(settings, published: Path) -> Iterator[Path]:
    """Serve a copy of the home."""
    with scratch_folder() as folder:
        path = copy_home(published, folder / "home")
        settings.BANK = Bank(path)
        settings.HOME = settings.BANK.home
        yield path


@pytest.fixture
def served(settings, published: Path) -> None:
    """Serve the home itself to a test that writes nothing into it."""
    settings.BANK = Bank(published)
    settings.HOME = settings.BANK.home


def give(client: Client, **changed: object):
    """Propose that everything of the leaver goes to somebody from 16 March on."""
    said = {"giver": LEAVER, "which": "all", "receivers": OF_B1, "since": "day", "valid_from": "2026-03-16", "reason": "离职交接，由其接手"}
    return client.post("/allocations/give/", said | changed)


def decide(client: Client, number: int, decision: str = "approve", note: str = "") -> int:
    return client.post(f"/allocations/proposal/{number}/decide/", {"decision": decision, "note": note}).status_code


def only_proposal():
    from maisui.web.allocations.models import AllocationProposal

    return AllocationProposal.objects.get()


def held_of(metric: str, split: str = "manager") -> dict[str, Decimal]:
    """Return a figure of each manager (or of what it is split by) from the served home."""
    from django.conf import settings

    with Bank(settings.HOME.path).reader() as reader:
        return {str(row.dimensions[split]): row.value for row in ask(reader, Question(metric, (split,))).rows if row.value}


def sealed(client: Client, address: str = "/allocations/") -> list[str]:
    """Return the names under which the accounts of a page stand in its form."""
    page = client.get(address).content.decode()
    return [part.split('"', 1)[0] for part in page.split('name="account" value="')[1:]]


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_from_settlement_and_correction_to_figure(home: Path, django_capture_on_commit_callbacks) -> None:
    """March is settled; then a hand-over reaching into it is refused, passes as a correction, counts after a batch, and the settlement stays."""
    from maisui.web.allocations.models import Settlement

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    theirs = half_up(BALANCES["A00004"] * Decimal("0.6"))
    assert held_of("managed_deposit_balance")[LEAVER] == BALANCES["A00002"] + theirs

    assert analyst.post("/settlements/new/", {"period": "month", "day": "2026-03-31", "reason": "三月绩效"}).status_code == 302
    settlement = Settlement.objects.get()
    assert {line["number"]: line["points"] for line in settlement.lines} == {LEAVER: "100.00"}, "who has no figure has no line"
    assert analyst.post(f"/settlements/{settlement.pk}/decide/", {"decision": "approve"}).status_code == 403
    assert president.post(f"/settlements/{settlement.pk}/decide/", {"decision": "approve"}).status_code == 302
    assert "每人到分一致" in president.get(f"/settlements/{settlement.pk}/?recompute=yes").content.decode()
    assert president.get(f"/settlements/{settlement.pk}/export.xlsx").status_code == 200

    refused = give(analyst)
    assert refused.status_code == 409
    assert "已结算冻结" in refused.content.decode()
    assert give(analyst, correction="yes").status_code == 302
    proposal = only_proposal()
    assert proposal.is_correction
    assert decide(analyst, proposal.pk) == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(president, proposal.pk) == 302
    (file,) = (home / "inbox" / "supplement").glob("*allocation_decision*")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[2:9] for line in lines[1:]] == [
        ["更正", "账户", "A00002", "存款", OF_B1, "100.0000", "20260316"],
        ["更正", "客户", "C002", "存款", OF_B1, "60.0000", "20260316"],
    ]
    frozen = json.dumps(settlement.lines)
    run(home, LAST_DAY)
    assert held_of("managed_deposit_balance")[OF_B1] == BALANCES["A00002"] + theirs
    assert LEAVER not in held_of("managed_deposit_balance")
    assert "已计入当前版本：2 行有效" in president.get(f"/allocations/proposal/{proposal.pk}/").content.decode()
    again = president.get(f"/settlements/{settlement.pk}/?recompute=yes").content.decode()
    assert "每人到分一致" in again, "its own version still comes out to the cent"
    assert "有 2 人不同" in again
    assert json.dumps(Settlement.objects.get().lines) == frozen


def test_a_scheme_is_tried_published_by_a_second_person_and_settled(home: Path) -> None:
    """Each manager's deposits at 1 yuan for 10,000 and each outlet's at 0.5: by hand to the cent, frozen, and reckoned again by its own terms."""
    from maisui.web.allocations.models import Settlement
    from maisui.web.schemes.models import SchemeProposal

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    people = {"subject": "manager", "name": "客户经理计价", "post": "客户经理", "metric0": "managed_deposit_balance", "tiers0": "0:1"}
    people |= {"method0": "price", "basis0": "value"}
    tried = analyst.get("/performance-scheme/new/", people).content.decode()
    assert "谁得谁失" in tried
    assert not SchemeProposal.objects.exists(), "a trial writes nothing"
    assert analyst.post("/performance-scheme/new/", people | {"from": "2026-03-15", "reason": "按量计价"}).status_code == 409
    assert analyst.post("/performance-scheme/new/", people | {"from": "2026-03", "reason": "按量计价"}).status_code == 302
    outlets = {
        "subject": "branch",
        "name": "网点计价",
        "metric0": "deposit_balance",
        "tiers0": "0:0.5",
        "method0": "price",
        "basis0": "value",
    }
    assert analyst.post("/performance-scheme/new/", outlets | {"from": "2026-03", "reason": "网点绩效包"}).status_code == 302
    of_outlets, of_people = SchemeProposal.objects.all()

    assert analyst.post(f"/performance-scheme/{of_people.pk}/decide/", {"decision": "approve"}).status_code == 403
    paid = signed_in_browser("paid", ("bank_president", ""), employee_number="E00006")
    assert paid.post(f"/performance-scheme/{of_people.pk}/decide/", {"decision": "approve"}).status_code == 409, "it assesses himself"
    for one in (of_people, of_outlets):
        assert president.post(f"/performance-scheme/{one.pk}/decide/", {"decision": "approve"}).status_code == 302
    again = analyst.post("/performance-scheme/new/", people | {"from": "2026-04", "reason": "重复的方案"})
    assert again.status_code == 409
    assert "同岗位同机构" in again.content.decode()

    assert analyst.post("/settlements/new/", {"period": "month", "day": "2026-03-31", "reason": "三月绩效"}).status_code == 302
    settlement = Settlement.objects.get()
    theirs = BALANCES["A00002"] + half_up(BALANCES["A00004"] * Decimal("0.6"))
    of_a6 = half_up(BALANCES["A00006"] * Decimal("0.3"))
    in_b1 = sum((BALANCES[number] for number in BALANCES if int(number[1:]) % 2 == 0), Decimal(0))
    in_b2 = held_of("deposit_balance", "organisation")["B2"]
    expected = {LEAVER: theirs / 10_000, "E00006": of_a6 / 10_000, "B1": in_b1 / 20_000, "B2": in_b2 / 20_000}
    paid_out = {line["number"]: Decimal(line["pay"]) for line in settlement.lines}
    assert paid_out == {number: half_up(pay) for number, pay in expected.items()}
    assert settlement.total_pay == paid_out[LEAVER] + paid_out["E00006"], "what outlets share out is not paid to people"

    ended = people | {"code": of_people.code, "ended": "yes", "from": "2026-03", "reason": "停用该方案"}
    assert analyst.post("/performance-scheme/new/", ended).status_code == 302
    last = SchemeProposal.objects.first()
    assert president.post(f"/performance-scheme/{last.pk}/decide/", {"decision": "approve"}).status_code == 302
    shown = president.get(f"/settlements/{settlement.pk}/?recompute=yes").content.decode()
    assert "每人到分一致" in shown, "a settlement keeps the schemes by which it was frozen"
    assert president.get(f"/settlements/{settlement.pk}/outlet/B1/").status_code == 200
    assert president.get(f"/settlements/{settlement.pk}/outlet/{LEAVER}/").status_code == 404
    assert president.get(f"/performance-scheme/{of_people.pk}/export.xlsx").status_code == 200
    led = signed_in_browser("led", ("branch_manager", "B2"))
    assert LEAVER not in led.get(f"/performance-scheme/{of_people.pk}/").content.decode()


def test_a_corrected_file_after_settlement_makes_a_difference_that_the_next_settlement_carries_by_choice(home: Path) -> None:
    """E00006 has 30 % of A00006, by a corrected file in a second batch 50 %; 100 yuan for 10,000. February stays, March pays the rest."""
    import io

    from openpyxl import load_workbook

    from maisui.web.allocations.models import Settlement
    from maisui.web.schemes.models import SchemeProposal

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    scheme = {"subject": "manager", "name": "客户经理计价", "metric0": "managed_deposit_balance", "tiers0": "0:100"}
    scheme |= {"post": "客户经理", "method0": "price", "basis0": "value"}
    assert analyst.post("/performance-scheme/new/", scheme | {"from": "2026-02", "reason": "按量计价"}).status_code == 302
    assert president.post(f"/performance-scheme/{SchemeProposal.objects.get().pk}/decide/", {"decision": "approve"}).status_code == 302

    def settle(day: str, *carry: int) -> int:
        return analyst.post("/settlements/new/", {"period": "month", "day": day, "reason": "月度绩效", "carry": carry}).status_code

    def pay(at: str, share: str) -> Decimal:
        held = Decimal(MiniBank().balances(date.fromisoformat(at))["A00006"]).scaleb(-2)
        return half_up(half_up(held * Decimal(share)) / 100)

    assert settle("2026-02-28") == 302
    february = Settlement.objects.get()
    assert president.post(f"/settlements/{february.pk}/decide/", {"decision": "approve"}).status_code == 302
    page = f"/settlements/{february.pk}/person/E00006/"
    assert "到分一致" in president.get(f"{page}?recompute=yes").content.decode()
    assert settle("2026-03-31", february.pk) == 409, "there is nothing to carry over yet"

    def said_open() -> str:
        return president.get(f"/settlements/{february.pk}/open/").content.decode()

    assert said_open().strip() == "一致"

    inbox = home / "inbox" / "supplement"
    (inbox / "MINI01~2-manager_assignment-20260331.csv").write_text(ASSIGNED.replace("存款,30", "存款,50"), encoding="utf-8")
    run(home, LAST_DAY)
    difference = pay("2026-02-28", "0.5") - pay("2026-02-28", "0.3")
    assert difference > 0
    now = president.get(f"{page}?recompute=yes").context["difference"]
    assert (now.settled, now.reckoned, now.open) == (pay("2026-02-28", "0.3"), pay("2026-02-28", "0.5"), difference)
    assert f"1 人有未结转差异，净额 {difference:,.2f} 元" in said_open()
    assert analyst.get("/settlements/").content.decode().count(f"/settlements/{february.pk}/open/") == 2, "beside its box and in the list"
    book = load_workbook(io.BytesIO(president.get(f"{page}export.xlsx").content))
    assert [float(one) for one in (now.settled, now.reckoned, difference, Decimal(0), difference)] in [
        list(row[2:7]) for row in book["差异"].iter_rows(values_only=True)
    ]

    assert settle("2026-03-31", february.pk) == 302
    march = Settlement.objects.get(last_day="2026-03-31")
    line = next(one for one in march.lines if one["number"] == "E00006")
    assert (line["pay"], [one["pay"] for one in line["carried"]]) == (f"{pay('2026-03-31', '0.5')}", [f"{difference}"])
    assert march.total_pay == sum(Decimal(one["pay"]) for one in march.lines) + difference
    assert [one["number"] for one in march.lines if one.get("carried")] == ["E00006"]
    assert f"{difference + pay('2026-03-31', '0.5'):,.2f}" in president.get(f"/settlements/{march.pk}/person/E00006/").content.decode()
    held = president.get(f"/settlements/{march.pk}/?recompute=yes").context["now"]
    assert held.differences == (), "what is carried over is no difference of March"
    now = president.get(f"{page}?recompute=yes").context["difference"]
    assert (now.carried, now.open) == (difference, Decimal(0))
    assert said_open().strip() == "差异已全部结转"
    assert signed_in_browser("led", ("branch_manager", "B1")).get(f"/settlements/{february.pk}/open/").status_code == 404
    assert settle("2026-02-28") == 409, "a period whose differences are carried over is not revised"
    assert Settlement.objects.get(pk=february.pk).lines == february.lines
    assert analyst.post(f"/settlements/{march.pk}/withdraw/").status_code == 302
    assert president.get(f"{page}?recompute=yes").context["difference"].open == difference, "taken back, it is open again"


def test_the_version_of_a_settlement_is_kept_until_the_settlement_is_taken_back(home: Path, django_capture_on_commit_callbacks) -> None:
    """Three batches of one day, of which two versions are kept: the first one stays, and with it the proof to the cent."""
    from maisui.web.allocations.models import Settlement

    analyst = signed_in_browser("one", ("department_analyst", ""))
    with django_capture_on_commit_callbacks(execute=True):
        assert analyst.post("/settlements/new/", {"period": "month", "day": "2026-03-31", "reason": "三月绩效"}).status_code == 302
    settlement = Settlement.objects.get()
    inbox = home / "inbox" / "supplement"
    for share in ("40", "50"):
        (inbox / "MINI01~2-manager_assignment-20260331.csv").write_text(ASSIGNED.replace("存款,30", f"存款,{share}"), encoding="utf-8")
        run(home, LAST_DAY)
    assert "每人到分一致" in analyst.get(f"/settlements/{settlement.pk}/?recompute=yes").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert analyst.post(f"/settlements/{settlement.pk}/withdraw/").status_code == 302
    assert (home / "held-versions.txt").read_text(encoding="utf-8") == "", "what is taken back holds nothing"


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
    from datetime import timedelta

    from django.utils import timezone
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
        ("customer_manager", OF_B2, {}, "户不由本人直接管户（如随村组归属），须由网点负责人移交"),
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
