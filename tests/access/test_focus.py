"""Key focus: who sees which cases and how masked, what may be done with one, deputies, the budget, and the quality of rules."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from access.test_interface import get, token_for
from customers_home import BY_NUMBER, LAST_DAY, PEOPLE, customers_home
from django.test import Client
from django.utils import timezone
from example_home import copy_home, run
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.web.access.permissions import Permission

pytestmark = pytest.mark.django_db

WORDS = "已电话核实"
LOW_THRESHOLDS = {
    "large_personal_movement": "0.0009",
    "large_corporate_movement": "0.0009",
    "staff_turnover": "0.0001",
    "deposit_deviation": "0",
    "daily_budget": "2",
}
EMPLOYEE = next(person for person in PEOPLE if person.is_employee)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The home of forty customers with thresholds so low that cases of every kind are found: customers, staff, organisations, data."""
    home = copy_home(customers_home(), tmp_path_factory.mktemp("focus") / "home")
    lines = [
        f'\n[[parameter]]\ncode = "alert.{code}"\nvalid_from = 2000-01-01\nnumber = "{value}"\n' for code, value in LOW_THRESHOLDS.items()
    ]
    with (home / "bank.toml").open("a", encoding="utf-8") as file:
        file.write("".join(lines))
    run(home, LAST_DAY)
    return Bank(home)


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


def cases(bank: Bank, condition: str = "true") -> list[str]:
    """Return the numbers of the published cases that meet a condition, in the order of the list."""
    with bank.reader() as reader:
        rank = "CASE severity_code WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END"
        found = reader.rows(
            f"SELECT case_code FROM alert_case WHERE {condition} ORDER BY {rank}, at_stake_amount DESC NULLS LAST, case_code"
        )
    return [row[0] for row in found]


def seen(client: Client, query: str = "") -> set[str]:
    """Return the numbers of all cases that a list links to, page by page."""
    found: set[str] = set()
    for page in range(1, 20):
        answer = client.get(f"/focus/?page={page}&{query}")
        assert answer.status_code == 200
        content = answer.content.decode()
        found |= {piece.partition("/")[0] for piece in content.split("/focus/case/")[1:]}
        if 'rel="next"' not in content:
            return found
    raise AssertionError("too many pages")


def act(client: Client, code: str, part: str, **form: str) -> int:
    """Take one step with a case and return the status."""
    return client.post(f"/focus/case/{code}/{part}/", form).status_code


def raised(client: Client) -> list[str]:
    """Return the numbers of the cases passed up to somebody, as his day lists them."""
    return [row["case"].code for row in client.get("/my-day/").context["passed_up"]]


def handled(code: str):
    """Return a case as it is kept."""
    from maisui.web.alerts.models import HandledCase

    return HandledCase.objects.get(case_code=code)


def place_name(bank: Bank, code: str) -> str:
    """Return the name of an organisation."""
    with bank.reader() as reader:
        ((name,),) = reader.rows("SELECT organisation_name FROM organisation WHERE organisation_code = ?", [code])
    return name


def records(action: str) -> list[dict]:
    """Return details and result of the audit records of an action."""
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) | {"result": found.result} for found in AuditRecord.objects.filter(action=action)]


IN_B1 = "organisation_code IN ('B1', 'B3')"
OF_CUSTOMERS = "customer_number IS NOT NULL AND rule_code <> 'staff_account'"


def test_each_sees_the_cases_of_what_he_may_see_and_no_others(bank: Bank) -> None:
    """A branch sees its customers and figures, data engineers figures and data, presidents everything, tellers nothing."""
    organisations = "rule_code IN ('deposit_deviation', 'abnormal_series')"
    assert (
        min(len(cases(bank, f"rule_code = '{rule}'")) for rule in ("large_movement", "staff_account", "deposit_deviation", "data_break"))
        > 0
    )
    assert seen(signed_in_browser("president", ("bank_president", ""))) == set(cases(bank))
    assert seen(signed_in_browser("branch", ("branch_manager", "B1"))) == set(
        cases(bank, f"{IN_B1} AND ({OF_CUSTOMERS} OR {organisations})")
    )
    assert seen(signed_in_browser("engineer", ("data_engineer", ""))) == set(cases(bank, f"{organisations} OR rule_code = 'data_break'"))
    assert signed_in_browser("teller", ("teller", "B1")).get("/focus/").status_code == 403


def test_a_case_out_of_sight_does_not_exist(bank: Bank) -> None:
    manager = signed_in_browser("manager2", ("customer_manager", "B1"))
    elsewhere = cases(bank, "organisation_code = 'B2' AND rule_code = 'large_movement'")[0]
    staff = cases(bank, "rule_code = 'staff_account'")[0]
    nowhere = manager.get(f"/focus/case/{'0' * 32}/")
    for code in (elsewhere, staff):
        assert manager.get(f"/focus/case/{code}/").status_code == nowhere.status_code == 404
        assert act(manager, code, "take") == 404
    assert manager.get("/focus/?org=B2").status_code == 404
    assert [found["result"] for found in records("case_view")] == ["refused"] * 5


def test_nothing_of_a_customer_is_on_a_page_or_in_a_workbook_but_his_mask(bank: Bank) -> None:
    president = signed_in_browser("president2", ("bank_president", ""))
    code = cases(bank, "rule_code = 'large_movement' AND customer_number <> 'C90000000099'")[0]
    book = president.get("/focus/export.xlsx?rule=large_movement")
    assert book.status_code == 200
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    pages = (
        president.get("/focus/?rule=large_movement").content
        + president.get(f"/focus/case/{code}/").content
        + president.get("/my-day/").content
    )
    for person in PEOPLE:
        for content in (sheets, pages):
            assert person.number.encode() not in content
            assert person.kind == "corporate" or person.name.encode() not in content
    assert b"6228480000" not in pages + sheets
    assert all(number in BY_NUMBER or number == "C90000000099" for found in records("case_list") for number in found["customers"])
    assert records("export")[-1]["rows"] == len(cases(bank, "rule_code = 'large_movement'"))


def test_a_case_is_taken_put_off_handed_over_and_closed_with_its_steps(bank: Bank) -> None:
    code = cases(bank, f"{IN_B1} AND rule_code = 'large_movement' AND severity_code = 'low'")[0]
    first, second = signed_in_browser("manager3", ("customer_manager", "B1")), signed_in_browser("manager4", ("branch_manager", "B1"))
    today = timezone.localdate()
    assert act(first, code, "close", outcome="confirmed", words=WORDS) == 422, "nobody closes what he has not taken"
    assert act(first, code, "take") == 302
    assert handled(code).due_on == today + timedelta(days=10)
    assert act(second, code, "take") == 422, "somebody has it"
    assert act(second, code, "close", outcome="confirmed", words=WORDS) == 422
    assert act(first, code, "snooze", until=f"{today}", words=WORDS) == 422
    assert act(first, code, "snooze", until=f"{today + timedelta(days=31)}", words=WORDS) == 422
    assert act(first, code, "snooze", until=f"{today + timedelta(days=30)}", words="短") == 422
    assert act(first, code, "snooze", until=f"{today + timedelta(days=30)}", words=WORDS) == 302
    assert handled(code).state == "snoozed"
    assert handled(code).due_on == today + timedelta(days=30)
    assert act(first, code, "hand-over", to="manager3", words=WORDS) == 422, "nobody hands over to himself"
    assert act(first, code, "hand-over", to="manager4", words=WORDS) == 302
    assert act(first, code, "close", outcome="confirmed", words=WORDS) == 422, "it is no longer his"
    assert act(second, code, "take") == 302
    assert act(second, code, "close", outcome="guess", words=WORDS) == 422
    assert act(second, code, "close", outcome="false_alarm", words=WORDS) == 302
    assert act(second, code, "take") == 422, "closed stays closed"
    page = second.get(f"/focus/case/{code}/").content.decode()
    for told in ("受理", "暂缓", "转交", "办结", "误报", WORDS, "测试manager3", "测试manager4"):
        assert told in page
    assert code not in seen(second), "closed cases leave the list"
    assert code in seen(second, "state=closed")
    steps = [
        found for name in ("take", "snooze", "hand_over", "close") for found in records(f"case_{name}") if found["result"] == "allowed"
    ]
    assert [found["state"] for found in steps] == ["taken", "taken", "snoozed", "handed_over", "closed"]
    assert WORDS not in json.dumps(steps, ensure_ascii=False)


def test_a_case_is_not_handed_to_who_may_not_see_it(bank: Bank) -> None:
    code = cases(bank, "organisation_code = 'B1' AND rule_code = 'large_movement'")[0]
    owner = signed_in_browser("manager5", ("customer_manager", "B1"))
    signed_in_browser("manager6", ("customer_manager", "B2"))
    signed_in_browser("engineer6", ("data_engineer", ""))
    signed_in_browser("leader6", ("union_leader", ""))
    assert act(owner, code, "take") == 302
    page = owner.get(f"/focus/case/{code}/").content.decode()
    for other in ("manager6", "engineer6", "leader6"):
        assert f'value="{other}"' not in page
        assert act(owner, code, "hand-over", to=other, words=WORDS) == 422


def test_a_taken_case_that_a_later_version_finds_no_more_can_still_be_closed(bank: Bank) -> None:
    from maisui.web.alerts.models import HandledCase

    code = cases(bank, "organisation_code = 'B1' AND rule_code = 'large_movement'")[0]
    owner, elsewhere = (
        signed_in_browser("manager17", ("customer_manager", "B1")),
        signed_in_browser("manager18", ("customer_manager", "B2")),
    )
    assert act(owner, code, "take") == 302
    gone = "f" * 32
    HandledCase.objects.filter(case_code=code).update(case_code=gone)
    assert f"/focus/case/{gone}/" in owner.get("/my-day/").content.decode()
    assert "不再出现" in owner.get(f"/focus/case/{gone}/").content.decode()
    assert elsewhere.get(f"/focus/case/{gone}/").status_code == 404
    HandledCase.objects.filter(case_code=gone).update(rule_code="staff_account")
    assert owner.get(f"/focus/case/{gone}/").status_code == 404, "of staff only who may unmask the whole bank sees anything"
    HandledCase.objects.filter(case_code=gone).update(rule_code="large_movement")
    assert act(owner, gone, "close", outcome="no_action", words=WORDS) == 302
    assert handled(gone).state == "closed"


def test_an_escalated_case_is_taken_above(bank: Bank) -> None:
    """A case of B3 goes up to B1: another manager of B3 may not take it, the manager of B1 may; from there it goes to the whole bank."""
    code = cases(bank, "organisation_code = 'B3' AND rule_code = 'large_movement'")[0]
    below, beside = signed_in_browser("manager7", ("customer_manager", "B3")), signed_in_browser("manager8", ("customer_manager", "B3"))
    above, head = signed_in_browser("branch7", ("branch_manager", "B1")), signed_in_browser("president7", ("bank_president", ""))
    assert act(below, code, "take") == 302
    assert act(below, code, "escalate", words=WORDS) == 302
    assert (handled(code).state, handled(code).escalated_to, handled(code).owner) == ("escalated", "B1", None)
    assert act(beside, code, "take") == act(below, code, "take") == 422
    assert [raised(who) for who in (below, beside, above, head)] == [[], [], [code], []], "it stands on the day of who is to take it"
    assert act(above, code, "take") == 302
    assert [raised(who) for who in (above, head)] == [[], []]
    assert "已上报至" not in above.get(f"/focus/case/{code}/").content.decode()
    assert act(above, code, "escalate", words=WORDS) == 302
    assert handled(code).escalated_to == "B0", "it goes on from where it was taken, and not back there"
    assert [raised(who) for who in (above, head)] == [[], [code]]
    assert act(above, code, "take") == 422
    assert "上报给我的" in head.get("/my-day/").content.decode()
    assert act(head, code, "take") == 302
    assert raised(head) == []
    assert act(head, code, "escalate", words=WORDS) == 422, "nothing is above the highest"
    assert (handled(code).state, handled(code).escalated_to) == ("taken", "B0")
    assert act(head, code, "hand-over", to="manager7", words=WORDS) == act(below, code, "take") == 302
    assert act(below, code, "escalate", words=WORDS) == 302
    assert handled(code).escalated_to == "B1"


def test_a_case_is_passed_over_an_organisation_where_nobody_decides(bank: Bank) -> None:
    """Nobody decides in B1: a case of B3 goes on to the whole bank, and while nobody decides there either it is not passed up at all.

    Nor does who passes it take it above: a manager of B1 alone would find his own case on his day.
    """
    code = cases(bank, "organisation_code = 'B3' AND rule_code = 'large_movement'")[0]
    below = signed_in_browser("manager27", ("customer_manager", "B3"))
    assert act(below, code, "take") == 302
    page = below.get(f"/focus/case/{code}/").content.decode()
    assert "上级没有可受理的人" in page
    assert f"/focus/case/{code}/escalate/" not in page
    assert act(below, code, "escalate", words=WORDS) == 422
    assert handled(code).state == "taken"
    head = signed_in_browser("president27", ("bank_president", ""))
    assert f"上报至 {place_name(bank, 'B0')}" in below.get(f"/focus/case/{code}/").content.decode()
    assert act(below, code, "escalate", words=WORDS) == 302
    assert (handled(code).escalated_to, raised(head)) == ("B0", [code])

    other = cases(bank, "organisation_code = 'B3' AND rule_code = 'large_movement'")[1]
    above = signed_in_browser("branch27", ("branch_manager", "B1"))
    assert act(above, other, "take") == act(above, other, "escalate", words=WORDS) == 302
    assert (handled(other).escalated_to, raised(above), raised(head)) == ("B0", [], sorted([code, other], key=cases(bank).index))


def test_a_deputy_acts_until_his_last_day_or_until_he_is_ended(bank: Bank) -> None:
    from maisui.web.alerts.models import Deputy

    code = cases(bank, "organisation_code = 'B1' AND rule_code = 'large_movement'")[0]
    person, other = signed_in_browser("manager9", ("customer_manager", "B1")), signed_in_browser("deputy9", ("customer_manager", "B1"))
    today = timezone.localdate()
    assert act(person, code, "take") == 302
    assert act(other, code, "escalate", words=WORDS) == 422
    form = {"deputy": "deputy9", "from": f"{today}", "until": f"{today + timedelta(days=7)}"}
    for wrong in (
        {"deputy": "manager9"},
        {"until": ""},
        {"until": f"{today - timedelta(days=1)}"},
        {"until": f"{today + timedelta(days=93)}"},
    ):
        person.post("/my-day/deputy/", form | wrong)
    assert Deputy.objects.count() == 0
    person.post("/my-day/deputy/", form)
    made = Deputy.objects.get()
    assert code in seen(other, "owner=me")
    assert "您正在代理" in other.get(f"/focus/case/{code}/").content.decode()
    Deputy.objects.update(valid_until=today - timedelta(days=1))
    assert act(other, code, "snooze", until=f"{today + timedelta(days=1)}", words=WORDS) == 422
    Deputy.objects.update(valid_until=today)
    assert act(other, code, "snooze", until=f"{today + timedelta(days=1)}", words=WORDS) == 302
    assert other.post(f"/my-day/deputy/{made.pk}/end/").status_code == 404, "only who named him ends a deputy"
    assert person.post(f"/my-day/deputy/{made.pk}/end/").status_code == 302
    assert act(other, code, "escalate", words=WORDS) == 422


def test_the_rate_of_false_alarms_comes_from_outcomes_alone(bank: Bank) -> None:
    """Three are closed, one of them a false alarm; a fourth is only taken; another branch counts for itself."""
    client, elsewhere = signed_in_browser("branch10", ("branch_manager", "B1")), signed_in_browser("branch11", ("branch_manager", "B2"))
    found = cases(bank, f"{IN_B1} AND rule_code = 'large_movement'")[:4]
    for code, outcome in zip(found, ("false_alarm", "confirmed", "no_action", ""), strict=True):
        assert act(client, code, "take") == 302
        assert not outcome or act(client, code, "close", outcome=outcome, words=WORDS) == 302
    row = client.get("/focus/quality/").content.decode().partition("rule=large_movement")[2].partition("</tr>")[0]
    assert "33.3%" in row
    assert "n=3" in row
    other = elsewhere.get("/focus/quality/").content.decode()
    assert "33.3%" not in other
    assert "<small>n=" not in other


def test_what_is_beyond_a_person_s_budget_waits_marked(bank: Bank) -> None:
    """The budget is two: of the cases of B3, which no manager has, the first two are not marked, until one is taken."""
    client = signed_in_browser("manager12", ("customer_manager", "B3"))
    found = cases(bank, "organisation_code = 'B3'")

    def marked(code: str) -> bool:
        return "超出当日额度" in client.get(f"/focus/case/{code}/").content.decode()

    visible = [code for code in found if code in seen(client)]
    places = [found.index(code) for code in visible]
    assert [marked(code) for code in visible] == [place >= 2 for place in places]
    assert act(client, visible[0], "take") == 302
    assert [marked(code) for code in visible[1:]] == [place - 1 >= 2 for place in places[1:]], "those behind it move up by one"


def test_pages_read_in_both_languages(bank: Bank) -> None:
    client = signed_in_browser("president13", ("bank_president", ""), employee_number="M1")
    code = cases(bank, "rule_code = 'deposit_deviation'")[0]
    addresses = ("/focus/", "/focus/quality/", f"/focus/case/{code}/", "/my-day/", "/focus/attention/")
    chinese = "".join(client.get(address).content.decode() for address in addresses)
    for told in ("重点关注", "存款偏离度", "规则质量", "我的工作台", "需要关注", "偏离度"):
        assert told in chinese
    client.post("/language/", {"language": "en"})
    english = "".join(client.get(address).content.decode() for address in addresses)
    for told in ("Key focus", "Deposit deviation", "Quality of the rules", "My day", "Needs attention", "Average of the month"):
        assert told in english


def test_what_an_address_means_nothing_by_is_said(bank: Bank) -> None:
    client = signed_in_browser("president14", ("bank_president", ""))
    for query in ("rule=nonsense", "severity=worst", "state=gone", "owner=nobody"):
        assert client.get(f"/focus/?{query}").status_code == 400
    assert client.get("/focus/?page=99999999").status_code == 200


def test_the_interface_gives_cases_of_figures_and_never_of_customers(bank: Bank) -> None:
    from maisui.web.actions.access import TOKEN_SCOPES

    token = token_for(("branch_manager", "B1"), scopes=[Permission.FOCUS_VIEW, Permission.FIGURE_VIEW])
    found = get("alerts", token, size=500).json()
    assert {case["case"] for case in found["cases"]} == set(cases(bank, f"{IN_B1} AND rule_code = 'deposit_deviation'")) != set()
    assert found["total"] == len(found["cases"])
    assert {case["state"] for case in found["cases"]} == {"new"}
    assert Permission.CUSTOMER_VIEW not in TOKEN_SCOPES
    assert get("alerts", token, rule="large_movement").json()["total"] == 0
    assert get("alerts", token, rule="nonsense").status_code == 400
    assert get("alerts", token, org="B2").status_code == 404
    narrow = token_for(("branch_manager", "B1"), scopes=[Permission.FOCUS_VIEW])
    assert get("alerts", narrow).json()["total"] == 0, "without the right to customers or figures there is nothing to see"
    assert get("alerts", token_for(("branch_manager", "B1"))).status_code == 403


def test_the_overview_counts_what_the_list_holds(bank: Bank) -> None:
    client = signed_in_browser("branch15", ("branch_manager", "B1"))
    part = client.get("/focus/attention/?org=B3").content.decode()
    count = len(cases(bank, "organisation_code = 'B3' AND rule_code = 'large_movement'"))
    assert f"<strong>{count}</strong>" in part.partition("rule=large_movement")[2]
    assert "/focus/attention/" in client.get("/overview/").content.decode()


def test_a_home_without_a_version_says_so(tmp_path: Path, settings) -> None:
    from mini_bank import make_home

    settings.BANK = Bank(make_home(tmp_path / "empty"))
    settings.HOME = settings.BANK.home
    client = signed_in_browser("president16", ("bank_president", ""))
    for address in ("/focus/", "/my-day/"):
        assert client.get(address).status_code == 200
