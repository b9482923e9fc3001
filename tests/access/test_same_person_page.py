"""Numbers that may be one person: within scope, masked and recorded; confirmed by one and approved by another, refused, taken back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from customers_home import BY_NUMBER
from django.test import Client
from merged_home import ELSEWHERE, SAME_HOUSEHOLD, merged_home
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.models.scores import write_scores

pytestmark = pytest.mark.django_db

NEWER, OLDER = SAME_HOUSEHOLD, "C90000000006"
EVIDENCE = [["customer_name", "same", 9.5], ["born_on", "same", 12.0], ["sex", "same", 1.2], ["phone_number", "near", 4.0],
            ["address", "different", -6.5], ["employer_name", "unknown", 0.0]]  # fmt: skip


@pytest.fixture
def home(settings) -> Path:
    found = Bank(merged_home())
    settings.BANK, settings.HOME = found, found.home
    shutil.rmtree(found.home.path / "models" / "identity", ignore_errors=True)
    return found.home.path


def lay(home: Path, *pairs: tuple[str, str, float, str]) -> None:
    from django.conf import settings

    with settings.BANK.reader() as reader:
        version = reader.manifest.version
    columns = list(zip(*((*pair, json.dumps(EVIDENCE)) for pair in pairs), strict=True))
    names = ("customer_number", "surviving_number", "probability", "band", "evidence")
    standing = {"rung": "trial", "said_zh": "试运行", "said_en": "on trial", "is_ageing": False}
    facts = {"model": "identity", "version": version, "day": "2026-03-31", "sha256": "", "standing": standing, "never": 3}
    write_scores(home, "identity", facts, pa.table(dict(zip(names, map(list, columns), strict=True))))


def references() -> dict[str, str]:
    from maisui.web.access.sealed import reference_of

    return {"newer": reference_of(NEWER), "older": reference_of(OLDER)}


def test_pairs_are_masked_recorded_and_shown_only_to_who_covers_both(home) -> None:
    from maisui.web.audit.models import AuditRecord

    president = signed_in_browser("president", ("bank_president", ""))
    assert "尚未识别" in president.get("/same-person/").content.decode()
    lay(home, (NEWER, OLDER, 0.998, "proposed"), (ELSEWHERE, OLDER, 0.7, "review"))
    text = president.get("/same-person/").content.decode()
    assert ("建议归并" in text, "需细看" in text, "99.80%" in text, "排除 3 对" in text) == (True, True, True, True)
    assert [word for word in ("有力支持", "支持", "有力反对", "不作依据") if word not in text] == []
    assert text.count('<th scope="col" class="word">出生日期</th>') == 1  # two pairs under one heading
    assert not [number for number in (NEWER, OLDER, ELSEWHERE) if number in text]
    assert BY_NUMBER[NEWER].name not in text
    assert "确认同一人" not in text
    kept = json.loads(AuditRecord.objects.filter(action="pair_list").latest("sequence").details)
    assert kept["customers"] == sorted((NEWER, OLDER, ELSEWHERE))
    branch = signed_in_browser("branch", ("branch_manager", "B1")).get("/same-person/").content.decode()
    assert "待核对 1 对" in branch
    assert signed_in_browser("engineer", ("data_engineer", "")).get("/same-person/").status_code == 403


def test_one_confirms_another_approves_and_it_can_be_taken_back(home) -> None:
    from maisui.web.audit.models import AuditRecord
    from maisui.web.model_desk.models import PairDecision
    from maisui.web.supplements.models import State, SupplementUpload

    lay(home, (NEWER, OLDER, 0.998, "proposed"))
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))

    def decide(client: Client, decision: str, reason: str = "同名同生日，电话核实") -> int:
        return client.post("/same-person/decide/", references() | {"decision": decision, "reason": reason}).status_code

    def undo(client: Client) -> int:
        return client.post(f"/same-person/{PairDecision.objects.latest('id').pk}/undo/", {"reason": "核对有误"}).status_code

    assert decide(president, "confirm") == 403
    assert decide(analyst, "confirm", "短") == 409
    assert SupplementUpload.objects.count() == 0
    assert decide(analyst, "confirm") == 302
    upload = SupplementUpload.objects.get()
    (line,) = csv.DictReader(io.StringIO(bytes(upload.content).decode("utf-8-sig")))
    assert (upload.feed_code, upload.state, upload.fault_count) == ("customer_merge_decision", State.WAITING, 0)
    assert (line["customer_number"], line["surviving_number"], line["merge_decision"]) == (NEWER, OLDER, "确认")
    assert decide(analyst, "refuse") == 409
    assert "待核对 0 对" in analyst.get("/same-person/").content.decode()
    assert undo(analyst) == 302
    assert SupplementUpload.objects.get().state == State.WITHDRAWN
    assert "待核对 1 对" in analyst.get("/same-person/").content.decode()
    assert decide(analyst, "confirm") == 302
    second = SupplementUpload.objects.latest("id")
    assert president.post(f"/supplements/{second.pk}/decide/", {"decision": "approve", "note": ""}).status_code == 302
    assert "已批准" in analyst.get("/same-person/").content.decode()
    assert undo(analyst) == 302
    (line,) = csv.DictReader(io.StringIO(bytes(SupplementUpload.objects.latest("id").content).decode("utf-8-sig")))
    assert (line["merge_decision"], SupplementUpload.objects.latest("id").state) == ("撤销", State.WAITING)
    assert undo(analyst) == 409
    assert [AuditRecord.objects.filter(action=name).exclude(result="refused").count() for name in ("pair_confirm", "pair_undo")] == [2, 2]


def test_a_refused_pair_is_not_shown_again_until_that_is_taken_back(home) -> None:
    from maisui.web.model_desk.models import PairDecision

    lay(home, (NEWER, OLDER, 0.7, "review"))
    analyst = signed_in_browser("analyst", ("department_analyst", ""))
    assert analyst.post("/same-person/decide/", references() | {"decision": "refuse", "reason": "父子同住"}).status_code == 302
    text = analyst.get("/same-person/").content.decode()
    assert ("待核对 0 对" in text, "不再建议" in text) == (True, True)
    assert analyst.post(f"/same-person/{PairDecision.objects.get().pk}/undo/", {"reason": "重新核对"}).status_code == 302
    assert "待核对 1 对" in analyst.get("/same-person/").content.decode()
    wrong = references() | {"older": references()["newer"], "decision": "refuse", "reason": "没有这一对"}
    assert analyst.post("/same-person/decide/", wrong).status_code == 404
