"""Whom a manager met and which cases he closed in time, counted by hand: his own, of the period, by the bank's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from web_home import make_person

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def test_contacts_are_counted_by_whom_they_met_and_whether_somebody_was_there(settings) -> None:
    """Four of his in October: two visits to one customer, a call in vain, a talk at the counter; September and a colleague's are not his."""
    from maisui.web.contacts.models import CustomerContact
    from maisui.web.pages.performance.manager_activity import Met, met_by

    one, other = (make_person(name, ("customer_manager", "B1"), employee_number=name).user for name in ("M1", "M2"))
    for user, customer, kind, day, outcome in (
        (one, "C1", "visit", FIRST, "informed"),
        (one, "C1", "visit", LAST, "agreed"),
        (one, "C2", "telephone", date(2026, 10, 9), "not_reached"),
        (one, "C3", "counter", date(2026, 10, 9), "interested"),
        (one, "C4", "visit", FIRST - timedelta(days=1), "informed"),
        (other, "C5", "visit", LAST, "informed"),
    ):
        CustomerContact.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            customer_number=customer,
            kind=kind,
            happened_on=day,
            outcome=outcome,
            written_by=user,
        )
    assert met_by(["M1"], FIRST, LAST) == Met(contact_count=4, customer_count=3, visit_count=2, visited_count=1, missed_count=1)
    assert met_by(["M1", "M2"], FIRST, LAST) == Met(5, 4, 3, 2, 1)


def test_a_case_is_closed_in_time_until_the_end_of_its_day_in_the_bank(settings) -> None:
    """Due on the 10th: 15:59 UTC is a minute to midnight there, 16:00 the 11th; one without a day is never late; the rest is not counted."""
    from maisui.web.alerts.models import HandledCase, State
    from maisui.web.pages.performance.manager_quality import Cases, cases_of

    owner = make_person("M1", ("customer_manager", "B1"), employee_number="M1").user
    due = date(2026, 10, 10)
    for code, state, closed, due_on in (
        ("in time", State.CLOSED, datetime(2026, 10, 10, 15, 59, tzinfo=UTC), due),
        ("late", State.CLOSED, datetime(2026, 10, 10, 16, 0, tzinfo=UTC), due),
        ("no day", State.CLOSED, datetime(2026, 10, 31, 15, 59, tzinfo=UTC), None),
        ("next month", State.CLOSED, datetime(2026, 10, 31, 16, 0, tzinfo=UTC), due),
        ("open", State.TAKEN, None, due),
    ):
        HandledCase.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            case_code=code,
            rule_code="large_movement",
            period_on=due,
            severity_code="high",
            organisation_code="B1",
            found_in_version="v",
            state=state,
            owner=owner,
            due_on=due_on,
            closed_at=closed,
        )
    assert cases_of(["M1"], FIRST, LAST) == Cases(closed_count=3, in_time_count=2)
    assert cases_of(["M2"], FIRST, LAST) == Cases(0, 0)
