"""What borrowers promised to pay: what falls due, and what was not kept, to who looks after them, wrote it down, or stands in for such."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maisui.answers.customer_relations import parties
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.promises import FAILED, RUNNING, JudgedPromise, standings, written_promises
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.consent import consents_said
from maisui.web.pages.customers.words import PROMISE_STATES
from maisui.web.pages.my_day.whose import Whose
from maisui.web.staff.models import StaffUser

WITHIN = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
"""How long a promise that was not kept stays on one's day after its day."""
ROWS = 20


def promises_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return the promises of the viewer's day in sight, the earliest first, at most ROWS; nothing without any. The look is recorded."""
    whose = Whose.of(gateway, user)
    with gateway.reader() as reader:
        asked = [number for number, writer in written_promises() if whose.are(number, writer)]
        found = {number: one.now for number, one in standings(reader, asked).items() if _is_told(one.now)}
        found = {number: one for number, one in found.items() if whose.are(number, one.promise.written_by.pk)}
        known = parties(reader, set(found))
    rows = [
        (one, known[number])
        for number, one in sorted(found.items(), key=lambda item: (item[1].promise.promised_on, item[1].promise.pk))
        if number in known and covers(gateway, Permission.CUSTOMER_VIEW, known[number].home_organisation_code)
    ]
    if rows:
        customers = sorted(party.customer_number for _, party in rows[:ROWS])
        record(action="promise_list", by=gateway.actor, object_type="customers", object_id="*", details={"customers": customers})
    said = consents_said(gateway, [party.customer_number for _, party in rows[:ROWS]])
    return {
        "promises": [_shown(gateway, one, party) | {"consent": said[party.customer_number]} for one, party in rows[:ROWS]],
        "promise_count": len(rows),
        "promise_failed_count": sum(one.state in FAILED for one, _ in rows),
    }


def _is_told(one: JudgedPromise) -> bool:
    day, today = one.promise.promised_on, timezone.localdate()
    return (one.state in RUNNING and today - KEPT_FOR <= day <= today + WITHIN) or (one.state in FAILED and day >= today - KEPT_FOR)


def _shown(gateway: Gateway, one: JudgedPromise, party: Any) -> dict[str, Any]:
    masks = Masks(gateway.viewer.permissions, kind=party.customer_kind, is_revealed=False)
    return {
        "one": one,
        "state": PROMISE_STATES[one.state],
        "is_failed": one.state in FAILED,
        "reference": reference_of(party.customer_number),
        "name": masks("customer_name", party.customer_name),
        "number": masks("customer_number", party.customer_number),
        "home": party.home_organisation_name,
    }
