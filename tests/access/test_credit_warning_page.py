"""The page of credit early warning: what it shows to whom, that it is recorded and masked, by the rule and by a scorecard."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from customers_home import customers_home
from openpyxl import load_workbook
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.models import CREDIT
from maisui.models.panel import month_ends
from maisui.models.registry import store_model
from maisui.models.scorecard import SCORECARD_FILE, Characteristic, Scorecard
from maisui.models.scores import score

pytestmark = pytest.mark.django_db

_CARD = Scorecard((Characteristic("cushion", (0.5,), (60, 40, 0), (9, 1, 0), (0.6, -1.3, 0.0), 0.4),), (1.0,), -2.0)
_METRICS = {name: {"value": 0.8, "low": 0.7, "high": 0.9} for name in ("auc", "auc_of_rule", "auc_of_challenger", "gain_over_challenger")}
_SAID = {
    "faults": [],
    "features": list(CREDIT.feature_codes),
    "feature_words": {one.code: [one.name_zh, one.name_en, one.shape.value, one.privacy] for one in CREDIT.features},
    "scorecard": _CARD.points(),
    "strong": [{"code": "overdue_days", "why": ["已知", "known"]}],
    "groups": [{"field": "sex", "group": "female", "count": 90, "events": 3, "is_sufficient": False}],
    "windows": {"train": {"events": 300}, "test": {"from": "2099-01-31", "to": "2099-01-31", "events": 150}},
    "metrics": _METRICS | {"lift_at_10": 3.0, "bins": []},
    "distribution": [0.1, 0.2],
}


@pytest.fixture
def bank(settings, tmp_path: Path) -> Bank:
    for part in customers_home().iterdir():
        if part.name != "models":  # what is scored here stays here
            (tmp_path / part.name).symlink_to(part)
    found = Bank(tmp_path)
    settings.BANK, settings.HOME = found, found.home
    return found


def test_the_rule_speaks_with_its_reasons_and_no_probability(bank) -> None:
    from maisui.web.audit.models import AuditRecord

    client = signed_in_browser("somebody", ("bank_president", ""))
    before = client.get("/credit-warning/").content.decode()
    assert "尚未评分" in before
    assert "五级分类迁徙" in before
    with bank.reader() as reader:
        version = reader.manifest.version
        score(reader, bank.home.path, CREDIT, version)
        numbers = [number for (number,) in reader.rows("SELECT customer_number FROM customer")]
    page = client.get("/credit-warning/?months=3")
    text = page.content.decode()
    assert page.status_code == 200
    assert "规则" in text
    assert "违约概率" not in text
    assert not [number for number in numbers if len(number) > 6 and number in text]
    assert json.loads(AuditRecord.objects.filter(action="score_list").latest("sequence").details)["model"] == "credit"
    book = load_workbook(io.BytesIO(client.get("/credit-warning/export.xlsx").content))
    assert "分类迁徙" in book.sheetnames
    assert AuditRecord.objects.filter(action="score_export").exists()


def test_a_scorecard_gives_probabilities_and_the_desk_shows_its_table(bank) -> None:
    client = signed_in_browser("somebody", ("bank_president", ""))
    with bank.reader() as reader:
        data = {"version": "v", "reporting_date": "2026-10-31", "last_outcome_on": f"{month_ends(reader)[-1]}"}
        stored = store_model(bank.home.path, "credit", _SAID | {"data": data}, {SCORECARD_FILE: _CARD.text().encode()})
        score(reader, bank.home.path, CREDIT, reader.manifest.version)
    text = client.get("/credit-warning/").content.decode()
    assert "试运行" in text
    assert "违约概率" in text
    assert "近三个月金融资产为贷款的" in text
    desk = client.get("/models/").content.decode()
    assert stored.sha256[:10] in desk
    assert "&lt; 50.0%" in desk
    assert "样本不足" in desk
    assert "差异在偶然范围内" not in desk
    assert "冠军更好" in desk


def test_who_may_not_see_customers_is_refused(bank) -> None:
    assert signed_in_browser("clerk", ("teller", "")).get("/credit-warning/").status_code == 403
