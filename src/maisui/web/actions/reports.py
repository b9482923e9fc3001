"""Operating reports: asked for at once, or subscribed to and given up again."""

from __future__ import annotations

from datetime import date

from django.utils import timezone, translation

from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.exports.jobs import ask
from maisui.web.exports.models import ExportJob, ReportSubscription
from maisui.web.exports.schedule import REPORT, newest_month_end
from maisui.web.exports.sheets import Form
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

MOST_SUBSCRIPTIONS = 20


def ask_for_report(gateway: Gateway, user: StaffUser, *, organisation: str | None, day: date, form: Form) -> ExportJob:
    """Have the report of a month made in the background and return its job; it is recorded as every export that is asked for.

    Raises:
        AccessError: when he may not export there.
        QuestionError: when the day is none of those published.
    """
    gateway.require_figures_export(organisation)
    if day not in gateway.month_ends():
        raise QuestionError("this day is not published", where="date", next_step="choose one of the months offered")
    return ask(gateway, user, REPORT, organisation, {"day": day.isoformat()}, form)


def subscribe(gateway: Gateway, user: StaffUser, *, organisation: str | None, form: Form) -> ReportSubscription:
    """Have the report made after each month end from the next one on; asked twice it is one subscription.

    Raises:
        AccessError: when he may not export there, or has too many.
    """
    with action(
        "report_subscribe", by=gateway.actor, permission=Permission.FIGURE_EXPORT, object_type=REPORT, object_id=organisation or "*"
    ) as details:
        gateway.require_figures_export(organisation)
        code = organisation or ""
        found = ReportSubscription.objects.filter(owner=user, organisation_code=code, form=form, ended_at=None).first()
        if found is None:
            if ReportSubscription.objects.filter(owner=user, ended_at=None).count() >= MOST_SUBSCRIPTIONS:
                said = Text(
                    f"最多订阅 {MOST_SUBSCRIPTIONS} 份，请先停掉不用的", f"at most {MOST_SUBSCRIPTIONS} subscriptions: end one first"
                )
                raise ActionRefusedError(said, where="reports", next_step="end a subscription that is not needed")
            found = ReportSubscription.objects.create(
                owner=user,
                organisation_code=code,
                form=form,
                language=translation.get_language() or "zh-hans",
                last_day=newest_month_end(gateway) or date.min,
            )
        details |= {"organisation": organisation or "*", "form": form.value}
    return found


def unsubscribe(gateway: Gateway, user: StaffUser, number: int) -> None:
    """End a subscription of one's own.

    Raises:
        NotVisibleError: when he has no such subscription.
    """
    with action("report_unsubscribe", by=gateway.actor, permission=None, object_type=REPORT, object_id=str(number)) as details:
        found = ReportSubscription.objects.filter(pk=number, owner=user, ended_at=None).first()
        if found is None:
            raise NotVisibleError("there is no such subscription", where="reports", next_step="go back to the page of reports")
        details |= {"organisation": found.organisation_code or "*", "form": found.form}
        ReportSubscription.objects.filter(pk=number).update(ended_at=timezone.now())
