"""Notes on figures: written by who may see them there, withdrawn by who wrote them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from maisui.answers import metric_of
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.words import stated_words
from maisui.web.gateway import Gateway
from maisui.web.notes.models import FigureNote
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_WORDS = 120


def write_note(gateway: Gateway, user: StaffUser, *, organisation: str, metric: str, day: date | None, words: str) -> FigureNote:
    """Write down what happened on a day at an organisation in the viewer's sight; an empty metric means every figure.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        NotVisibleError: when the organisation is not in his sight.
        QuestionError: when there is no such metric.
        ActionRefusedError: for no day, a day that is still to come, or words that are missing or hold a long number.
    """
    gateway.organisation_in_sight(organisation)
    if metric:
        metric_of(metric)
    with action(
        "note_write", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="organisation", object_id=organisation
    ) as details:
        if day is None or day > timezone.localdate():
            raise ActionRefusedError(
                Text("请填写日期，不能晚于今天", "a day is needed, no later than today"),
                where="notes",
                next_step="correct it and try again",
            )
        note = FigureNote.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            organisation_code=organisation,
            metric_code=metric,
            noted_on=day,
            words=stated_words(words, LONGEST_WORDS, where="notes"),
            author=user,
        )
        details.update({"note": note.pk, "metric": metric, "day": day.isoformat(), "words": note.words})
    return note


def withdraw_note(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Withdraw a note of one's own; it stays in the table and in the audit.

    Raises:
        NotVisibleError: when there is no such note of his.
    """
    with action("note_withdraw", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="note", object_id=str(number)):
        if not FigureNote.objects.filter(pk=number, author=user, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            raise NotVisibleError("there is no such note of yours", where="notes", next_step="reload the page")
