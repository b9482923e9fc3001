"""Promises to pay: written of whom one may write, judged by repayments, shown on the worklist; birthdays masked on my day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from circles_home import NAMES, circles_home
from web_home import forget_answers, signed_in_browser

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


def promised(amount: str, on: date, written: date, number: str = "P4", by: str = "") -> None:
    from django.conf import settings

    from maisui.web.contacts.models import PaymentPromise
    from maisui.web.staff.models import StaffUser

    PaymentPromise.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code,
        customer_number=number,
        amount=Decimal(amount),
        promised_on=on,
        written_by=StaffUser.objects.get(username=by) if by else StaffUser.objects.all()[0],
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
    [
        ("55.00", date(2026, 6, 15), "已守诺"),
        ("55.01", date(2026, 6, 15), "部分守诺"),
        ("55.01", date(2026, 7, 1), "已到期，待当日数据"),
        ("55.01", date(2126, 7, 1), "未到期"),
    ],
)
def test_the_worklist_tells_whether_a_promise_was_kept(amount: str, on: date, said: str) -> None:
    client = signed_in_browser("manager", ("branch_manager", "B1"))
    promised(amount, on, date(2026, 5, 10))
    text = client.get("/worklists/?list=overdue").content.decode()
    assert f"{on} {amount} 元 ·" in text
    assert f">{said}</span>" in text
    assert text.index(">下一步</th>") < text.index(">还款承诺</th>") < text.index(">拖欠自</th>"), (
        "what to do stands where a phone shows it"
    )
    assert said in client.get(f"/customers/{reference('P4')}/?tab=archive").content.decode()
    assert amount not in signed_in_browser("other", ("branch_manager", "B2")).get("/worklists/?list=overdue").content.decode()


def test_the_worklist_and_the_timeline_tell_what_came_of_promises_whoever_still_is_in_arrears() -> None:
    """55.00 were paid by P4: the first promise is kept, of the second 0.00 of 45.00 came; the one of P1, who owes nothing, is of B1 too."""
    client = signed_in_browser("manager", ("branch_manager", "B1"), employee_number="M1")
    assert "近一年到期的承诺" not in client.get("/worklists/?list=overdue").content.decode()
    promised("55.00", date(2026, 6, 14), date(2026, 5, 10))
    promised("45.00", date(2026, 6, 15), date(2026, 6, 14))
    promised("10.00", date(2026, 6, 15), date(2026, 6, 1), "P1")
    promised("10.00", date(2026, 6, 15), date(2026, 6, 1), "P5")
    promised("10.00", date(2025, 6, 30), date(2025, 6, 1))
    said = (
        "近一年到期的承诺 3 次：守诺 0 次（守诺率 0.00%），部分守诺 2 次，未守诺 1 次；承诺 110.00 元，到账 55.00 元（50.00%）",
        "近一年到期的承诺 1 次：守诺 0 次（守诺率 0.00%），部分守诺 0 次，未守诺 1 次；承诺 10.00 元，到账 0.00 元（0.00%）",
    )
    assert said[0] in client.get("/worklists/?list=overdue").content.decode()
    assert said[1] in client.get("/worklists/?list=overdue&whose=me").content.decode()
    text = client.get(f"/customers/{reference('P4')}/?tab=timeline").content.decode()
    assert "承诺 2026-06-15 前还款，部分守诺" in text


def test_the_worklist_is_narrowed_by_what_became_of_promises_and_says_what_to_do_next() -> None:
    """P4 alone is in arrears: without a promise, then with one that failed, then with a new one that is awaited, then as nobody's."""
    client, overdue = signed_in_browser("manager", ("branch_manager", "B1"), employee_number="M9"), "/worklists/?list=overdue"

    def listed(more: str) -> bool:
        return "欧阳**" in client.get(f"{overdue}{more}").content.decode()

    assert [listed(f"&promise={code}") for code in ("", "failed", "running", "kept", "none")] == [True, False, False, False, True]
    assert "登记还款承诺" in client.get(overdue).content.decode()
    promised("10.00", date(2026, 6, 14), date(2026, 5, 20))
    text = client.get(overdue).content.decode()
    assert "2026-06-14 10.00 元 ·" in text
    assert ">未守诺</span>" in text
    assert "问明未守诺的原因" in text
    assert [listed(f"&promise={code}") for code in ("failed", "running", "none")] == [True, False, False]
    promised("30.00", date(2026, 7, 9), date(2026, 6, 16))
    text = client.get(overdue).content.decode()
    assert "2026-07-09 30.00 元 ·" in text
    assert ">已到期，待当日数据</span>" in text
    assert "此前 1 次未守诺" in text
    assert [listed(f"&promise={code}") for code in ("failed", "running", "none")] == [False, True, False]
    assert not listed("&whose=me")
    assert client.get(f"{overdue}&org=B2").status_code == 404
    assert client.get(f"{overdue}&promise=x").status_code == 400


def test_a_promise_is_withdrawn_before_its_day_with_a_reason_and_then_counts_for_nothing() -> None:
    from django.utils import timezone

    from maisui.web.audit.models import AuditRecord
    from maisui.web.contacts.models import PaymentPromise

    client, today = signed_in_browser("officer", ("customer_manager", "B1")), timezone.localdate()
    promised("10.00", date(2026, 6, 14), date(2026, 5, 20))
    promised("20.00", today + timedelta(days=2), today)
    past, running = PaymentPromise.objects.order_by("pk")
    address = f"/customers/{reference('P4')}/promise/%s/withdraw/"
    client.post(address % past.pk, {"reason": "写错"})
    client.post(address % running.pk, {"reason": ""})
    assert not PaymentPromise.objects.exclude(withdrawn_at=None).exists()
    assert "20.00" in client.get("/worklists/?list=overdue").content.decode()
    client.post(address % running.pk, {"reason": "金额写错"})
    running.refresh_from_db()
    assert (running.why_withdrawn, running.withdrawn_by) == ("金额写错", running.withdrawn_by)
    assert running.withdrawn_at is not None
    assert "20.00" not in client.get("/worklists/?list=overdue").content.decode()
    assert "已撤回" in client.get(f"/customers/{reference('P4')}/?tab=archive").content.decode()
    assert "金额写错" not in AuditRecord.objects.get(action="payment_promise_withdraw", result="allowed").details
    assert client.post(f"/customers/{reference('P1')}/promise/{past.pk}/withdraw/", {"reason": "写错"}).status_code == 404
    assert signed_in_browser("other", ("customer_manager", "B2")).post(address % past.pk, {"reason": "写错"}).status_code == 404


def test_my_day_tells_promises_to_who_wrote_them_looks_after_the_customer_or_stands_in() -> None:
    from django.utils import timezone

    from maisui.web.alerts.models import Deputy
    from maisui.web.staff.models import StaffUser

    today = timezone.localdate()
    writer = signed_in_browser("writer", ("customer_manager", "B1"))
    other = signed_in_browser("other", ("customer_manager", "B1"))
    elsewhere = signed_in_browser("elsewhere", ("customer_manager", "B2"))
    assert "promises-title" not in writer.get("/my-day/").content.decode()
    promised("20.00", today + timedelta(days=7), today, by="writer")
    promised("30.00", today + timedelta(days=8), today, "P1", by="writer")
    text = writer.get("/my-day/").content.decode()
    assert "20.00" in text
    assert f"{today + timedelta(days=7)}" in text
    assert "30.00" not in text
    assert "20.00" not in other.get("/my-day/").content.decode()
    for name in ("other", "elsewhere"):
        deputy = StaffUser.objects.get(username=name)
        Deputy.objects.create(person=StaffUser.objects.get(username="writer"), deputy=deputy, valid_from=today, valid_until=today)
    assert "20.00" in other.get("/my-day/").content.decode()
    assert "20.00" not in elsewhere.get("/my-day/").content.decode()


def test_who_is_known_under_two_numbers_and_his_deputy_find_the_customers_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """He signs in as K9 of the counter system; the credit system says that M1, who is he, looks after P1, P2 and P3."""
    from django.utils import timezone

    from maisui.answers.performance import PassedOn
    from maisui.web.alerts.models import Deputy
    from maisui.web.staff.models import StaffUser

    today = timezone.localdate()
    signed_in_browser("writer", ("branch_manager", "B1"))
    officer = signed_in_browser("officer", ("customer_manager", "B1"), employee_number="K9")
    deputy = signed_in_browser("deputy", ("customer_manager", "B1"))
    people = {name: StaffUser.objects.get(username=name) for name in ("officer", "deputy")}
    Deputy.objects.create(person=people["officer"], deputy=people["deputy"], valid_from=today, valid_until=today)
    promised("20.00", today + timedelta(days=2), today, "P1", by="writer")
    promised("30.00", date(2026, 6, 15), date(2026, 6, 1), "P2", by="writer")
    mine = "/worklists/?list=overdue&whose=me"

    def found() -> tuple[bool, bool, bool]:
        return (
            "20.00" in officer.get("/my-day/").content.decode(),
            "20.00" in deputy.get("/my-day/").content.decode(),
            "近一年到期的承诺 1 次" in officer.get(mine).content.decode(),
        )

    assert found() == (False, False, False)
    monkeypatch.setattr("maisui.web.own_numbers.person_of", lambda _gateway, number: ("K9", "M1") if number == "K9" else ())
    assert found() == (True, True, True)
    tomorrow = today + timedelta(days=1)
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: {"K9": PassedOn("别人", tomorrow, tomorrow)})
    forget_answers(monkeypatch)
    assert found() == (False, False, False), "the number is somebody else's by now"


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


def test_who_follows_a_borrower_hears_of_a_promise_that_was_not_kept_and_of_no_other() -> None:
    """50.00 and 5.00 of interest were paid in time: a promise of 55.00 is kept, one of 55.01 only partly, one long ago is no news."""
    client = signed_in_browser("manager", ("branch_manager", "B1"))
    client.post(f"/my-day/follow/customer/{reference('P4')}/")

    def told() -> list[tuple[str, Decimal]]:
        found = client.get("/my-day/").context["follow_events"]
        return [(event.code, event.amount) for _, _, event in found if event.kind == "promise"]

    promised("55.00", date(2026, 6, 15), date(2026, 5, 10))
    assert told() == []
    from maisui.web.contacts.models import PaymentPromise

    PaymentPromise.objects.all().delete()
    promised("55.01", date(2026, 6, 15), date(2026, 5, 10))
    promised("9.00", date(2026, 5, 20), date(2026, 5, 10))
    assert told() == [("partly", Decimal("55.01"))]
    assert "还款承诺未履行" in client.get("/my-day/").content.decode()
