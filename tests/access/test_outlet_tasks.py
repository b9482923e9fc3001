"""Tasks for outlets: a suggestion becomes one, both outlets and nobody else see it, its result returns to the page that suggested it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, Person, browser_of, make_person, signed_in_browser, token_of

from maisui.answers import Terminals, TerminalUse
from maisui.answers.counter_staffing import CounterHour, CounterStaffing, StaffingSettings, advice_of
from maisui.answers.product_chances import Chance
from maisui.answers.product_pairs import Interval
from maisui.answers.terminals import busiest_outlet, suggestions_of

pytestmark = pytest.mark.django_db

BUSY = Decimal(20)
QUIET = TerminalUse(
    "ATM5399010100", BRANCH, "atm", None, False, "below", 30, 20, 150, Decimal(90_000), Decimal("60.00"), Decimal("2500.00"), Decimal("7.00"),
    Decimal("1050.00"),
)  # fmt: skip
CROWDED = replace(
    QUIET, terminal_number="ATM5399010901", organisation_code=OTHER_BRANCH, success_count=900, saved_amount=Decimal("6300.00")
)
NEW = "/outlet-tasks/new/?source=terminal&subject=ATM5399010100"
SETTINGS = StaffingSettings(Decimal(5), Decimal("0.8"), Decimal("0.3"), 1)


@pytest.fixture(autouse=True)
def machines(monkeypatch: pytest.MonkeyPatch) -> list[TerminalUse]:
    """ATM5399010100 has 5 uses a day and does not pay, the machine of the other branch has 30: it is to move there."""
    found = [QUIET, CROWDED]

    def terminals(_reader: object, organisation: str | None, first_day: date, day: date) -> Terminals:
        seen = tuple(one for one in found if organisation in (None, "B0", one.organisation_code))
        return Terminals(first_day, day, seen, suggestions_of(seen, BUSY), busiest_outlet(seen), BUSY)

    monkeypatch.setattr("maisui.web.channel_desk.terminals", terminals)
    return found


@pytest.fixture(autouse=True)
def _fresh_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import gateway

    monkeypatch.setattr(gateway._CACHE, "get", lambda _key, compute: compute())


def kept():
    from maisui.web.outlet_tasks.models import OutletTask

    return list(OutletTask.objects.order_by("id"))


def written(client: Client, address: str = NEW, **changes: str):
    form = {"what": "把 ATM5399010100 移到乙支行", "due_on": f"{timezone.localdate() + timedelta(days=20)}"} | changes
    return client.post(address, form)


def test_a_move_becomes_a_task_whose_result_returns_to_the_page(machines: list[TerminalUse]) -> None:
    president, manager = signed_in_browser("head", ("bank_president", "")), signed_in_browser("leader", ("branch_manager", BRANCH))
    page = president.get("/terminals/").content.decode()
    assert "subject=ATM5399010100" in page
    assert "还没有由建议建的任务" in page
    assert "ATM5399010100" in president.get(NEW).content.decode()
    assert written(president).status_code == 302
    (task,) = kept()
    assert (task.organisation_code, task.other_organisation_code, task.reported_on) == (BRANCH, OTHER_BRANCH, LAST_DAY)
    assert (task.figure_then, task.amount_then) == (Decimal(5), Decimal("1390.00"))  # 150 uses in 30 days; 2,500 less 1,050 and 60
    page = president.get("/terminals/").content.decode()
    assert f"/outlet-tasks/{task.pk}/" in page
    assert "subject=ATM5399010100" not in page
    assert task.what in manager.get("/my-day/").content.decode()
    machines[0] = replace(QUIET, organisation_code=OTHER_BRANCH, success_count=660)
    ended = manager.post(f"/outlet-tasks/{task.pk}/end/", {"state": "done", "outcome": "已移到乙支行营业厅"})
    assert ended.status_code == 302
    assert task.what not in manager.get("/my-day/").content.decode()
    page = president.get("/terminals/").content.decode()
    assert "已移到乙支行营业厅" in page
    sheet = openpyxl.load_workbook(BytesIO(president.get("/terminals/export.xlsx").content))["由建议建的任务与结果"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == task.what)
    assert [row[3], float(row[4]), float(row[5]), row[7]] == ["已完成", 5.0, 22.0, "已移到乙支行营业厅"]


def test_both_outlets_of_a_task_see_it_and_nobody_else() -> None:
    written(signed_in_browser("head", ("bank_president", "")))
    (task,) = kept()
    for place in (BRANCH, OTHER_BRANCH):
        client = signed_in_browser(f"of{place}", ("branch_manager", place))
        assert client.get(f"/outlet-tasks/{task.pk}/").status_code == 200
        assert task.what in client.get("/outlet-tasks/").content.decode()
    teller = signed_in_browser("teller", ("teller", BRANCH))
    assert teller.get(f"/outlet-tasks/{task.pk}/").status_code == 200
    assert teller.post(f"/outlet-tasks/{task.pk}/end/", {"state": "done", "outcome": "办好"}).status_code == 403
    assert teller.get(NEW).status_code == 403


def test_a_branch_writes_for_itself_alone(machines: list[TerminalUse]) -> None:
    machines[1] = replace(CROWDED, success_count=1, saved_amount=Decimal("7.00"))
    other = signed_in_browser("other", ("branch_manager", OTHER_BRANCH))
    assert written(other).status_code == 404
    assert other.get("/outlet-tasks/new/?source=terminal&subject=nothing").status_code == 404
    assert other.get("/outlet-tasks/new/?source=nothing&subject=ATM5399010901").status_code == 404
    assert written(other, "/outlet-tasks/new/?source=terminal&subject=ATM5399010901", what="核查这台机具").status_code == 302
    (task,) = kept()
    own = signed_in_browser("own", ("branch_manager", BRANCH))
    assert own.get(f"/outlet-tasks/{task.pk}/").status_code == 404
    assert own.post(f"/outlet-tasks/{task.pk}/end/", {"state": "done", "outcome": "办好"}).status_code == 404
    assert task.what not in own.get("/outlet-tasks/").content.decode()


def test_what_makes_no_task_is_refused_with_a_reason() -> None:
    from maisui.web.audit.models import AuditRecord

    president = signed_in_browser("head", ("bank_president", ""))
    assert written(president, due_on=f"{timezone.localdate() - timedelta(days=1)}").status_code == 409
    assert written(president, what="x").status_code == 409
    assert written(president, what="打电话 13800138000").status_code == 409
    assert not kept()
    assert written(president).status_code == 302
    again = written(president)
    assert (again.status_code, len(kept())) == (409, 1)
    assert "已有未办结的任务" in again.content.decode()
    (task,) = kept()
    end = f"/outlet-tasks/{task.pk}/end/"
    assert president.post(end, {"state": "open", "outcome": "办好了"}).status_code == 409
    assert president.post(end, {"state": "dropped", "outcome": ""}).status_code == 409
    assert president.post(end, {"state": "dropped", "outcome": "装修，暂不移"}).status_code == 302
    assert president.post(end, {"state": "done", "outcome": "办好了"}).status_code == 409
    facts = [json.loads(found.details) for found in AuditRecord.objects.filter(action="outlet_task_end", result="allowed")]
    assert [found["state"] for found in facts] == ["dropped"]
    assert written(president).status_code == 302  # what was dropped may be taken up again


def test_a_counter_that_needs_a_teller_becomes_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """60 minutes of work an hour by one teller are a use of 1; two at most 0.8 make one more."""
    hours = (
        CounterHour(BRANCH, 1, 9, Decimal(12), Decimal(60), Decimal(1)),
        CounterHour(BRANCH, 1, 10, Decimal(4), Decimal(20), Decimal(1)),
    )
    staffing = CounterStaffing(SETTINGS, hours, 0, 4, advice_of(hours, SETTINGS))
    monkeypatch.setattr("maisui.web.channel_desk.counter_staffing", lambda *_words: staffing)
    president = signed_in_browser("head", ("bank_president", ""))
    page = president.get("/counter-staffing/").content.decode()
    subject = f"{BRANCH}%2F1%2Fmore"
    assert f"subject={subject}" in page
    assert written(president, f"/outlet-tasks/new/?source=counter_staffing&subject={subject}", what="周一加一名柜员").status_code == 302
    (task,) = kept()
    assert (task.subject_code, task.figure_then, task.amount_then) == (f"{BRANCH}/1/more", Decimal(1), None)
    page = president.get("/counter-staffing/").content.decode()
    assert "周一加一名柜员" in page
    assert f"subject={subject}" not in page
    assert "100" in president.get(f"/outlet-tasks/{task.pk}/").content.decode()


def test_the_list_is_narrowed_by_state_and_taken_out() -> None:
    president = signed_in_browser("head", ("bank_president", ""))
    written(president)
    (task,) = kept()
    assert task.what in president.get("/outlet-tasks/?state=all").content.decode()
    assert task.what not in president.get("/outlet-tasks/?state=done").content.decode()
    book = openpyxl.load_workbook(BytesIO(president.get("/outlet-tasks/export.xlsx").content))
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == task.what]
    assert [(row[6], float(row[8]), float(row[9])) for row in rows] == [("待办", 5.0, 1390.0)]


def test_tasks_are_told_by_program_within_the_scope_of_the_token(machines: list[TerminalUse]) -> None:
    """The machine of BRANCH moves to OTHER_BRANCH: both see the task, with 5 uses a day then and, after 660 in 30 days, 22 now."""
    president = make_person("head", ("bank_president", ""))
    assert written(browser_of(president)).status_code == 302
    (task,) = kept()

    def asked(address: str, person: Person, *scopes: str) -> HttpResponse:
        return Client().get(f"/api{address}", headers={"Authorization": f"Bearer {token_of(person.user, *scopes)}"})

    (line,) = asked("/outlet-tasks", president).json()
    assert (line["number"], line["source"], line["organisation"], line["other_organisation"]) == (task.pk, "terminal", BRANCH, OTHER_BRANCH)
    assert (line["figure_then"], line["amount_then"], line["state"], line["outcome"]) == ("5.000000", "1390.00", "open", "")
    machines[0] = replace(QUIET, organisation_code=OTHER_BRANCH, success_count=660)
    one = asked(f"/outlet-tasks/{task.pk}", president).json()
    assert one["what"] == task.what
    assert Decimal(one["figure_now"]) == Decimal(22)
    there = make_person("there", ("branch_manager", OTHER_BRANCH))
    assert [line["number"] for line in asked("/outlet-tasks", there).json()] == [task.pk]
    assert asked(f"/outlet-tasks?org={BRANCH}", there).status_code == 404
    type(task).objects.update(other_organisation_code="")  # nothing goes there any more
    assert asked("/outlet-tasks", there).json() == []
    assert asked(f"/outlet-tasks/{task.pk}", there).status_code == 404
    assert asked("/outlet-tasks?state=done", president).json() == []
    assert asked("/outlet-tasks?state=lost", president).status_code == 400
    assert Client().get("/api/outlet-tasks").status_code == 401


def test_a_launch_becomes_a_task_of_its_outlet_whose_result_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    """10 of 100 holders of demand deposits hold wealth products at the branch, 20 is usual: 10 more at 30.00; later 25 of them hold it."""
    usual = Interval(Decimal("0.25"), Decimal("0.20"), Decimal("0.30"))
    chance = Chance(BRANCH, "demand_deposit", "wealth_product", 100, 10, usual, 10, Decimal("300.00"))
    both = {"now": 10}

    def counts(_reader: object, _organisation: str | None, kind: str, _view: object) -> dict[tuple[str, str, str], int]:
        pairs = {("demand_deposit", "demand_deposit"): 100, ("wealth_product", "wealth_product"): 40}
        pairs["demand_deposit", "wealth_product"] = both["now"]
        return {(BRANCH, *pair): count for pair, count in pairs.items()} if kind == "personal" else {}

    def chances(_desk: object, organisation: str | None, kind: str, *_words: object) -> list[Chance]:
        return [chance] if kind == "personal" and organisation in (None, "B0", BRANCH) and both["now"] == 10 else []

    monkeypatch.setattr("maisui.web.product_desk.outlet_pair_counts", counts)
    monkeypatch.setattr("maisui.web.product_desk.ProductDesk.chances", chances)
    subject = f"{BRANCH}/personal/demand_deposit/wealth_product"
    president, manager = signed_in_browser("head", ("bank_president", "")), signed_in_browser("leader", ("branch_manager", BRANCH))
    assert f"source=product_launch&amp;subject={BRANCH}" in president.get("/product-signals/").content.decode()
    address = f"/outlet-tasks/new/?source=product_launch&subject={subject}"
    assert "90 户未持有，可增 10 户" in president.get(address).content.decode()
    assert written(president, address, what="向活期客户投放理财产品").status_code == 302
    (task,) = kept()
    assert (task.organisation_code, task.figure_then, task.amount_then) == (BRANCH, Decimal("0.100000"), Decimal("300.00"))
    assert task.what in manager.get("/my-day/").content.decode()
    both["now"] = 25
    assert manager.post(f"/outlet-tasks/{task.pk}/end/", {"state": "done", "outcome": "已逐户联系"}).status_code == 302
    assert "25.00" in president.get(f"/outlet-tasks/{task.pk}/").content.decode()
    page = president.get("/product-signals/").content.decode()
    assert "已逐户联系" in page
    book = openpyxl.load_workbook(BytesIO(president.get("/product-signals/export.xlsx").content))
    row = next(row for row in book["由建议建的任务与结果"].iter_rows(values_only=True) if row[0] == task.what)
    assert [row[3], float(row[4]), float(row[5]), row[7]] == ["已完成", 0.1, 0.25, "已逐户联系"]


def test_counts_in_the_task_of_a_launch_are_told_to_who_may_see_the_customers_of_its_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its author saw that 3 of 40 hold it and 2 more could; who sees figures only reads who is offered what, and no share of 3."""
    from maisui.web.outlet_tasks.models import OutletTask

    author = make_person("author", ("bank_president", ""))
    task = OutletTask.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code,
        source="product_launch",
        subject_code=f"{BRANCH}/personal/demand_deposit/wealth_product",
        organisation_code=BRANCH,
        what="37 户未持有，可增 2 户",
        due_on=LAST_DAY,
        reported_on=LAST_DAY,
        version_then="2026-03-31-abc",
        figure_then=Decimal("0.075000"),
        amount_then=Decimal("61.23"),
        written_by=author.user,
    )
    pairs = {("demand_deposit", "demand_deposit"): 40, ("wealth_product", "wealth_product"): 9, ("demand_deposit", "wealth_product"): 3}
    monkeypatch.setattr("maisui.web.product_desk.outlet_pair_counts", lambda *_: {(BRANCH, *pair): n for pair, n in pairs.items()})
    pages = ("/outlet-tasks/", f"/outlet-tasks/{task.pk}/", "/product-signals/")
    seeing, counting = browser_of(author), signed_in_browser("counts", ("union_leader", ""))
    for page in pages:
        assert "37 户未持有" in seeing.get(page).content.decode(), page
        text = counting.get(page).content.decode()
        assert "的个人客户投放" in text, page
        assert not [told for told in ("37 户", "7.50", "61.23") if told in text], page
    answer = Client().get(f"/api/outlet-tasks/{task.pk}", headers={"Authorization": f"Bearer {token_of(author.user)}"}).json()
    assert (answer["figure_then"], answer["amount_then"], answer["figure_now"]) == (None, None, None), "a token never sees customers"
    book = openpyxl.load_workbook(BytesIO(counting.get("/outlet-tasks/export.xlsx").content))
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert any("的个人客户投放" in cell for cell in cells)
    assert not [cell for cell in cells if "37 户" in cell or "61.23" in cell]
