"""Accepting a difference between a report and the bank's figure: in words, with the figures that were seen."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from maisui.answers import FigureComparison, ReportedFigure
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.archive.models import AcceptedDifference
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

SHORTEST_WORDS = 4
LONGEST_WORDS = 300
_LONGEST_NAME = 300
_LONGEST_OBJECT = 64


def accepted_of(figure: ReportedFigure) -> QuerySet[AcceptedDifference]:
    """Return what was said of a reported figure's difference, the newest first."""
    return all_accepted().filter(
        report_name=figure.report[:_LONGEST_NAME],
        organisation_code=figure.organisation,
        measured_on=figure.day,
        metric_code=figure.metric,
        currency=figure.currency,
    )


def all_accepted() -> QuerySet[AcceptedDifference]:
    """Return everything that was said of differences of this legal entity, the newest first."""
    return AcceptedDifference.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("accepted_by")


def accept_difference(gateway: Gateway, user: StaffUser, comparison: FigureComparison, *, words: str) -> AcceptedDifference:
    """Say that a difference is understood and why; the figures are kept, so that a later change of either shows.

    Raises:
        NotAllowedError: when the viewer may not accept differences.
        NotVisibleError: when he may, but not of this organisation.
        ActionRefusedError: without words, or where there is no difference.
    """
    figure = comparison.figure
    with action(
        "difference_accept",
        by=gateway.actor,
        permission=Permission.DIFFERENCE_ACCEPT,
        object_type="reported_figure",
        object_id=f"{figure.metric} {figure.organisation} {figure.day}"[:_LONGEST_OBJECT],
    ) as details:
        _require_scope(gateway, figure)
        if not comparison.difference:
            raise _refused(Text("没有差异可认可", "there is no difference to accept"))
        said = " ".join(words.split())
        if not SHORTEST_WORDS <= len(said) <= LONGEST_WORDS or not said.isprintable():
            raise _refused(
                Text(
                    f"请写明差异的原因（{SHORTEST_WORDS} 至 {LONGEST_WORDS} 字）",
                    f"say why it differs in {SHORTEST_WORDS} to {LONGEST_WORDS} characters",
                )
            )
        kept = AcceptedDifference.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            report_name=figure.report[:_LONGEST_NAME],
            organisation_code=figure.organisation,
            measured_on=figure.day,
            metric_code=figure.metric,
            currency=figure.currency,
            our_amount=f"{comparison.ours}",
            their_amount=f"{figure.theirs}",
            words=said,
            accepted_by=user,
        )
        details.update({"name": figure.report[:_LONGEST_NAME], "state": str(comparison.state), "reason": said})
    return kept


def _require_scope(gateway: Gateway, figure: ReportedFigure) -> None:
    seen = {node.code for node in gateway.organisations(Permission.DIFFERENCE_ACCEPT)}
    if figure.organisation not in seen and not gateway.viewer.is_whole_entity(Permission.DIFFERENCE_ACCEPT):
        raise NotVisibleError("there is no such reported figure", where="compare", next_step="choose one from the list")


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="compare", next_step="correct it and try again")
