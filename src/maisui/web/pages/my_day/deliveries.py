"""What subscriptions have brought of late, ready to be fetched."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maisui.web.exports.models import ExportJob, State
from maisui.web.exports.page_schedule import SUBSCRIBED_PAGE
from maisui.web.exports.schedule import REPORT
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

SHOWN = 10


def deliveries_context(user: StaffUser) -> dict[str, Any]:
    """Return the files that subscriptions made and that are still kept, newest first."""
    made = ExportJob.objects.filter(owner=user, kind__in=(SUBSCRIBED_PAGE, REPORT), state=State.DONE, expires_at__gt=timezone.now())
    brought = [job for job in made[: SHOWN * 2] if "subscription" in job.parameters][:SHOWN]
    report = Text("经营月报", "Monthly operating report")
    return {"brought": [(job, job.parameters.get("name") or report, job.parameters["day"]) for job in brought]}
