"""The parameter desk: proposed by one, previewed, approved by another, written for the next batch, and told as published and as now known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from example_home import run, tell
from priced_home import FEBRUARY, MARCH, priced_home
from web_home import BRANCH, signed_in_browser

from maisui.answers import Bank, LedgerQuestion, own_statement

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("parameter desk")]  # its homes take longer to make than its tests
GOOD = {"code": "capital_cost_rate", "valid_from": "2026-03-01", "value": "0.12", "reason": "董事会 2026 年第 9 号决议"}

# Two loans of 3000.00 and 7000.00 stand all the time; risk weight 1, capital 10.5 %, a tenth of it a year: balance × 0.105 × 0.1 × days ÷ 365.
FEBRUARY_CHARGE, MARCH_CHARGE = Decimal("2.42") + Decimal("5.64"), Decimal("2.68") + Decimal("6.24")
FEBRUARY_AT_12, MARCH_AT_12 = Decimal("2.90") + Decimal("6.77"), Decimal("3.21") + Decimal("7.49")


@pytest.fixture
def home(settings) -> Iterator[Path]:
    """Serve a copy of the home."""
    with priced_home() as path:
        settings.BANK = Bank(path)
        settings.HOME = settings.BANK.home
        yield path


def propose(client: Client, **changed: str):
    """Propose a line and return the answer."""
    return client.post("/parameters/new/", GOOD | changed)


def proposed(client: Client, **changed: str) -> int:
    """Propose a sound line and return its number."""
    answer = propose(client, **changed)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def decide(client: Client, number: int, decision: str = "approve", note: str = "") -> int:
    """Decide and return the status."""
    return client.post(f"/parameters/proposal/{number}/decide/", {"decision": decision, "note": note}).status_code


def approved(django_capture_on_commit_callbacks, **changed: str) -> None:
    """Have a line proposed by one and approved by another."""
    number = proposed(signed_in_browser(f"one{changed.get('value', '')}", ("department_analyst", "")), **changed)
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(signed_in_browser(f"other{number}", ("bank_president", "")), number) == 302


def records(action: str) -> list[str]:
    """Return the results of the audit records of an action."""
    from maisui.web.audit.models import AuditRecord

    return [found.result for found in AuditRecord.objects.filter(action=action)]


def figure(home: Path, metric: str, *words: str) -> Decimal:
    """Return a figure of the whole bank from the command line."""
    told = tell("ask", metric, *words, "--json", "--home", str(home))
    assert told.code == 0, told.err
    return Decimal(told.json["rows"][0]["value"])


def test_from_proposal_to_figure(home: Path, django_capture_on_commit_callbacks) -> None:
    """Proposed, previewed, approved by a second person, written, taken by the next batch: the figure is the one found by hand."""
    from maisui.web.parameters.preview import make_preview

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    number = proposed(analyst)
    assert make_preview.call(number) == "done"
    page = president.get(f"/parameters/proposal/{number}/").content.decode()
    shown = page[page.index('id="effect"') : page.index('id="decide"')]
    assert f"{MARCH_CHARGE} 元" in shown
    assert f"{MARCH_AT_12} 元" in shown
    assert not (home / "parameters").exists()
    assert decide(analyst, number) == 403, "who proposes only may not approve"

    with django_capture_on_commit_callbacks(execute=True):
        assert decide(president, number) == 302
    (file,) = (home / "parameters").iterdir()
    line = tomllib.loads(file.read_text(encoding="utf-8"))
    assert (line["code"], str(line["valid_from"]), line["number"]) == ("capital_cost_rate", "2026-03-01", "0.12")
    assert (line["proposed_by"], line["approved_by"]) == ("测试one (one)", "测试other (other)")
    assert "下一次发布后生效" in analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert "下一次发布后生效" in analyst.get("/parameters/capital_cost_rate/").content.decode()

    run(home, MARCH)
    assert figure(home, "capital_charge") == MARCH_AT_12
    assert figure(home, "capital_charge", "--date", str(FEBRUARY)) == FEBRUARY_CHARGE, "an earlier month stays as it was"
    assert "已计入当前版本" in analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert records("parameter_propose") + records("parameter_approve") == ["allowed", "allowed"]


def test_a_day_in_the_future_is_previewed_as_if_it_held_last_month(home: Path) -> None:
    """The line counts from 2030; the preview tells March as if it had held from its first day, and publishes nothing."""
    from maisui.web.parameters.preview import make_preview

    analyst = signed_in_browser("one", ("department_analyst", ""))
    number = proposed(analyst, valid_from="2030-01-01")
    assert make_preview.call(number) == "done"
    page = analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert "假定自 2026-03-01 起" in page
    assert f"{MARCH_AT_12} 元" in page
    assert figure(home, "capital_charge") == MARCH_CHARGE


def test_a_preview_without_effect_says_so(home: Path) -> None:
    """No loan of the bank is housing: its risk weight moves nothing."""
    from maisui.web.parameters.preview import make_preview

    analyst = signed_in_browser("one", ("department_analyst", ""))
    number = proposed(analyst, code="risk_weight.housing_loan", value="0.6")
    assert make_preview.call(number) == "done"
    assert "没有数字变化" in analyst.get(f"/parameters/proposal/{number}/").content.decode()


def test_a_preview_names_whose_labels_would_change_to_who_sees_customers(home: Path) -> None:
    """Counts are of the bank; of the customers those in sight are named, masked, the look recorded."""
    import json

    from maisui.web.audit.models import AuditRecord
    from maisui.web.parameters.models import ParameterProposal

    analyst = signed_in_browser("one", ("department_analyst", ""))
    number = proposed(analyst)
    with Bank(home).reader() as reader:
        one, other = (value for (value,) in reader.rows("SELECT customer_number FROM customer ORDER BY 1 LIMIT 2"))
    labels = [{"label": "important_contribution", "gained_count": 7, "lost_count": 1, "gained": [one, "NOBODY"], "lost": [other]}]
    stored = {"version": "x", "date": "2026-03-31", "held_from": "2026-03-01", "metrics": [], "moved": [], "labels": labels}
    ParameterProposal.objects.filter(pk=number).update(preview_state="done", preview=stored)
    page = analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert "7 户新增，1 户失去" in page
    assert page.count("/customers/") - page.count('href="/customers/"') >= 2
    looked = AuditRecord.objects.filter(action="customer_list").latest("sequence")
    assert json.loads(looked.details)["customers"] == sorted([one, other])


def test_a_preview_that_cannot_be_made_says_why_and_is_asked_for_again(home: Path) -> None:
    """Nothing is published: it fails with its reason, and the proposal still waits for a decision."""
    from maisui.web.parameters.models import ParameterProposal
    from maisui.web.parameters.preview import make_preview

    analyst = signed_in_browser("one", ("department_analyst", ""))
    number = proposed(analyst)
    assert analyst.post(f"/parameters/proposal/{number}/preview/").status_code == 409, "it is on its way already"
    (home / "entities" / "MINI01" / "versions" / "current").unlink()
    assert make_preview.call(number) == "failed"
    assert "nothing has been published yet" in analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert analyst.post(f"/parameters/proposal/{number}/preview/").status_code == 302
    assert ParameterProposal.objects.get(pk=number).preview_state == "waiting"


def test_a_preview_left_by_a_killed_worker_is_asked_for_again_after_an_hour(home: Path) -> None:
    from maisui.web.parameters.models import ParameterProposal

    analyst = signed_in_browser("one", ("department_analyst", ""))
    number = proposed(analyst)
    ParameterProposal.objects.filter(pk=number).update(preview_state="running", preview_at=timezone.now() - timedelta(hours=2))
    assert "预览没有算完" in analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert analyst.post(f"/parameters/proposal/{number}/preview/").status_code == 302


def test_a_line_of_the_past_changes_the_months_since_and_the_published_figure_is_still_told(
    home: Path, django_capture_on_commit_callbacks
) -> None:
    """February as published, February as now known, and the difference on the metric's page."""
    approved(django_capture_on_commit_callbacks, valid_from="2026-02-01")
    run(home, MARCH)
    day = ("--date", str(FEBRUARY))
    assert figure(home, "capital_charge", *day) == FEBRUARY_AT_12
    assert figure(home, "capital_charge", *day, "--as-published") == FEBRUARY_CHARGE
    page = signed_in_browser("reader", ("bank_president", "")).get("/catalogue/capital_charge/?published=1").content.decode()
    row = page[page.index("2026-02-28", page.index('id="published"')) :]
    cells = row[: row.index("</tr>")]
    assert f"{FEBRUARY_CHARGE} 元" in cells
    assert f"{FEBRUARY_AT_12} 元" in cells
    assert f"+{FEBRUARY_AT_12 - FEBRUARY_CHARGE}" in cells


def test_parameters_are_folded_until_one_is_looked_for(home: Path) -> None:
    """All families stand shut below the search; what is searched for, or one family, stands open."""
    reader = signed_in_browser("reader", ("bank_president", ""))
    whole, found, family = (reader.get(f"/parameters/{query}").content.decode() for query in ("", "?q=capital_cost", "?family=tax"))
    assert whole.count('<details class="card fold') > 10
    assert 'id="tax" open' not in whole
    assert "capital_cost_rate" in found
    assert [text.count(f'id="{code}" open>') for text, code in ((found, "capital"), (family, "tax"))] == [1, 1]


def test_a_day_without_its_own_version_cannot_be_told_as_published(home: Path) -> None:
    """January was never a reporting date; and without a day nothing can be found."""
    told = tell("ask", "capital_charge", "--date", "2026-01-31", "--as-published", "--home", str(home))
    assert (told.code, "no version of 2026-01-31 is kept" in told.err) == (23, True)
    assert tell("ask", "capital_charge", "--as-published", "--home", str(home)).code == 23


def test_a_correction_of_the_same_day_stands_and_both_stay_visible(home: Path, django_capture_on_commit_callbacks) -> None:
    """Twelve per cent, then eleven of the same day: eleven counts, and the page tells both."""
    approved(django_capture_on_commit_callbacks)
    approved(django_capture_on_commit_callbacks, value="0.11", reason="更正：应为 11%")
    run(home, MARCH)
    assert figure(home, "capital_charge") == Decimal("2.94") + Decimal("6.87")  # 3000 and 7000 × 0.105 × 0.11 × 31 ÷ 365
    page = signed_in_browser("reader", ("bank_president", "")).get("/parameters/capital_cost_rate/").content.decode()
    lines = page[page.index('id="lines"') : page.index('id="proposals"')]
    assert lines.index("0.11") < lines.index("<s>0.12</s>")
    assert "已被同日的后一行取代" in lines
    assert "更正：应为 11%" in lines


def test_nobody_approves_what_he_proposed_not_even_with_two_roles(home: Path) -> None:
    """The refusal is recorded, and nothing is written."""
    both = signed_in_browser("both", ("department_analyst", ""), ("bank_president", ""))
    number = proposed(both)
    assert decide(both, number) == 409
    assert records("parameter_approve") == ["refused"]
    assert not (home / "parameters").exists()


def test_a_rejection_says_why_and_a_decided_change_stays_decided(home: Path) -> None:
    """Without a reason it is refused; nothing is written."""
    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    number = proposed(analyst)
    assert decide(president, number, "reject") == 409
    assert decide(president, number, "reject", "依据不足") == 302
    assert decide(president, number) == 409
    assert analyst.post(f"/parameters/proposal/{number}/withdraw/").status_code == 409
    assert "依据不足" in analyst.get(f"/parameters/proposal/{number}/").content.decode()
    assert not (home / "parameters").exists()


def test_only_who_proposed_takes_it_back(home: Path) -> None:
    """And then nobody decides it any more."""
    analyst, other = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("two", ("department_analyst", ""))
    number = proposed(analyst)
    assert other.post(f"/parameters/proposal/{number}/withdraw/").status_code == 409
    assert analyst.post(f"/parameters/proposal/{number}/withdraw/").status_code == 302
    assert decide(signed_in_browser("third", ("bank_president", "")), number) == 409


def test_a_subject_stands_on_one_line_of_the_banks_own(home: Path, django_capture_on_commit_callbacks) -> None:
    """Refused with subject and line while another line has it, standing or waiting; it moves by two proposals, approved in their order."""
    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    lent = {"code": "own_line.10_lent", "value": "+1303+1001", "reason": "自定义报表第一版"}
    other = {"code": "own_line.20_cash", "value": "+1001", "reason": "自定义报表第一版"}
    first = proposed(analyst, **lent)
    refused = propose(analyst, **other)
    assert refused.status_code == 409
    assert 'id="value-fault"' in refused.content.decode()
    assert "1001 " in refused.content.decode()
    assert "（10_lent 10_lent）" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(president, first) == 302
    assert propose(analyst, **other).status_code == 409, "it stands now"

    gives_up = proposed(analyst, **lent | {"value": "+1303"})
    takes = proposed(analyst, **other)
    assert decide(president, takes) == 409, "the other line has not given it up"
    assert (
        "（10_lent 10_lent）"
        in president.post(f"/parameters/proposal/{takes}/decide/", {"decision": "approve", "note": ""}).content.decode()
    )
    shown = president.get(f"/parameters/proposal/{takes}/").content.decode()
    effect = shown[shown.index('id="own-line"') : shown.index('id="effect"')]
    changes = proposed(analyst, code="own_line.10_lent", value="+1303/+2011", valid_from="2026-03-02", reason="改为占比")
    shown = president.get(f"/parameters/proposal/{changes}/").content.decode()
    sides = re.findall(r"<dd>([^<]*)</dd>", shown[shown.index('id="own-line"') : shown.index('id="effect"')])
    assert sides[0].endswith(" 元"), "a line stands in yuan before it becomes a quotient"
    assert sides[1].endswith("%")
    assert analyst.post(f"/parameters/proposal/{changes}/withdraw/").status_code == 302
    share = proposed(analyst, code="own_line.90_share", value="[20_cash]/[10_lent]", reason="自定义报表第一版")
    for number in (gives_up, takes, share):
        with django_capture_on_commit_callbacks(execute=True):
            assert decide(president, number) == 302
    run(home, MARCH)
    closing = (
        "SELECT sum(closing_debit_balance - closing_credit_balance) FROM ledger_snapshot WHERE subject_code = '1001' AND reported_on = ?"
    )
    with Bank(home).reader() as reader:
        ((cash,),) = reader.rows(closing, [MARCH])
        found = own_statement(reader, LedgerQuestion())
    assert f"{cash:,.2f} 元" in effect
    assert [found.line(code).amounts for code in ("20_cash", "listed_twice")] == [(cash,), (0,)]
    per_cent = f"{(cash * 100 / found.line('10_lent').amounts[0]):,.2f}"
    for shown in ("", "&unit=yuan", "&show=months"):
        page = president.get(f"/ledger/?tab=own{shown}").content.decode()
        assert re.search(rf">{re.escape(per_cent)}<span class=\"figure-word\">%<", page), (
            "a quotient stands in per cent, whatever the yuan stand in"
        )


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"code": "colour"}, "code", "没有参数"),
        ({"code": "vat_rate.Ä"}, "code", "只能含"),
        ({"valid_from": "2026-02-30"}, "valid_from", "须为日期"),
        ({"value": "12%"}, "value", "须为小数"),
        ({"value": "12"}, "value", "25% 写作 0.25"),
        ({"value": "-0.1"}, "value", "不能为负"),
        ({"value": "0.100", "valid_from": "1900-01-01"}, "value", "现有值相同"),
        ({"code": "ledger_line.6011", "value": "colour"}, "value", "须为下列之一"),
        ({"code": "interest_day_basis.loan", "value": "364"}, "value", "须为 360 或 365"),
        ({"reason": "无"}, "reason", "4 至 300 字"),
    ],
)
def test_what_does_not_pass_is_told_at_its_field(home: Path, changed: dict[str, str], field: str, told: str) -> None:
    from maisui.web.parameters.models import ParameterProposal

    answer = propose(signed_in_browser("one", ("department_analyst", "")), **changed)
    page = answer.content.decode()
    fault = page[page.index(f'id="{field}-fault"') :]
    assert answer.status_code == 409
    assert told in fault[: fault.index("</div>")]
    assert page.count("invalid-feedback") == 1
    assert not ParameterProposal.objects.exists()


def test_a_change_of_the_same_day_waits_only_once(home: Path) -> None:
    analyst = signed_in_browser("one", ("department_analyst", ""))
    proposed(analyst)
    assert propose(analyst, value="0.13").status_code == 409


def test_parameters_are_those_of_the_whole_bank(home: Path) -> None:
    """An analyst of a branch reads them and proposes none; who may not see parameters finds no page."""
    branch = signed_in_browser("branch", ("department_analyst", BRANCH))
    assert branch.get("/parameters/").status_code == 200
    assert "提出变更" not in branch.get("/parameters/").content.decode()
    assert propose(branch).status_code == 403
    assert signed_in_browser("teller", ("teller", BRANCH)).get("/parameters/").status_code == 403


def test_a_search_finds_by_meaning_code_and_family(home: Path) -> None:
    reader = signed_in_browser("reader", ("data_engineer", ""))
    found = reader.get("/parameters/?q=资本成本").content.decode()
    assert "capital_cost_rate" in found
    assert "income_tax_rate" not in found
    tax = reader.get("/parameters/?family=tax").content.decode()
    assert "income_tax_rate" in tax
    assert "/parameters/capital_cost_rate/" not in tax
    assert "没有符合的参数" in reader.get("/parameters/?q=colour").content.decode()
    assert reader.get("/parameters/colour/").status_code == 404


def test_nobody_approves_his_own_change_under_another_number_of_his(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import own_numbers

    monkeypatch.setattr(own_numbers, "person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    number = proposed(signed_in_browser("first", ("department_analyst", ""), employee_number="M1"))
    himself = signed_in_browser("second", ("bank_president", ""), employee_number="K9")
    assert f"/parameters/proposal/{number}/decide/" not in himself.get(f"/parameters/proposal/{number}/").content.decode()
    assert decide(himself, number) == 409
    assert decide(signed_in_browser("third", ("bank_president", "")), number) == 302


def test_a_line_approved_but_not_written_yet_keeps_its_subjects(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk was full when the first was approved: the second proposal, written before that, does not take its subject."""
    from maisui.web.actions import parameters
    from maisui.web.parameters.models import ParameterProposal

    analyst, president = signed_in_browser("one", ("department_analyst", "")), signed_in_browser("other", ("bank_president", ""))
    monkeypatch.setattr(parameters, "write_approved_parameters", lambda: None)
    first = proposed(analyst, code="own_line.10_cash", value="+1001", reason="自定义报表第一版")
    second = proposed(analyst, code="own_line.20_lent", value="+1303", reason="自定义报表第一版")
    ParameterProposal.objects.filter(pk=second).update(value="+1001")
    assert decide(president, first) == 302
    assert decide(president, second) == 409
