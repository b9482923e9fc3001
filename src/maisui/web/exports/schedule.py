"""Reports that people want after each month end: asked for in their name once the month is published, within their scope of that day."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone, translation

from maisui.errors import AccessError
from maisui.web.audit.record import record
from maisui.web.exports.jobs import ask, gateway_of
from maisui.web.exports.models import ReportSubscription
from maisui.web.exports.sheets import Form
from maisui.web.gateway import Gateway

REPORT = "operating_report"


def newest_month_end(gateway: Gateway) -> date | None:
    """Return the last day of the newest month that is published whole."""
    return next((day for day in gateway.month_ends() if (day + timedelta(days=1)).day == 1), None)


def ask_for_due() -> int:
    """Ask for every report that is due and return how many; who may no longer take it out has his subscription ended."""
    asked = 0
    for one in ReportSubscription.objects.filter(ended_at=None).select_related("owner"):
        gateway = gateway_of(one.owner)
        day = newest_month_end(gateway)
        if day is None or day <= one.last_day:
            continue
        organisation = one.organisation_code or None
        try:
            gateway.require_figures_export(organisation)
        except AccessError:
            ReportSubscription.objects.filter(pk=one.pk).update(ended_at=timezone.now())
            record(
                action="report_unsubscribe",
                by=gateway.actor,
                object_type=REPORT,
                object_id=str(one.pk),
                details={"reason": "no longer allowed"},
            )
            continue
        if not ReportSubscription.objects.filter(pk=one.pk, last_day__lt=day).update(last_day=day):
            continue
        with translation.override(one.language):
            ask(gateway, one.owner, REPORT, organisation, {"day": day.isoformat(), "subscription": one.pk}, Form(one.form))
        asked += 1
    return asked
