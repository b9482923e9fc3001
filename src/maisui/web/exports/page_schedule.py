"""Pages that people want after publications: made in their name, within their scope of that day, once a day, week or month end."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone, translation

from maisui.errors import AccessError
from maisui.web.audit.record import record
from maisui.web.exports.jobs import ask, gateway_of
from maisui.web.exports.models import PageSubscription, Rhythm
from maisui.web.exports.sheets import Form
from maisui.web.gateway import Gateway

SUBSCRIBED_PAGE = "subscribed_page"
SUBSCRIBABLE = ("overview", "ledger", "self_service", "drivers", "targets", "contribution", "forecasts", "products", "channels")
"""Pages of figures that may be subscribed to; those that name customers are taken out by hand, with a reason."""


def due_day(gateway: Gateway, rhythm: str, last_day: date) -> date | None:
    """Return the day whose page is due after that of `last_day`: the newest month end, or the newest day of a later week or day."""
    fresh = gateway.freshness()
    if fresh is None:
        return None
    newest = fresh.reporting_date
    if rhythm == Rhythm.MONTHLY:
        ends = (day for day in gateway.month_ends() if (day + timedelta(days=1)).day == 1)
        found = next(ends, None)
        return found if found is not None and found > last_day else None
    begins = newest - timedelta(days=newest.weekday()) if rhythm == Rhythm.WEEKLY else newest
    return newest if last_day < begins else None


def ask_for_due_pages() -> int:
    """Ask for every page that is due and return how many; who may no longer take figures out has his subscription ended."""
    asked = 0
    for one in PageSubscription.objects.filter(ended_at=None).select_related("owner"):
        gateway = gateway_of(one.owner)
        day = due_day(gateway, one.rhythm, one.last_day)
        if day is None:
            continue
        try:
            gateway.require_figures_export(None)
        except AccessError:
            PageSubscription.objects.filter(pk=one.pk).update(ended_at=timezone.now())
            record(
                action="page_unsubscribe",
                by=gateway.actor,
                object_type=SUBSCRIBED_PAGE,
                object_id=str(one.pk),
                details={"reason": "no longer allowed"},
            )
            continue
        if not PageSubscription.objects.filter(pk=one.pk, last_day__lt=day).update(last_day=day):
            continue
        said: dict[str, object] = {"page": one.page, "query": one.query, "name": one.name}
        parameters = said | {"day": day.isoformat(), "subscription": one.pk}
        with translation.override(one.language):
            ask(gateway, one.owner, SUBSCRIBED_PAGE, None, parameters, Form(one.form))
        asked += 1
    return asked
