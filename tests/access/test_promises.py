"""Promises to pay: written of whom one may write, judged by repayments, shown on the worklist; birthdays masked on my day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from circles_home import NAMES, circles_home
from web_home import signed_in_browser

from maisui.answers import Bank

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bank():
    return Bank(circles_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def reference(number: str) -> str:
    from maisui.web.access.sealed import reference_of

    return reference_of(number)


def promised(amount: str, on: date, written: date) -> None:
    from django.conf import settings

    from maisui.web.contacts.models import PaymentPromise
    from maisui.web.staff.models import StaffUser

    PaymentPromise.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code,
        customer_number="P4",
        amount=Decimal(amount),
        promised_on=on,
        written_by=StaffUser.objects.all()[0],
        written_at=datetime(written.year, written.month, written.day, 4, tzinfo=UTC),
    )


def test_a_promise_is_written_once_and_for_good() -> None:
    from django.utils import timezone

    from maisui.web.audit.models import AuditRecord
    from maisui.web.contacts.models import PaymentPromise

    client, today = signed_in_browser("officer", ("customer_manager", "B1")), timezone.localdate()
    address = f"/customers/{reference('P4')}/promise/"
    form = {"amount": "1,200.50", "promised_on": f"{today + timedelta(days=5)}", "words": "卖粮后还"}
    assert client.post(address, form).status_code == 302
    one = PaymentPromise.objects.get()
    assert (one.amount, one.promised_on, one.words) == (Decimal("1200.50"), today + timedelta(days=5), "卖粮后还")
    kept = AuditRecord.objects.get(action="payment_promise_write", result="allowed")
    assert "1200" not in kept.details
    for wrong in (
        {"amount": "0"},
        {"amount": "1.005"},
        {"amount": "NaN"},
        {"promised_on": f"{today - timedelta(days=1)}"},
        {"promised_on": "x"},
    ):
        client.post(address, {**form, **wrong})
    assert PaymentPromise.objects.count() == 1
    assert client.post(f"/customers/{reference('P5')}/promise/", form).status_code == 404
    assert signed_in_browser("analyst", ("department_analyst", "")).post(address, form).status_code == 403


@pytest.mark.parametrize(
    ("amount", "on", "said"),
    [("55.00", date(2026, 6, 15), "已守诺"), ("55.01", date(2026, 6, 15), "未守诺"), ("55.01", date(2026, 7, 1), "未到期")],
)
def test_the_worklist_tells_whether_a_promise_was_kept(amount: str, on: date, said: str) -> None:
    client = signed_in_browser("manager", ("branch_manager", "B1"))
    promised(amount, on, date(2026, 5, 10))
    text = client.get("/worklists/?list=overdue").content.decode()
    assert f"{on} {amount} 元 · {said}" in text
    assert said in client.get(f"/customers/{reference('P4')}/?tab=archive").content.decode()
    assert "未守诺" not in signed_in_browser("other", ("branch_manager", "B2")).get("/worklists/?list=overdue").content.decode()


def test_birthdays_name_those_in_scope_masked_and_without_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.audit.models import AuditRecord
    from maisui.web.pages.my_day import birthdays

    monkeypatch.setattr(birthdays.timezone, "localdate", lambda: date(2026, 7, 2))
    text = signed_in_browser("officer", ("customer_manager", "B1"), employee_number="M1").get("/my-day/").content.decode()
    assert "天内生日" in text
    assert "欧阳**" in text
    assert not [word for word in (*NAMES.values(), "1980-07-02", "07-02") if word in text.replace("2026-07-02", "")]
    assert json.loads(AuditRecord.objects.get(action="birthday_list").details)["customers"] == ["P1"]
    assert "天内生日" not in signed_in_browser("president", ("bank_president", "")).get("/my-day/").content.decode()
