"""Settlements: frozen, reckoned again by their own terms, corrected afterwards, carried over, and their versions kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from allocation_home import ASSIGNED, BALANCES, LEAVER, OF_B1, decide, give, half_up, held_of, only_proposal, writable_home
from example_home import run
from mini_bank import MiniBank
from web_home import LAST_DAY, signed_in_browser

from maisui.answers.performance import PassedOn

OF_PEOPLE, OF_OUTLETS = "managed_deposit_balance", "deposit_balance"

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("allocation desk")]  # its home takes longer to make than its tests


@pytest.fixture
def home(settings) -> Iterator[Path]:
    """Serve a copy of the home."""
    with writable_home(settings) as path:
        yield path


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

    _sees_his_own_statement_alone(settlement, president)

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


def _sees_his_own_statement_alone(settlement, president) -> None:
    """Once it is approved E00006 opens his parts and takes them out; a colleague's number in his address finds nothing."""
    import io

    from openpyxl import load_workbook
    from pypdf import PdfReader

    from maisui.web.staff.models import StaffUser

    StaffUser.objects.filter(username="paid").update(employee_number="")
    mine = signed_in_browser("mine", ("customer_manager", "B1"), employee_number="E00006")
    own = f"/my-performance/settled/{settlement.pk}/E00006/"
    assert own not in mine.get("/my-performance/").content.decode()
    assert mine.get(own).status_code == 404, "it waits"
    assert president.post(f"/settlements/{settlement.pk}/decide/", {"decision": "approve"}).status_code == 302
    assert own in mine.get("/my-performance/").content.decode()
    pay = next(line["pay"] for line in settlement.lines if line["number"] == "E00006")
    shown = mine.get(f"{own}?recompute=yes").content.decode()
    assert f"{Decimal(pay):,.2f} 元" in shown
    assert "到分一致" in shown
    assert LEAVER not in shown
    book = load_workbook(io.BytesIO(mine.get(f"{own}export.xlsx").content))
    cells = _cells(book)
    assert float(pay) in cells
    assert LEAVER not in cells
    assert [code for code in (OF_PEOPLE, OF_OUTLETS) if code in cells] == [OF_PEOPLE], "not what outlets are assessed by"
    outlet = load_workbook(io.BytesIO(president.get(f"/settlements/{settlement.pk}/outlet/B1/export.xlsx").content))
    assert [code for code in (OF_PEOPLE, OF_OUTLETS) if code in _cells(outlet)] == [OF_OUTLETS]
    whole = load_workbook(io.BytesIO(president.get(f"/settlements/{settlement.pk}/export.xlsx").content))
    assert {OF_PEOPLE, OF_OUTLETS} <= set(_cells(whole))
    pages = PdfReader(io.BytesIO(mine.get(f"{own}export.pdf").content)).pages
    printed = "".join("".join(page.extract_text().split()) for page in pages)
    assert [name for name in ("客户经理计价", "网点计价") if name in printed] == ["客户经理计价"]
    cover = "".join(pages[0].extract_text().split())
    assert "对象E00006" in cover, "a statement says on its cover whose it is"
    assert cover.count("数据版本") == 1, "the version that it was settled by is another one"
    assert "考核人数少于5，不列" in printed, "two are assessed: who sees only himself would know the other by subtraction"
    assert "考核2人" not in printed
    by_whom = PdfReader(io.BytesIO(president.get(f"/settlements/{settlement.pk}/export.pdf").content)).pages
    told = "".join("".join(page.extract_text().split()) for page in by_whom)
    assert "考核2人" in told, "who sees everybody is told how many"
    for foreign in (LEAVER, "B1", "nobody"):
        assert mine.get(f"/my-performance/settled/{settlement.pk}/{foreign}/").status_code == 404
        assert mine.get(f"/my-performance/settled/{settlement.pk}/{foreign}/export.xlsx").status_code == 404
    assert mine.get(f"/settlements/{settlement.pk}/person/E00006/").status_code == 403
    assert signed_in_browser("numberless", ("customer_manager", "B1")).get(own).status_code == 404


def test_a_number_that_was_somebody_elses_opens_nothing_of_his(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LEAVER's number is another's from 16 March: neither opens the other's statement, and March, which both were in, shows no figures."""
    from django.utils import timezone

    from maisui.web import gateway
    from maisui.web.allocations.models import Settlement
    from maisui.web.staff.models import StaffUser

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    assert analyst.post("/settlements/new/", {"period": "month", "day": "2026-03-31", "reason": "三月绩效"}).status_code == 302
    settlement = Settlement.objects.get()
    assert president.post(f"/settlements/{settlement.pk}/decide/", {"decision": "approve"}).status_code == 302
    monkeypatch.setattr("maisui.web.staff.sessions.has_left", lambda _user: False)
    his = signed_in_browser("his", ("customer_manager", "B1"), employee_number=LEAVER)
    statement = f"/my-performance/settled/{settlement.pk}/{LEAVER}/"
    assert his.get(statement).status_code == 200
    passed = {LEAVER: PassedOn("别人", date(2026, 3, 16), None)}
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: passed)
    monkeypatch.setattr(gateway._CACHE, "get", lambda _key, compute: compute())
    assert his.get(statement).status_code == 404, "it pays who had the number before"
    page = his.get("/my-performance/").content.decode()
    assert "自 2026-03-16 起归您" in page
    assert "managed_deposit_balance" not in page
    assert his.get("/my-performance/export.xlsx").status_code == 404
    tomorrow = timezone.localdate() + timedelta(days=1)
    passed[LEAVER] = PassedOn("别人", tomorrow, None)
    page = his.get("/my-performance/").content.decode()
    assert "起已归他人" in page, "his account was registered when the number was still his"
    assert his.get(statement).status_code == 404
    passed[LEAVER] = PassedOn("测试his", tomorrow, None)
    assert his.get(statement).status_code == 200, "it bears the holder's name: without certificates, the name was corrected in the reports"
    passed[LEAVER] = PassedOn("测试his", tomorrow, tomorrow)
    assert his.get(statement).status_code == 404, "two certificates are two people, whatever the account is called"
    passed[LEAVER] = PassedOn("别人", tomorrow, None)
    StaffUser.objects.filter(username="his").update(created_at=timezone.now() + timedelta(days=2))
    assert "起归您" in his.get("/my-performance/").content.decode()


def test_whoever_has_a_number_now_reads_no_objection_of_who_had_it_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both objected under the number, the former on the very day on which it passed on; each figure of March is still the holder's."""
    from maisui.web import gateway
    from maisui.web.allocations.models import FigureObjection
    from maisui.web.staff.models import StaffUser

    passed: dict[str, PassedOn] = {}
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: passed)
    monkeypatch.setattr("maisui.web.staff.sessions.has_left", lambda _user: False)
    monkeypatch.setattr(gateway._CACHE, "get", lambda _key, compute: compute())
    his = signed_in_browser("his", ("customer_manager", "B1"), employee_number=LEAVER)
    signed_in_browser("former", ("customer_manager", "B1"))
    for username, words in (("his", "我的户数不对"), ("former", "前任提出的异议")):
        FigureObjection.objects.create(
            employee_number=LEAVER, organisation_code="B1", metric_code="managed_customer_count", day=LAST_DAY, shown_value="2",
            words=words, due_on=LAST_DAY, raised_by=StaffUser.objects.get(username=username),
        )  # fmt: skip
    page = his.get("/my-performance/").content.decode()
    assert ("我的户数不对" in page, "前任提出的异议" in page) == (True, True), "of one person all that was objected under his numbers"
    passed[LEAVER] = PassedOn("别人", date(2026, 3, 1), None)
    page = his.get("/my-performance/").content.decode()
    assert ("我的户数不对" in page, "前任提出的异议" in page) == (True, False)


def _cells(book) -> list[object]:
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def test_a_scheme_is_refused_where_another_one_is_already_published_to_begin_later(home: Path) -> None:
    """One is published from August on; a second one from April on would meet it there, unless it is for other posts or places."""
    from maisui.web.schemes.models import SchemeProposal

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    outlets = {"subject": "branch", "name": "网点计价", "metric0": "deposit_balance", "tiers0": "0:0.5"}
    outlets |= {"method0": "price", "basis0": "value", "reason": "网点绩效包"}
    first = analyst.post("/performance-scheme/new/", outlets | {"from": "2026-04", "name": "先提出的方案"})
    assert first.status_code == 302, "nothing else is there yet"
    assert analyst.post("/performance-scheme/new/", outlets | {"from": "2026-08"}).status_code == 302
    later, earlier = SchemeProposal.objects.all()
    assert president.post(f"/performance-scheme/{later.pk}/decide/", {"decision": "approve"}).status_code == 302
    refused = president.post(f"/performance-scheme/{earlier.pk}/decide/", {"decision": "approve"})
    assert refused.status_code == 409
    assert "同岗位同机构已有方案“网点计价”" in refused.content.decode()
    again = analyst.post("/performance-scheme/new/", outlets | {"from": "2026-05", "name": "又一个方案"})
    assert again.status_code == 409
    elsewhere = outlets | {"from": "2026-05", "name": "北街方案", "place": "B1"}
    assert analyst.post("/performance-scheme/new/", elsewhere).status_code == 302, "the nearer scheme assesses its outlet"
    changed = outlets | {"from": "2026-09", "code": later.code, "name": "网点计价二"}
    assert analyst.post("/performance-scheme/new/", changed).status_code == 302, "a scheme does not clash with its own past"


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
