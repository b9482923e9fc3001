"""Judgements: one person raises, two lower; beside the score, within scope, recorded; and the challenger's list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from customers_home import PEOPLE, customers_home
from django.test import Client
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers import Bank
from maisui.models.scores import write_scores

pytestmark = pytest.mark.django_db(transaction=True)
_DAY = date(2026, 3, 31)
_JUDGED = PEOPLE[:6]


@pytest.fixture
def home(settings) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, found.home
    with found.reader() as reader:
        version = reader.manifest.version
    rows = pa.table({
        "customer_number": pa.array([one.number for one in _JUDGED], pa.string()),
        "organisation_code": pa.array([one.home for one in _JUDGED], pa.string()),
        "customer_kind": pa.array([one.kind for one in _JUDGED], pa.string()),
        "value_at_risk": pa.array([1000] * 6, pa.decimal128(38, 2)),
        "why_not": pa.array([None, None, None, None, None, "too_small"], pa.string()),
        "is_flagged": pa.array([True] * 6, pa.bool_()),
        "rule_codes": pa.array([""] * 6, pa.string()),
        "severity": pa.array([0] * 6, pa.int64()),
        "probability": pa.array([0.5, 0.4, 0.3, 0.2, 0.1, None], pa.float64()),
        "expected_loss": pa.array([500, 400, 300, 200, 100, None], pa.decimal128(38, 2)),
        "reasons": pa.array(["[]"] * 6, pa.string()),
    })  # fmt: skip
    stands = {"rung": "in_use", "said_zh": "正式", "said_en": "in use", "is_ageing": False}
    facts = {
        "model": "churn",
        "version": version,
        "day": f"{_DAY}",
        "sha256": "a" * 64,
        "standing": stands,
        "base_rates": [],
        "realised": [],
    }
    write_scores(found.home.path, "churn", facts, rows)
    return found.home.path


def propose(client: Client, number: str, way: str, *, reason: str = "客户将回迁存款", days: int = 30, model: str = "churn") -> int:
    from django.utils import timezone

    from maisui.web.access.sealed import reference_of

    said = {"model": model, "customer": reference_of(number), "way": way, "reason": reason}
    return client.post("/judgements/propose/", said | {"ends_on": f"{timezone.localdate() + timedelta(days=days)}"}).status_code


def decide(client: Client, decision: str, note: str = "") -> int:
    from maisui.web.model_desk.models import ScoreJudgement

    newest = ScoreJudgement.objects.first()
    assert newest is not None
    return client.post(f"/judgements/{newest.pk}/decide/", {"decision": decision, "note": note}).status_code


def listed() -> list[str]:
    """Return the numbers on the list, in its order, as the desk hands them out to who sees everything."""
    from django.utils import timezone

    from maisui.answers import Bank, ScoreQuery, list_scored
    from maisui.web.model_desk.judgements import standing_judgements

    judged = standing_judgements("churn", timezone.localdate())
    query = ScoreQuery(
        "churn",
        raised=frozenset(number for number, one in judged.items() if not one.is_lowering),
        lowered=frozenset(number for number, one in judged.items() if one.is_lowering),
    )
    from django.conf import settings

    bank = settings.BANK
    assert isinstance(bank, Bank)
    with bank.reader() as reader:
        found = list_scored(reader, settings.BANK.home.path, query)
    assert found is not None
    return [row.customer_number for row in found.rows]


def test_one_person_raises_two_lower_and_a_score_stays_beside_it(home) -> None:
    from maisui.web.audit.models import AuditRecord
    from maisui.web.model_desk.models import ScoreJudgement

    numbers = [one.number for one in _JUDGED]
    manager, head = signed_in_browser("manager", ("customer_manager", "")), signed_in_browser("head", ("branch_manager", ""))
    assert listed() == numbers[:5]
    assert propose(manager, numbers[4], "raise") == 302
    assert listed() == [numbers[4], *numbers[:4]]
    assert propose(manager, numbers[4], "lower") == 409  # one holds already
    assert propose(head, numbers[0], "lower") == 302
    assert listed() == [numbers[4], *numbers[:4]]
    assert decide(head, "approve") == 409
    assert decide(manager, "approve") == 403
    second = signed_in_browser("second", ("branch_manager", ""))
    assert decide(second, "reject") == 409
    assert decide(second, "approve") == 302
    assert listed() == [numbers[4], *numbers[1:4]]
    kept = ScoreJudgement.objects.get(customer_number=numbers[0])
    assert (kept.scored_on, f"{kept.shown_probability}") == (_DAY, "0.500000")
    page = second.get("/judgements/").content.decode()
    assert "客户将回迁存款" in page
    assert not [number for number in numbers if number in page]
    shown = manager.get("/churn/").content.decode()
    assert "上调 1 户" in shown
    assert "下调 1 户" in shown
    assert "专家上调，至" in shown
    assert [one.result for one in AuditRecord.objects.filter(action="judgement_approve").order_by("sequence")] == ["refused", "allowed"]
    desk = signed_in_browser("president", ("bank_president", "")).get("/models/").content.decode()
    assert "生效 上调 1 户、下调 1 户（占评分户 40.00%）" in desk


def test_a_raising_judgement_is_not_ended_by_one_person_and_one_that_is_over_counts_no_longer(home) -> None:
    from django.utils import timezone

    from maisui.web.model_desk.models import ScoreJudgement

    numbers = [one.number for one in _JUDGED]
    head, second = signed_in_browser("head", ("branch_manager", "")), signed_in_browser("second", ("branch_manager", ""))
    assert propose(head, numbers[4], "raise") == 302
    one = ScoreJudgement.objects.get()
    assert head.post(f"/judgements/{one.pk}/end/").status_code == 409
    assert second.post(f"/judgements/{one.pk}/end/").status_code == 302
    assert listed() == numbers[:5]
    assert propose(head, numbers[3], "raise") == 302
    ScoreJudgement.objects.filter(customer_number=numbers[3]).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert listed() == numbers[:5]


def test_a_raising_judgement_is_not_ended_under_another_number_of_who_judged(home, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import own_numbers
    from maisui.web.model_desk.models import ScoreJudgement

    monkeypatch.setattr(own_numbers, "person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    first, himself, other = (signed_in_browser(one, ("branch_manager", ""), employee_number=one) for one in ("M1", "K9", "K8"))
    assert propose(first, _JUDGED[4].number, "raise") == 302
    end = f"/judgements/{ScoreJudgement.objects.get().pk}/end/"
    assert [end in one.get("/judgements/").content.decode() for one in (first, himself, other)] == [False, False, True]
    assert [one.post(end).status_code for one in (himself, other)] == [409, 302]


def test_what_is_no_judgement_is_refused(home) -> None:
    numbers = [one.number for one in _JUDGED]
    head = signed_in_browser("head", ("branch_manager", ""))
    assert propose(head, numbers[5], "raise") == 409  # not judged by the model
    assert propose(head, numbers[0], "raise", reason="短") == 409
    assert propose(head, numbers[0], "raise", days=400) == 409
    assert propose(head, numbers[0], "raise", days=0) == 409
    assert propose(head, numbers[0], "raise", model="nothing") == 409
    assert propose(head, "C0", "raise") == 404
    assert propose(signed_in_browser("teller", ("teller", "")), numbers[0], "raise") == 403
    elsewhere = Client()
    sign_in(elsewhere, make_person("elsewhere", ("branch_manager", "B2")))
    away = next(one for one in _JUDGED if one.home != "B2")
    assert propose(elsewhere, away.number, "raise") == 404


def test_without_a_challenger_the_list_says_so(home) -> None:
    client = signed_in_browser("president", ("bank_president", ""))
    assert "没有影子挑战者" in client.get("/judgements/shadow/churn/").content.decode()
    assert client.get("/judgements/shadow/nothing/").status_code == 404
