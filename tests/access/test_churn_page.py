"""The churn page: what it shows to whom, that it is recorded and masked, and that it asks no model library."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from customers_home import customers_home
from openpyxl import load_workbook
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.models import CHURN
from maisui.models.scores import score

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def test_a_version_without_scores_says_so_and_with_the_rule_no_probability_is_shown(bank) -> None:
    from maisui.web.audit.models import AuditRecord

    client = signed_in_browser("somebody", ("bank_president", ""))
    folder = bank.home.path / "models" / "churn" / "scores"
    if not folder.exists():
        assert "尚未评分" in client.get("/churn/").content.decode()
    with bank.reader() as reader:
        version = reader.manifest.version
        score(reader, bank.home.path, CHURN, version)
        numbers = [number for (number,) in reader.rows("SELECT customer_number FROM customer")]
    page = client.get("/churn/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "规则" in text
    assert "流失概率" not in text
    assert not [number for number in numbers if len(number) > 6 and number in text]
    kept = AuditRecord.objects.filter(action="score_list").latest("sequence")
    assert json.loads(kept.details)["version"] == version
    book = load_workbook(io.BytesIO(client.get("/churn/export.xlsx").content))
    assert book.active is not None
    assert AuditRecord.objects.filter(action="score_export").exists()


def test_who_may_not_see_customers_is_refused() -> None:
    assert signed_in_browser("clerk", ("teller", "")).get("/churn/").status_code == 403


def test_no_model_library_comes_with_the_answers() -> None:
    asked = "import sys, maisui.answers, maisui.models; print([m for m in ('lightgbm', 'sklearn', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip() == "[]"
