"""The model desk: two people put a trained model into use, take it out again, and nothing that failed its test is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from customers_home import customers_home
from django.test import Client
from model_cards import CARD, METRICS
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.models import approved_on, read_approvals
from maisui.models.registry import store_model

pytestmark = pytest.mark.django_db(transaction=True)

_CALIBRATION = {
    "calibration_slope": {"value": 0.93, "low": 0.71, "high": 1.15},
    "calibration_shift": {"value": -0.12, "low": -0.3, "high": 0.06},
    "brier_skill": 0.0456,
    "calibration_error": 0.0099,
    "calibration_allowed": 0.0123,
    "spiegelhalter_z": 1.87,
    "lift_interval": {"value": 3.0, "low": 2.1, "high": 3.9},
}


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, replace(found.home, path=tmp_path)  # what is trained and approved here stays here
    return tmp_path


def test_a_model_tested_on_too_few_shows_no_auc(home) -> None:
    """With 50 customers to whom it happened it stands there; with 49 of 200 events only that they do not suffice."""
    client = signed_in_browser("analyst", ("department_analyst", ""))
    for customers, is_shown in ((49, False), (50, True)):
        windows = {"train": {"events": 300}, "test": {"events": 200, "customers": customers}}
        metrics = METRICS | _CALIBRATION | {"auc": {"value": 0.8, "low": 0.7 + customers / 1000, "high": 0.9}}
        store_model(home, "churn", CARD | {"windows": windows, "metrics": metrics}, {"model.txt": b"trees"})
        page = client.get("/models/").content.decode()
        assert (f"0.7{customers}" in page) is is_shown
        said = ("0.93", "0.71 – 1.15", "0.8 – 1.2", "-0.12", "±0.2", "0.0456", "≤ 0.0123", "1.87", "±2.58", "2.1 – 3.9")
        assert [word in page for word in said] == [is_shown] * len(said)
        assert "样本不足：检验期不足 50 户发生" in page


def test_two_people_put_a_model_into_use_and_out_of_it(home) -> None:
    passed = store_model(home, "churn", CARD, {"model.txt": b"trees"}).sha256
    failed = store_model(home, "churn", CARD | {"faults": [["不够", "too few"]]}, {"model.txt": b"trees"}).sha256
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))
    both = signed_in_browser("both", ("department_analyst", ""), ("bank_president", ""))

    def propose(client: Client, sha256: str, reason: str = "季度复验") -> int:
        said = {"model": "churn", "sha256": sha256, "valid_from": "2026-11-01", "reason": reason}
        return client.post("/models/propose/", said).status_code

    def decide(client: Client, decision: str = "approve", note: str = "") -> int:
        from maisui.web.model_desk.models import ModelProposal

        newest = ModelProposal.objects.first()
        assert newest is not None
        return client.post(f"/models/proposal/{newest.pk}/decide/", {"decision": decision, "note": note}).status_code

    assert propose(analyst, failed) == 409
    assert propose(analyst, passed, "短") == 409
    assert propose(both, passed) == 302
    assert propose(analyst, passed) == 409
    assert decide(both) == 409
    assert decide(analyst) == 403
    assert read_approvals(home) == ()
    assert decide(president) == 302
    assert decide(president) == 409
    used = approved_on(read_approvals(home), "churn", date(2026, 11, 1))
    assert used is not None
    assert (used.sha256, "both" in used.proposed_by, "president" in used.approved_by) == (passed, True, True)
    assert "使用中" in president.get("/models/").content.decode()
    assert propose(analyst, "", "暂停使用") == 302
    assert decide(president, "reject") == 409
    assert decide(president) == 302
    assert approved_on(read_approvals(home), "churn", date(2026, 11, 1)) is None


def test_a_challenger_needs_its_months_in_shadow_or_an_exception_in_words(home) -> None:
    from maisui.web.model_desk.models import ModelProposal

    used = store_model(home, "churn", CARD, {"model.txt": b"trees"}).sha256
    newer = store_model(home, "churn", CARD | {"data": CARD["data"] | {"reporting_date": "2026-11-30"}}, {"model.txt": b"trees"}).sha256
    analyst, president = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))

    def put_into_use(sha256: str, **more: str) -> int:
        said = {"model": "churn", "sha256": sha256, "valid_from": "2026-01-01", "reason": "季度复验", **more}
        status = analyst.post("/models/propose/", said).status_code
        if status == 302:
            newest = ModelProposal.objects.first()
            assert newest is not None
            assert president.post(f"/models/proposal/{newest.pk}/decide/", {"decision": "approve", "note": ""}).status_code == 302
        return status

    assert put_into_use(used) == 302  # nothing is in use yet: there is no champion to run beside
    refused = analyst.post("/models/propose/", {"model": "churn", "sha256": newer, "valid_from": "2026-01-01", "reason": "季度复验"})
    assert (refused.status_code, "影子期只有 0 个月，需 3 个月" in refused.content.decode()) == (409, True)
    assert put_into_use(newer, exception="太短") == 409
    assert put_into_use(newer, exception="旧模型的关键数据源已停用，无法继续评分") == 302
    assert "例外：" in president.get("/models/").content.decode()
    assert put_into_use(used) == 302  # going back to what was in use needs no months


def test_half_a_card_is_not_put_into_use_and_says_what_it_lacks(home) -> None:
    analyst = signed_in_browser("analyst", ("department_analyst", ""))
    half = store_model(home, "churn", CARD | {"personal_information_zh": "", "exclusions": []}, {"model.txt": b"trees"}).sha256
    refused = analyst.post("/models/propose/", {"model": "churn", "sha256": half, "valid_from": "2026-11-01", "reason": "季度复验"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert page.count("个人信息影响评估、排除条件") == 2  # as the answer, and on the card
    assert f'<option value="{half}"' not in page
    whole = store_model(home, "churn", CARD, {"model.txt": b"trees"}).sha256
    page = analyst.get("/models/").content.decode()
    assert f'<option value="{whole}"' in page
    assert "近三个月金融资产日均 C2" in page
    assert "12 个月须复验" in page


def test_tenths_and_what_is_caught_so_far_stand_on_the_desk(home) -> None:
    """Of 40 in two parts, 6 and 2 of 8: 75 % are caught in the first, lift 6/20 ÷ 8/40 = 1.5; the sum line is all of them."""
    bins = [
        {"count": 20, "expected": 0.28, "seen": 6, "low": 0.14, "high": 0.52},
        {"count": 20, "expected": 0.12, "seen": 2, "low": 0.02, "high": 0.31},
    ]
    metrics = METRICS | {"bins": bins, "ks": 0.41, "gini": 0.6, "accuracy_ratio": 0.6}
    windows = {"train": {"events": 300}, "test": {"events": 200, "customers": 60}}
    store_model(home, "churn", CARD | {"metrics": metrics, "windows": windows}, {"model.txt": b"trees"})
    page = signed_in_browser("analyst", ("department_analyst", "")).get("/models/").content.decode()
    for said in ("0.600", "0.400 – 0.800", "0.410", "75.0%", ">1.5<", "28.0%", ">20.0%<", ">8<", ">40<"):
        assert said in page, said
