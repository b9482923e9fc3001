"""Campaigns: proposed from a group, assigned by a hash, started by somebody else; each sees and approaches within his own organisations."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from customers_home import BY_NUMBER, LAST_DAY, PEOPLE, CustomersBank, customer_contract, customer_lines
from django.test import Client
from django.utils import timezone
from example_home import run
from mini_bank import MAPPINGS, compact, deliver, make_home
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers import Bank
from maisui.web.access.sealed import reference_of
from maisui.web.campaigns.models import Campaign, CampaignMember
from maisui.web.contacts.models import CustomerContact

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/"
ALL = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "asset_average_balance", "is": "at_least", "value": "0"}]}
_CONSENT = """
SELECT
  number AS customer_number, 'marketing' AS consent_purpose_code, DATE '2026-01-01' AS effective_from, number AS consent_number,
  CASE WHEN substr(number, 12, 1) = '3' THEN 'withdrawn' ELSE 'given' END AS consent_status,
  CASE WHEN substr(number, 12, 1) = '4' THEN DATE '2026-03-30' END AS expires_on, source_file_id, source_line
FROM mini_cust
"""
"""Whose number ends in 3 has withdrawn, in 4 it has expired the day before; all others have consented."""
_LOANS = """
SELECT
  delivered_on AS reported_on, 'L' || number AS loan_number, number AS customer_number, org AS organisation_code, 'X' AS product_code,
  'CNY' AS currency, CAST(100 AS DECIMAL(20, 2)) AS disbursed_amount, CAST(90 AS DECIMAL(20, 2)) AS balance, 'pass' AS loan_class,
  'normal' AS loan_status, DATE '2025-01-01' AS disbursed_on, DATE '2026-04-20' AS matures_on,
  CASE WHEN substr(number, 12, 1) = '3' THEN DATE '2026-03-01' END AS overdue_since, source_file_id, source_line
FROM mini_cust
"""
"""Everybody owes 90.00 that falls due in twenty days; whose number ends in 3 is in arrears."""
REFUSED = {number for number in BY_NUMBER if number.endswith("3")}
EXPIRED = {number for number in BY_NUMBER if number.endswith("4")}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """Return the home of forty-one customers with consents."""
    folder: Path = tmp_path_factory.mktemp("campaigns")
    contract, mapping = customer_contract()
    home = make_home(
        folder / "home",
        contract=contract,
        mappings={**MAPPINGS, "customer_snapshot": mapping, "consent": _CONSENT, "loan_snapshot": _LOANS},
    )
    deliver(home, LAST_DAY, bank=CustomersBank(), leave_out=["CUST"])
    lines = customer_lines({person.number: person.certificate for person in PEOPLE}, certificate_type="身份证")
    (home / "inbox" / "mini" / f"customers-{compact(LAST_DAY)}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(home, LAST_DAY)
    return Bank(home)


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def records(action: str):
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence"))


def proposed(client: Client, **changes: str):
    """Keep a group of everybody and propose a campaign for it; return the answer."""
    from maisui.web.groups.models import CustomerGroup

    if not CustomerGroup.objects.filter(name="全部").exists():
        assert client.post("/customer-groups/save/", {"rule": json.dumps(ALL), "name": "全部"}).status_code == 302
    today = timezone.localdate()
    form = {
        "name": "定期营销", "purpose": "售粮款留存", "group": str(CustomerGroup.objects.get(name="全部").pk), "product": "term_deposit",
        "channel": "telephone", "measure": "product_held", "starts_on": str(today), "ends_on": str(today + timedelta(days=30)),
        "control": "50", "sample": "5",
    } | changes  # fmt: skip
    return client.post(f"{PAGE}propose/", form)


def started(**changes: object) -> Campaign:
    """Propose by an analyst, start by the president, and return the campaign."""
    assert proposed(signed_in_browser("analyst1", ("department_analyst", ""))).status_code == 302
    campaign = Campaign.objects.get()
    president = signed_in_browser("president1", ("bank_president", ""))
    assert president.post(f"{PAGE}{campaign.pk}/decide/", {"decision": "approve"}).status_code == 302
    Campaign.objects.filter(pk=campaign.pk).update(**(changes or {"state": "started"}))
    campaign.refresh_from_db()
    assert campaign.state == "started"
    return campaign


def treated(campaign: Campaign) -> set[str]:
    return set(CampaignMember.objects.filter(campaign=campaign, is_control=False).values_list("customer_number", flat=True))


def test_those_without_consent_are_left_out_and_the_arms_can_be_found_again() -> None:
    """The arms are those of SHA-256 over code and number, found here from the description alone."""
    assert proposed(signed_in_browser("analyst1", ("department_analyst", ""))).status_code == 302
    campaign = Campaign.objects.get()
    members = dict(CampaignMember.objects.values_list("customer_number", "is_control"))
    assert (REFUSED | EXPIRED) & set(members) == set()
    assert set(members) == set(BY_NUMBER) - REFUSED - EXPIRED
    assert campaign.refused_count == len(REFUSED)
    assert campaign.group_count == len(members) + campaign.refused_count + campaign.unconsented_count
    for number, is_control in members.items():
        drawn = int.from_bytes(hashlib.sha256(f"{campaign.code}:{number}".encode()).digest()[:8], "big") % 10_000
        assert is_control == (drawn < 5000)
    (written,) = records("campaign_propose")
    assert json.loads(written.details)["refused"] == len(REFUSED)
    assert not any(number in written.details for number in BY_NUMBER)


def test_nobody_starts_his_own_campaign_and_nothing_is_handed_out_before() -> None:
    president = signed_in_browser("president1", ("bank_president", ""))
    assert proposed(president).status_code == 302
    campaign = Campaign.objects.get()
    president.post(f"{PAGE}{campaign.pk}/decide/", {"decision": "approve"})
    campaign.refresh_from_db()
    assert campaign.state == "waiting"
    assert [one.result for one in records("campaign_start")] == ["refused"]
    assert "待触达客户" not in president.get(f"{PAGE}{campaign.pk}/").content.decode()
    assert president.get(f"{PAGE}{campaign.pk}/export.xlsx").status_code == 404
    branch = signed_in_browser("branch1", ("branch_manager", "B1"))
    assert branch.post(f"{PAGE}{campaign.pk}/decide/", {"decision": "approve"}).status_code == 404


def test_nobody_starts_his_own_campaign_under_another_number_of_his(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import own_numbers

    monkeypatch.setattr(own_numbers, "person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    assert proposed(signed_in_browser("first", ("bank_president", ""), employee_number="M1")).status_code == 302
    campaign = Campaign.objects.get()
    himself, decide = signed_in_browser("second", ("bank_president", ""), employee_number="K9"), f"{PAGE}{campaign.pk}/decide/"
    assert f'action="{decide}"' not in himself.get(f"{PAGE}{campaign.pk}/").content.decode()
    himself.post(decide, {"decision": "approve"})
    campaign.refresh_from_db()
    assert campaign.state == "waiting"
    assert f'action="{decide}"' in signed_in_browser("third", ("bank_president", "")).get(f"{PAGE}{campaign.pk}/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"control": "60"}, {"sample": "1"}, {"ends_on": "2020-01-01"}, {"starts_on": str(LAST_DAY)}, {"product": "no"}, {"purpose": ""}],
)
def test_a_plan_that_will_not_do_is_refused(changes: dict[str, str]) -> None:
    assert proposed(signed_in_browser("analyst1", ("department_analyst", "")), **changes).status_code == 409
    assert not Campaign.objects.exists()


def test_a_campaign_is_begun_from_the_page_of_a_group_which_then_stands_chosen() -> None:
    from maisui.web.groups.models import CustomerGroup

    client = signed_in_browser("beginner", ("bank_president", ""))
    for name in ("先建", "后建"):
        assert client.post("/customer-groups/save/", {"rule": json.dumps(ALL), "name": name}).status_code == 302
    for group in CustomerGroup.objects.all():
        assert f"/campaigns/?group={group.pk}#new-title" in client.get(f"/customer-groups/{group.pk}/").content.decode()
        page = client.get(PAGE, {"group": f"{group.pk}", "product": "loan_card"}).content.decode()
        assert page.count(f'value="{group.pk}" selected') == 1
        products = page.partition('id="product"')[2].partition("</select>")[0]
        assert products.index("term_deposit") < products.index("wealth_product") < products.index("farmer_loan")
        assert "advance" not in products
    assert " selected" not in client.get(PAGE, {"group": "none"}).content.decode().partition('id="group"')[2].partition("</select>")[0]


def test_a_manager_sees_and_approaches_those_of_his_outlets_only() -> None:
    campaign = started()
    manager = signed_in_browser("manager8", ("customer_manager", "B2"))
    page = manager.get(f"{PAGE}{campaign.pk}/").content.decode()
    mine = {number for number in treated(campaign) if BY_NUMBER[number].home == "B2"}
    assert mine
    assert set(json.loads(records("campaign_list")[-1].details)["customers"]) == mine
    assert not any(person.number in page or (person.kind == "personal" and person.name in page) for person in PEOPLE)
    assert "对照组" not in page
    other = next(number for number in treated(campaign) if BY_NUMBER[number].home == "B1")
    said = {"happened_on": str(timezone.localdate()), "outcome": "interested"}
    assert manager.post(f"{PAGE}{campaign.pk}/contact/{reference_of(other)}/", said).status_code == 404
    alone = next(
        number
        for number in CampaignMember.objects.filter(is_control=True).values_list("customer_number", flat=True)
        if BY_NUMBER[number].home == "B2"
    )
    assert manager.post(f"{PAGE}{campaign.pk}/contact/{reference_of(alone)}/", said).status_code == 404
    assert not CustomerContact.objects.exists()
    one = sorted(mine)[0]
    assert manager.post(f"{PAGE}{campaign.pk}/contact/{reference_of(one)}/", said).status_code == 302
    assert CustomerContact.objects.get().kind == "telephone"
    assert manager.get(f"{PAGE}{campaign.pk}/export.xlsx").status_code == 403


def test_who_withdraws_after_the_start_is_not_approached() -> None:
    campaign = started()
    gone = sorted(REFUSED)[0]
    CampaignMember.objects.create(campaign=campaign, customer_number=gone, is_control=False)
    president = Client()
    sign_in(president, make_person("president2", ("bank_president", ""), ("customer_manager", "")))
    said = {"happened_on": str(timezone.localdate()), "outcome": "interested"}
    president.post(f"{PAGE}{campaign.pk}/contact/{reference_of(gone)}/", said)
    assert not CustomerContact.objects.exists()
    assert "已无营销同意，请勿联系" in president.get(f"{PAGE}{campaign.pk}/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(president.get(f"{PAGE}{campaign.pk}/export.xlsx").content))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.startswith("C90000**") for cell in cells) == len(treated(campaign)) - 1
    assert not any(number in cell for cell in cells for number in BY_NUMBER)


def test_a_campaign_that_runs_is_stopped_at_once_by_who_proposed_or_may_approve_it_and_says_why() -> None:
    campaign = started(starts_on=date(2026, 3, 1), minimum_sample=5)
    stop, of_list = f"{PAGE}{campaign.pk}/stop/", f"{PAGE}{campaign.pk}/export.xlsx"
    president = signed_in_browser("president5", ("bank_president", ""))
    other, branch = signed_in_browser("analyst5", ("department_analyst", "")), signed_in_browser("branch5", ("branch_manager", "B1"))

    def stopped() -> bool:
        campaign.refresh_from_db()
        return campaign.stopped_on is not None

    for browser, reason in ((other, "投诉较多"), (branch, "投诉较多"), (president, "无")):
        assert browser.post(stop, {"reason": reason}).status_code == 302
        assert not stopped()
    assert f'action="{stop}"' in president.get(f"{PAGE}{campaign.pk}/").content.decode()
    assert f'action="{stop}"' not in branch.get(f"{PAGE}{campaign.pk}/").content.decode()
    assert president.get(of_list).status_code == 200
    president.post(stop, {"reason": "客户投诉较多，先停止"})
    assert stopped()
    assert campaign.last_day == timezone.localdate() < campaign.ends_on
    page = president.get(f"{PAGE}{campaign.pk}/").content.decode()
    assert all(word in page for word in ("已停止", "客户投诉较多，先停止", "按分组计算"))
    assert not [word for word in ("待触达客户", f'action="{stop}"') if word in page]
    assert president.get(of_list).status_code == 404
    customer = sorted(treated(campaign))[0]
    manager = signed_in_browser("manager5", ("customer_manager", BY_NUMBER[customer].home))
    said = {"happened_on": str(timezone.localdate()), "outcome": "interested"}
    manager.post(f"{PAGE}{campaign.pk}/contact/{reference_of(customer)}/", said)
    assert not CustomerContact.objects.exists()
    rows = [len(president.get(f"{PAGE}?state={stage}").context["rows"]) for stage in ("stopped", "running", "over")]
    assert rows == [1, 0, 0]
    assert [one.result for one in records("campaign_stop")] == ["refused"] * 3 + ["allowed"]


def test_the_result_counts_arms_and_says_plainly_when_none_is_shown() -> None:
    """Holders of term deposits by hand: the accounts of the home, by arm."""
    from customers_home import ACCOUNTS

    campaign = started(starts_on=date(2026, 3, 1), minimum_sample=5)
    president = signed_in_browser("president3", ("bank_president", ""))
    page = president.get(f"{PAGE}{campaign.pk}/").content.decode()
    holders = {one.customer for one in ACCOUNTS if one.product == "term"}
    arm = treated(campaign)
    assert f'<td class="number">{len(arm)}</td>' in page
    assert f"{100 * len(holders & arm) / len(arm):.2f}<span" in page
    assert "未显示效果：区间包含零。" in page or "区间不含零" in page
    Campaign.objects.update(minimum_sample=1000)
    assert "未显示效果：样本低于最小样本。" in president.get(f"{PAGE}{campaign.pk}/").content.decode()


def test_contacts_with_those_left_alone_are_told_beside_the_result() -> None:
    """Two of them were contacted within the days, one was reached; who was contacted before the campaign does not count."""
    campaign = started(starts_on=date(2026, 3, 1), minimum_sample=5)
    president = signed_in_browser("president4", ("bank_president", ""))
    assert "在活动期内被联系过" not in president.get(f"{PAGE}{campaign.pk}/").content.decode()
    alone = sorted(CampaignMember.objects.filter(campaign=campaign, is_control=True).values_list("customer_number", flat=True))
    writer = make_person("writer4", ("customer_manager", "")).user
    for number, day, outcome in zip(alone, (2, 3, -1), ("not_reached", "agreed", "agreed"), strict=False):
        CustomerContact.objects.create(
            legal_entity_code=campaign.legal_entity_code,
            customer_number=number,
            kind="visit",
            happened_on=campaign.starts_on + timedelta(days=day),
            outcome=outcome,
            written_by=writer,
        )
    page = president.get(f"{PAGE}{campaign.pk}/").content.decode()
    assert f'<td class="number">{len(alone)}</td><td class="number delta-bad">2</td><td class="number">1</td>' in page
    assert "对照组中有 2 户在活动期内被联系过" in page


def test_worklists_name_the_borrowers_of_ones_outlets_masked_with_what_was_last_said() -> None:
    manager = signed_in_browser("manager8", ("customer_manager", "B2"))
    mine = {number for number, person in BY_NUMBER.items() if person.home == "B2"}
    late = sorted(mine & REFUSED)[0]
    said = {"kind": "telephone", "happened_on": str(timezone.localdate()), "outcome": "informed", "words": ""}
    assert manager.post(f"/customers/{reference_of(late)}/contact/", said).status_code == 302
    page = manager.get("/worklists/?list=overdue").content.decode()
    assert set(json.loads(records("customer_list")[-1].details)["customers"]) == mine & REFUSED
    assert "已告知" in page
    assert not any(person.number in page or (person.kind == "personal" and person.name in page) for person in PEOPLE)
    manager.get("/worklists/?list=30")
    assert set(json.loads(records("customer_list")[-1].details)["customers"]) == mine
    assert manager.get("/worklists/export.xlsx").status_code == 403
    book = openpyxl.load_workbook(
        io.BytesIO(signed_in_browser("branch1", ("branch_manager", "B2")).get("/worklists/export.xlsx?list=overdue").content)
    )
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.startswith("C90000**") for cell in cells) == len(mine & REFUSED)
    assert set(json.loads(records("worklist_export")[-1].details)["customers"]) == mine & REFUSED


@pytest.mark.parametrize(("product", "is_due"), [("理财", False), ("还款计划", True), ("", False)])
def test_who_refused_marketing_is_offered_nothing_on_any_list_and_asked_for_what_he_owes(
    monkeypatch: pytest.MonkeyPatch, product: str, is_due: bool
) -> None:
    """One strategy for everybody: where it offers a product it asks for no contact with who refused; arrears are asked for all the same."""
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.strategies import desk, next_steps
    from maisui.web.strategies.table import Strategy
    from maisui.web.text import Text

    line = Strategy("one", "", "", "", Text("介绍", "Tell"), Text(product, product), "visit", 30, "customer_manager", is_due=is_due)
    for module in (next_steps, desk):
        monkeypatch.setattr(module, "strategies_on", lambda _day: (line,))
    manager = signed_in_browser("manager9", ("customer_manager", "B2"))
    mine = {number for number, person in BY_NUMBER.items() if person.home == "B2"}
    silent = REFUSED if product and not is_due else set[str]()
    told = {"act": "advised", "whole": "yes", "due_on": str(timezone.localdate())}
    manager.post("/customers/chosen/?hold=all", told)
    assert set(CustomerTask.objects.values_list("customer_number", flat=True)) == mine - silent
    CustomerTask.objects.all().delete()
    refused, agreed = reference_of(sorted(mine & REFUSED)[0]), reference_of(sorted(mine - REFUSED - EXPIRED)[0])
    for reference in (refused, agreed):
        said = manager.get(f"/customers/{reference}/").content.decode()
        assert ("不主动推介，客户询问时再介绍" in said) == (reference == refused and bool(silent))
        assert ("已拒绝营销" in said) == (reference == refused)
    late, soon = (manager.get(f"/worklists/?list={name}") for name in ("overdue", "30"))
    assert {row.reference for row, *_ in late.context["rows"]} == {reference_of(number) for number in mine & REFUSED}
    for row, _, _, step, _ in (*late.context["rows"], *soon.context["rows"]):
        assert step.consent.is_refused == (row.reference in {reference_of(number) for number in REFUSED})
        assert step.is_due, "what he owes and what falls due is told to anybody"
    assert [step.actions for *_, step, _ in late.context["rows"]] == [("电话或上门催收，登记还款承诺",)] * len(late.context["rows"])
    page = soon.content.decode()
    assert all(word in page for word in ("已拒绝营销", "未同意营销", "同意营销</span>"))
    assert "已拒绝营销" in late.content.decode()
    manager.post("/worklists/chosen/?list=overdue", told)
    assert set(CustomerTask.objects.values_list("customer_number", flat=True)) == mine & REFUSED
    day = manager.get("/my-day/")
    assert len(day.context["tasks"]) == len(mine & REFUSED)
    assert all(task["consent"].is_refused for task in day.context["tasks"])


def test_the_form_tells_the_arms_to_be_expected_before_anything_is_submitted() -> None:
    """41 customers, 5 withdrew or let expire: of W who consent, half up by the control share; too small a sample names the share needed."""
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    proposed(client)
    group = Campaign.objects.get().group_number
    consenting = len(set(BY_NUMBER) - REFUSED - EXPIRED)
    control = (consenting * 20 + 50) // 100
    asked = {"group": group, "control": "20", "measure": "product_held"}
    told = client.get(f"{PAGE}sample/", asked | {"sample": "5"}).content.decode()
    assert f"<dt>触达组（预计）</dt><dd>{consenting - control}</dd>" in told
    assert f"<dt>对照组（预计）</dt><dd>{control}</dd>" in told
    assert "低于最小样本" not in told
    needed = next(share for share in range(5, 51) if consenting * share >= 10 * 100)
    small = client.get(f"{PAGE}sample/", asked | {"sample": "10"}).content.decode()
    assert f"对照组比例设为 {needed}% 即可达到" in small
    never = client.get(f"{PAGE}sample/", asked | {"sample": "300"}).content.decode()
    assert f"把最小样本降到 {consenting // 2} 户" in never
    assert "这里显示预计的两组样本" in client.get(f"{PAGE}sample/", asked | {"sample": ""}).content.decode()
    assert Campaign.objects.count() == 1


def test_the_sample_of_a_group_of_somebody_else_is_not_told() -> None:
    """A group that is not shared is to others as if it were not there; nor is anybody told who may not make lists."""
    proposed(signed_in_browser("analyst1", ("department_analyst", "")))
    asked = {"group": Campaign.objects.get().group_number, "control": "20", "sample": "5"}
    assert signed_in_browser("analyst2", ("department_analyst", "")).get(f"{PAGE}sample/", asked).status_code == 404
    assert signed_in_browser("manager1", ("customer_manager", "B1")).get(f"{PAGE}sample/", asked).status_code == 403


def test_who_needs_attention_is_advised_by_the_reason_and_nobody_without_a_loan_to_repay(bank: Bank) -> None:
    """Who is in arrears is asked for them; of any other reason for attention nothing is said of repayment."""
    from maisui.web.strategies.table import BY_REASON

    with bank.reader() as reader:
        day = reader.manifest.reporting_date
        reasons = dict(
            reader.rows(
                "SELECT customer_number, reason_code FROM customer_label "
                "WHERE business_date = ? AND label_code = 'attention' AND reason_rank = 1",
                [day],
            )
        )
    late = next(number for number, reason in sorted(reasons.items()) if reason == "overdue")
    president = signed_in_browser("president1", ("bank_president", ""))
    page = president.get(f"/customers/{reference_of(late)}/").content.decode()
    assert "催收逾期款项，查明原因，商定还款安排" in page
    assert "依据：特别关注、贷款拖欠" in page
    said = {reason: f"{action.zh}{product.zh}" for (code, reason), (action, product) in BY_REASON.items() if code == "attention"}
    assert "还款" not in said["assets_falling"] + said["complaint"] + said["large_maturity"]
    assert "贷款拖欠：催收逾期款项" in president.get("/strategies/").content.decode()


def test_every_reason_for_attention_has_its_own_advice() -> None:
    """A reason that is added to the label wants its advice; a bank's own line says the same to all."""
    from dataclasses import replace

    from maisui.answers import LABEL_BY_CODE
    from maisui.web.strategies.table import BY_REASON, PRODUCT_LINES

    assert {reason for code, reason in BY_REASON if code == "attention"} == {one.code for one in LABEL_BY_CODE["attention"].reasons}
    line = next(one for one in PRODUCT_LINES if one.code == "attention")
    own = replace(line, is_own=True)
    assert own.because("overdue").action == line.action
    assert line.because("complaint").action != line.because("overdue").action


def test_the_list_is_narrowed_by_state_owner_channel_and_days() -> None:
    """One campaign of today until in thirty days, by telephone, that runs; days need only touch."""
    campaign = started()
    president = signed_in_browser("president2", ("bank_president", ""))
    today = timezone.localdate()

    def listed(**asked: str) -> int:
        return len(president.get(PAGE, asked).context["rows"])

    assert [listed(), listed(state="running"), listed(state="waiting"), listed(state="over")] == [1, 1, 0, 0]
    assert [listed(kind="telephone"), listed(kind="visit"), listed(owner="me")] == [1, 0, 0]
    assert [listed(until=str(today)), listed(until=str(today - timedelta(days=1)))] == [1, 0]
    assert [listed(**{"from": str(campaign.ends_on)}), listed(**{"from": str(campaign.ends_on + timedelta(days=1))})] == [1, 0]
    assert "没有符合条件的活动" in president.get(PAGE, {"state": "over"}).content.decode()
    for wrong in ({"state": "nil"}, {"owner": "x"}, {"kind": "x"}, {"from": "2026-02-30"}):
        assert president.get(PAGE, wrong).status_code == 400
