"""A group of people chosen below four fifths needs a reason: written by one, approved by another, dated, and shown where the ratio stands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from customers_home import customers_home
from django.test import Client
from model_cards import CARD
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.answers.fairness_gaps import gaps, ratios
from maisui.models.registry import store_model

pytestmark = pytest.mark.django_db(transaction=True)
_REASON = "女性客户的短期定期存款多，到期自然流出少"


def line_of(group: str, chosen: float, *, is_sufficient: bool = True) -> dict[str, Any]:
    rates = {"seen": 0.1, "low": 0.08, "high": 0.12, "expected": 0.1, "chosen": chosen, "found": 0.5}
    return {"field": "sex", "group": group, "count": 900, "events": 90, "is_sufficient": is_sufficient} | (rates if is_sufficient else {})


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, replace(found.home, path=tmp_path)
    return tmp_path


def stored(home: Path, women: float, *, told: str = "h") -> str:
    """Return the hash of a model whose card chooses a fifth of the men, so many women, and half of the firms."""
    groups = [line_of("male", 0.2), line_of("female", women), line_of("unknown", 0.5)]
    data = CARD["data"] | {"content_hash": told}
    return store_model(home, "churn", CARD | {"groups": groups, "data": data}, {"model.txt": b"trees"}).sha256


def write(client: Client, *, reason: str = _REASON, days: int = 90, group: str = "sex/female") -> int:
    from django.utils import timezone

    said = {"model": "churn", "group": group, "reason": reason, "ends_on": f"{timezone.localdate() + timedelta(days=days)}"}
    return client.post("/models/fairness/", said).status_code


def decide(client: Client, decision: str = "approve", note: str = "") -> int:
    from maisui.web.model_desk.models import FairnessReason

    newest = FairnessReason.objects.first()
    assert newest is not None
    return client.post(f"/models/fairness/{newest.pk}/decide/", {"decision": decision, "note": note}).status_code


def propose(client: Client, sha256: str) -> tuple[int, str]:
    said = {"model": "churn", "sha256": sha256, "valid_from": "2026-11-01", "reason": "季度复验"}
    answer = client.post("/models/propose/", said)
    return answer.status_code, answer.content.decode()


def test_ratios_by_hand() -> None:
    """Women 12 % beside men 20 %: 0.60. Firms are no measure; thirty of an age are too few to be judged or to judge by."""
    assert ratios([line_of("male", 0.2), line_of("female", 0.12), line_of("unknown", 0.5)]) == {
        ("sex", "male"): 1.0,
        ("sex", "female"): pytest.approx(0.6),
    }
    counts = (("under_30", 100, 30), ("30_44", 200, 40), ("45_59", 30, 30), ("60_over", 50, 0))
    now = [{"field": "age", "group": group, "count": count, "chosen": chosen} for group, count, chosen in counts]
    assert ratios(now) == {("age", "under_30"): 1.0, ("age", "30_44"): pytest.approx(2 / 3), ("age", "60_over"): 0.0}
    assert ratios([{**line, "chosen": 0} for line in now]) == dict.fromkeys(ratios(now), 1.0)
    assert gaps([[line_of("male", 0.2), line_of("female", 0.16)], [line_of("male", 0.2), line_of("female", 0.15)]]) == {
        ("sex", "female"): pytest.approx(0.75)
    }
    assert gaps([[line_of("male", 0.2), line_of("female", 0.01, is_sufficient=False)], []]) == {}


def test_one_writes_the_reason_another_approves_it_and_only_then_the_model_is_used(home: Path) -> None:
    used = stored(home, 0.12)
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))
    both = signed_in_browser("both", ("department_analyst", ""), ("bank_president", ""))
    status, page = propose(analyst, used)
    assert (status, "入选比低于 0.80，须先写明理由并由另一人批准：性别 · 女 0.60" in page) == (409, True)
    assert "须写明理由" in analyst.get("/models/").content.decode()
    assert [write(analyst, reason="太短了"), write(analyst, days=0), write(analyst, days=400)] == [409, 409, 409]
    assert [write(analyst, group="sex/male"), write(analyst, group="nothing"), write(president)] == [409, 409, 403]
    assert write(both) == 302
    assert write(analyst) == 409  # one waits already
    assert [decide(both), decide(analyst)] == [409, 403]
    assert propose(analyst, used)[0] == 409  # written, not yet approved
    assert president.get("/my-day/").context["decisions"][0].page == "models"
    assert decide(president, "reject") == 409
    assert decide(president) == 302
    assert decide(president) == 409
    page = president.get("/models/").content.decode()
    assert (_REASON in page, "理由已批准，至" in page, "组须写明理由" in page) == (True, True, False)
    assert propose(analyst, used)[0] == 302


def test_a_reason_runs_out_and_covers_no_larger_gap(home: Path) -> None:
    """Written at 0.60 it covers 0.56; 0.50 needs another, and so does 0.60 once its last day is over."""
    from maisui.web.model_desk.models import FairnessReason

    first, near, far = stored(home, 0.12), stored(home, 0.112, told="near"), stored(home, 0.1, told="far")
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))
    assert write(analyst) == 302
    written = FairnessReason.objects.get()
    assert f"{written.ratio}" == "0.5000"  # the lowest that the desk shows
    FairnessReason.objects.update(ratio="0.6000")
    assert decide(president) == 302
    from maisui.web.actions.action import ActionRefusedError
    from maisui.web.actions.fairness import require_explained

    cards = {
        sha256: {"groups": [line_of("male", 0.2), line_of("female", women)]} for sha256, women in ((first, 0.12), (near, 0.112), (far, 0.1))
    }
    for sha256 in (first, near):
        require_explained("churn", cards[sha256])
    for model, sha256 in (("churn", far), ("credit", first)):
        with pytest.raises(ActionRefusedError):
            require_explained(model, cards[sha256])
    FairnessReason.objects.update(ends_on=date(2020, 1, 1))
    with pytest.raises(ActionRefusedError):
        require_explained("churn", cards[first])
    page = president.get("/models/").content.decode()
    assert "已到期" in page
    assert "1 组须写明理由" in page


def test_each_step_is_on_record_with_group_and_ratio(home: Path) -> None:
    from maisui.web.audit.models import AuditRecord

    stored(home, 0.12)
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))
    assert write(analyst) == 302
    assert decide(president, "reject", "理由没有数据支持") == 302
    assert write(analyst) == 302
    records = {
        one.action: json.loads(one.details) for one in AuditRecord.objects.filter(action__startswith="fairness_").order_by("-sequence")
    }
    assert set(records) == {"fairness_propose", "fairness_reject"}
    assert (records["fairness_reject"]["group"], records["fairness_reject"]["ratio"]) == ("sex female", "0.6000")
    assert records["fairness_reject"]["note"] == "理由没有数据支持"
