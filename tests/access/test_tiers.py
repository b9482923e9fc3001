"""Tiers set by hand: proposed by one, approved by another within scope, counted by the next batch, over by themselves, told everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from example_home import copy_home, run
from mini_bank import deliver, make_home
from scratch import own_copy, scratch_folder
from web_home import LAST_DAY, signed_in_browser

from maisui.answers import Bank

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMER = "C002"
"""At home in B2; the mini bank's balances make everybody ordinary."""
UNTIL = "2026-06-30"


def _make(path: Path) -> None:
    home = make_home(path, sources=("mini", "supplement"))
    deliver(home, LAST_DAY)
    run(home, LAST_DAY)


@pytest.fixture
def home(settings: Any) -> Iterator[Path]:
    with scratch_folder() as folder:
        path = copy_home(own_copy("tiers", _make), folder / "home")
        _serve(settings, path)
        yield path


def _serve(settings: Any, path: Path) -> None:
    bank = Bank(path)
    settings.BANK, settings.HOME = bank, bank.home


def reference(number: str = CUSTOMER) -> str:
    from maisui.web.access.sealed import reference_of

    return reference_of(number)


def propose(client: Client, number: str = CUSTOMER, **changes: str) -> int:
    typed = {
        "kind": "set", "tier": "platinum", "valid_from": f"{LAST_DAY}", "valid_until": UNTIL, "reason": "企业主，他行资产可查证",
    }  # fmt: skip
    return client.post("/tiers/propose/", {"customer": reference(number)} | typed | changes).status_code


def newest() -> Any:
    from maisui.web.tiers.models import TierProposal

    return TierProposal.objects.first()


def decide(client: Client, decision: str = "approve", note: str = "") -> int:
    return client.post(f"/tiers/{newest().pk}/decide/", {"decision": decision, "note": note}).status_code


def republish(settings: Any, path: Path) -> None:
    run(path, LAST_DAY)
    _serve(settings, path)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_tier_is_proposed_approved_counted_and_told_with_author_reason_and_last_day(home: Path, settings: Any) -> None:
    from maisui.web.audit.models import AuditRecord

    manager, leader = signed_in_browser("manager", ("customer_manager", "B2")), signed_in_browser("leader", ("branch_manager", "B2"))
    customer = f"/customers/{reference()}/"
    assert f"/tiers/?customer={reference()}" in text_of(manager, customer)
    assert propose(manager) == 302
    assert [(str(one.title), one.count) for one in leader.get("/my-day/").context["decisions"]] == [("等级核定", 1)]
    assert decide(manager) == 403
    assert decide(leader) == 302
    (file,) = (home / "inbox" / "supplement").glob("*tier_decision*")
    line = file.read_text(encoding="utf-8-sig").splitlines()[1]
    assert line == "1,核定,C002,platinum,20260331,20260701,测试manager (manager),测试leader (leader),企业主，他行资产可查证"
    assert "已批准，跑批后生效" in text_of(leader, "/tiers/")
    assert "人工核定至" not in text_of(manager, customer)
    republish(settings, home)
    page = text_of(manager, customer)
    assert "人工核定至 2026-06-30：" not in page, "the head is short: what stands behind the tier opens below it"
    facts = ("有效至", "2026-06-30"), ("规则等级", "普通"), ("理由", "企业主，他行资产可查证"), ("审批", "测试leader (leader)")
    assert all(f"<dt>{name}</dt><dd>{value}</dd>" in page for name, value in facts)
    archive = text_of(manager, f"{customer}?tab=archive")
    assert "人工核定至 2026-06-30：企业主，他行资产可查证（测试manager (manager) 提出，测试leader (leader) 审批）；规则等级普通" in archive
    assert "等级由人工核定，在有效期内" in page
    assert "等级人工核定" in text_of(manager, f"{customer}?tab=timeline")
    rule = {"id": "r", "join": "all", "of": [{"id": "a", "field": "is_tier_by_hand", "is": "yes"}]}
    for asked in ({"tier": "platinum"}, {"rule": json.dumps(rule)}):
        listed = manager.get("/customers/", asked)
        assert listed.context["found"].total_count == 1
        assert "<small>人工核定</small>" in listed.content.decode()
    row = text_of(leader, "/tiers/?show=holds")
    assert "有效" in row
    assert CUSTOMER not in row
    book = openpyxl.load_workbook(BytesIO(leader.get("/tiers/export.xlsx").content))
    cells = [str(cell) for sheet in book.worksheets for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None]
    assert {"企业主，他行资产可查证", "普通", "白金", "测试leader", "有效"} <= set(cells)
    assert CUSTOMER not in cells
    assert {"tier_propose", "tier_approve", "tier_list"} <= set(AuditRecord.objects.values_list("action", flat=True))


def test_who_proposed_does_not_approve_and_what_makes_no_sense_is_refused(home: Path) -> None:
    leader = signed_in_browser("leader", ("branch_manager", "B2"))
    assert propose(leader, tier="ordinary") == 409
    assert propose(leader, tier="emerald") == 409
    assert propose(leader, valid_from="2026-03-30") == 409
    assert propose(leader, valid_until="2026-03-30") == 409
    assert propose(leader, valid_until="2027-04-01") == 409
    assert propose(leader, valid_until="") == 409
    assert propose(leader, reason="好") == 409
    assert propose(leader, reason="电话 13855551234") == 409
    assert propose(leader, kind="end") == 409
    assert newest() is None
    assert propose(leader, valid_until="2027-03-31") == 302
    assert propose(leader) == 409
    assert decide(leader) == 409
    second = signed_in_browser("second", ("branch_manager", "B2"))
    assert decide(second, "reject") == 409
    assert decide(second, "reject", "依据不足") == 302
    assert newest().state == "rejected"
    assert not list((home / "inbox" / "supplement").glob("*tier_decision*"))


def test_nobody_sets_or_sees_the_tier_of_a_customer_elsewhere(home: Path) -> None:
    manager, other = signed_in_browser("manager", ("customer_manager", "B2")), signed_in_browser("other", ("branch_manager", "B1"))
    assert propose(other) == 404
    assert propose(manager) == 302
    assert "企业主" not in text_of(other, "/tiers/")
    assert decide(other) == 404
    assert other.get(f"/tiers/?customer={reference()}").status_code == 404
    assert other.get("/tiers/?org=B2").status_code == 404
    assert manager.get("/tiers/?show=everything").status_code == 400
    assert signed_in_browser("analyst", ("department_analyst", "")).post("/tiers/propose/", {}).status_code == 403


def test_a_proposal_is_taken_back_by_who_made_it(home: Path) -> None:
    manager, leader = signed_in_browser("manager", ("customer_manager", "B2")), signed_in_browser("leader", ("branch_manager", "B2"))
    assert propose(manager) == 302
    assert leader.post(f"/tiers/{newest().pk}/withdraw/").status_code == 409
    assert manager.post(f"/tiers/{newest().pk}/withdraw/").status_code == 302
    assert decide(leader) == 409


def test_it_is_ended_early_by_two_and_over_by_itself(home: Path, settings: Any) -> None:
    manager, leader = signed_in_browser("manager", ("customer_manager", "B2")), signed_in_browser("leader", ("branch_manager", "B2"))
    assert propose(manager, valid_until="2026-04-29") == 302
    assert decide(leader) == 302
    republish(settings, home)
    assert "30 天内到期" in text_of(manager, "/tiers/?show=ending")
    assert "白金" in text_of(manager, "/tiers/?show=ending")
    assert propose(manager, kind="end", valid_from="2026-04-10", reason="客户已还清") == 302
    assert decide(leader) == 302
    (cut,) = [line for line in (home / "inbox" / "supplement").glob("*tier_decision*") if "取消" in line.read_text(encoding="utf-8-sig")]
    assert cut.read_text(encoding="utf-8-sig").splitlines()[1].startswith("2,取消,C002,,20260410,,")
    republish(settings, home)
    assert "人工核定至 2026-04-09" in text_of(manager, f"/customers/{reference()}/?tab=archive")
