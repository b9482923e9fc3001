"""Manual work: recorded by oneself or by a form, approved by somebody else, counted at the rate of its day beside what systems recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from web_home import signed_in_browser

from maisui.answers.manual_work import ManualRates, read_manual_work

pytestmark = pytest.mark.django_db
RATES = ManualRates(
    (
        ("visit", date(1900, 1, 1), date(2026, 3, 1), Decimal(2)),
        ("visit", date(2026, 3, 1), None, Decimal(3)),
        ("x", date(2027, 1, 1), None, Decimal(1)),
    )
)
HEADER = "employee_number,kind,worked_on,quantity,words\n"


def read(rows: str):
    return read_manual_work(
        (HEADER + rows).encode(), is_workbook=False, people={"E1"}, rates=RATES, open_from=date(2026, 2, 1), today=date(2026, 3, 31)
    )


def test_a_form_is_read_row_by_row() -> None:
    made = read("E1,visit,20260302,12.5,走访三里村\n")
    assert not made.faults
    assert [(row.employee_number, row.kind, row.worked_on, row.quantity) for row in made.rows] == [
        ("E1", "visit", date(2026, 3, 2), Decimal("12.5"))
    ]


def test_every_cell_that_does_not_pass_is_named() -> None:
    made = read("E9,visit,20260302,1,走访村民\nE1,visit,20260131,0,走访村民\nE1,x,20260302,20000,走访村民\nE1,visit,20260401,1,一\n")
    assert not made.rows
    assert [(fault.row, fault.letter) for fault in made.faults] == [(2, "A"), (3, "C"), (3, "D"), (4, "B"), (4, "D"), (5, "C"), (5, "E")]


def test_a_day_is_converted_at_its_own_rate() -> None:
    assert [RATES.on("visit", day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [Decimal(2), Decimal(3)]
    assert RATES.on("x", date(2026, 3, 1)) is None
    assert RATES.kinds(date(2026, 3, 1)) == ("visit",)


def test_approved_work_counts_and_nobody_approves_his_own() -> None:
    """2 visits on one day and 4 hours of training: 2 × 3 + 4 × 2 = 14; before approval nothing; after the settlement nothing more."""
    from maisui.web.allocations.models import Settlement
    from maisui.web.allocations.models import State as Frozen
    from maisui.web.manual_work.converted import approved_days, approved_workload
    from maisui.web.manual_work.models import ManualWork, State
    from maisui.web.staff.models import StaffUser

    day = timezone.localdate()
    rates = ManualRates((("visit", date(1900, 1, 1), None, Decimal(3)), ("training", date(1900, 1, 1), None, Decimal(2))))
    leader, head = (
        signed_in_browser("leader", ("branch_manager", "B1"), employee_number="E1"),
        signed_in_browser("head", ("bank_president", "")),
    )
    by = StaffUser.objects.get(username="leader")
    entries = [
        ManualWork.objects.create(
            legal_entity_code="MINI01", employee_number=number, organisation_code=place, kind=kind, worked_on=day, quantity=amount,
            words="走访与培训", recorded_by=by,
        )
        for number, place, kind, amount in (("E1", "B1", "visit", 2), ("E1", "B1", "training", 4), ("E2", "B2", "visit", 1), ("E1", "B1", "visit", 9))
    ]  # fmt: skip
    assert approved_workload(rates, day, day) == {}
    assert leader.post(f"/manual-work/{entries[0].pk}/decide/", {"decision": "approve"}).status_code == 409
    assert leader.post(f"/manual-work/{entries[2].pk}/decide/", {"decision": "approve"}).status_code == 404, "of another outlet"
    assert head.post(f"/manual-work/{entries[2].pk}/decide/", {"decision": "reject"}).status_code == 409, "a rejection has a reason"
    for entry in entries[:2]:
        assert head.post(f"/manual-work/{entry.pk}/decide/", {"decision": "approve"}).status_code == 302
    assert head.post(f"/manual-work/{entries[3].pk}/decide/", {"decision": "reject", "note": "当日未走访"}).status_code == 302
    assert approved_workload(rates, day, day) == {"E1": Decimal("14.00")}
    assert approved_days(rates, day, day) == (("E1", day, Decimal("6.00")), ("E1", day, Decimal("8.00")))
    assert head.post(f"/manual-work/{entries[0].pk}/decide/", {"decision": "approve"}).status_code == 409, "decided already"
    Settlement.objects.create(
        first_day=day, last_day=day, revision=1, version="v", scheme={}, scheme_hash="", lines=[], content_hash="", total_pay=0,
        reason="月结", state=Frozen.APPROVED, proposed_by=by,
    )  # fmt: skip
    assert head.post(f"/manual-work/{entries[2].pk}/decide/", {"decision": "approve"}).status_code == 409, "its day is settled"
    assert ManualWork.objects.get(pk=entries[2].pk).state == State.WAITING


def test_a_form_is_taken_from_leaders_and_without_an_employee_number_nobody_records() -> None:
    from maisui.web.manual_work.models import ManualWork

    leader, teller = signed_in_browser("leader", ("branch_manager", "B1")), signed_in_browser("teller", ("teller", "B1"))
    file = SimpleUploadedFile("work.csv", (HEADER + "E9,visit,20260302,1,走访村民\n").encode())
    refused = leader.post("/manual-work/fill-in/", {"file": file})
    assert refused.status_code == 409
    assert 'id="faults"' in refused.content.decode()
    assert leader.get("/manual-work/template.xlsx").status_code == 200
    assert teller.get("/manual-work/").status_code == 403
    said = {"kind": "visit", "worked_on": timezone.localdate().isoformat(), "quantity": "1", "words": "走访村民"}
    assert teller.post("/my-performance/work/", said).status_code == 200
    assert not ManualWork.objects.exists()
