"""My day tells the second person what waits for him, by kind, and nobody of what he proposed himself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from web_home import signed_in_browser

pytestmark = pytest.mark.django_db


def waiting(client: Client) -> dict[str, int]:
    """Return what the viewer's day says waits for his decision, by page."""
    return {one.page: one.count for one in client.get("/my-day/").context["decisions"]}


def proposals_of(username: str) -> None:
    """Have somebody propose a parameter, a strategy, a model, a supplement, manual work and a list of customers."""
    from maisui.web.customers.models import CustomerExport
    from maisui.web.manual_work.models import ManualWork
    from maisui.web.model_desk.models import ModelProposal
    from maisui.web.parameters.models import ParameterProposal
    from maisui.web.staff.models import StaffUser
    from maisui.web.strategies.models import StrategyLine
    from maisui.web.supplements.models import SupplementUpload

    by, day, bank = StaffUser.objects.get(username=username), date(2026, 3, 1), {"legal_entity_code": "MINI01"}
    ParameterProposal.objects.create(code="scheme_cap", valid_from=day, value="1.1", reason="试行一季", proposed_by=by)
    ModelProposal.objects.create(model="churn", sha256="0" * 64, valid_from=day, reason="试行一季", proposed_by=by)
    SupplementUpload.objects.create(
        feed_code="target", business_date=day, content=b"", byte_count=0, row_count=0, fault_count=0, state="waiting", uploaded_by=by
    )
    ManualWork.objects.create(**bank, employee_number="E1", organisation_code="B1", kind="visit", worked_on=day, quantity=1, recorded_by=by)
    CustomerExport.objects.create(**bank, asked_by=by, organisation_code="B1", row_count=1)
    for code in ("one", "two"):
        StrategyLine.objects.create(**bank, code=code, valid_from=day, channel="visit", frequency_days=30, owner="counter", proposed_by=by)


def test_the_second_person_is_told_what_waits_and_the_first_is_not() -> None:
    """The whole bank's president decides all of it; a branch manager what is of his branch; who proposed decides nothing of it."""
    first, second = (signed_in_browser(name, ("bank_president", "")) for name in ("first", "second"))
    leader, manager = signed_in_browser("leader", ("branch_manager", "B1")), signed_in_browser("manager", ("customer_manager", "B1"))
    other = signed_in_browser("other", ("branch_manager", "B2"))
    assert waiting(second) == {}
    proposals_of("first")
    bank_wide = {"parameters": 1, "models": 1, "strategies": 2, "supplements": 1}
    assert waiting(second) == bank_wide | {"manual_work": 1, "customers_exports": 1}
    assert waiting(leader) == {"manual_work": 1, "customers_exports": 1}
    assert [waiting(one) for one in (first, manager, other)] == [{}, {}, {}]
    page = second.get("/my-day/").content.decode()
    assert 'href="/parameters/"' in page.split('id="decisions-title"')[1].split("</section>")[0]


def test_what_one_proposed_under_another_number_does_not_wait_for_him(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import own_numbers

    monkeypatch.setattr(own_numbers, "person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    signed_in_browser("first", ("bank_president", ""), employee_number="M1")
    himself, other = (signed_in_browser(number, ("bank_president", ""), employee_number=number) for number in ("K9", "K8"))
    proposals_of("first")
    his, others = waiting(himself), waiting(other)
    assert set(others) - set(his) == {"parameters", "models", "strategies", "supplements", "manual_work", "customers_exports"}


def test_nobody_decides_what_concerns_him_under_another_number_of_his(monkeypatch: pytest.MonkeyPatch) -> None:
    """E1 and E9 are one person: a hand-over to E9, a settlement and a scheme of E9 and work of E9 are not for who signs in as E1."""
    from types import SimpleNamespace

    from web_home import make_person

    from maisui.web import own_numbers
    from maisui.web.actions import allocations, manual_work, schemes, settlements

    Some: Any = SimpleNamespace  # noqa: N806 - stands for models
    monkeypatch.setattr(own_numbers, "person_of", lambda gateway, number: ("E1", "E9") if number in ("E1", "E9") else (number,))
    gateway, other = Some(freshness=lambda: "published"), Some(pk=0, employee_number="E5")
    himself, second = (make_person(f"user-{number}", employee_number=number).user for number in ("E1", "E2"))
    line = {"number": "E9", "is_outlet": False}
    for decided, what in (
        (allocations, Some(proposed_by=other, employees=["E9"])),
        (settlements, Some(proposed_by=other, lines=[line])),
        (schemes, Some(proposed_by=other, trial={"rows": [line]})),
        (manual_work, Some(recorded_by=other, employee_number="E9")),
    ):
        assert decided.is_party(gateway, what, himself)
        assert not decided.is_party(gateway, what, second)
    assert not settlements.is_party(gateway, Some(proposed_by=other, lines=[line | {"is_outlet": True}]), himself)
    nobody = Some(pk=7, employee_number="")
    assert not allocations.is_party(gateway, Some(proposed_by=Some(pk=0, employee_number=""), employees=[]), nobody)
