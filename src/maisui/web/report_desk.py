"""The desk of those who hold reports against the bank's figures: within their organisations, accounts masked and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from maisui.answers import Cause, CauseRows, FigureComparison, ReportedFigure, cause_rows, compare_figure, reported_figures
from maisui.web.access.masking import Kind, mask
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.audit.models import Result
from maisui.web.audit.record import record

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

_SCOPE = Permission.FIGURE_EXPLAIN
_LONGEST_OBJECT = 64


class ReportDesk:
    """What one viewer may ask about reported figures of the organisations he may see."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def figures(self) -> tuple[ReportedFigure, ...]:
        """Return the reported figures within his scope, the newest first; none before the first publication.

        Raises:
            NotAllowedError: when he may not see explanations.
        """
        self._gateway.require(_SCOPE)
        found = self._gateway.published("reported_figures", reported_figures, default=())
        if self._gateway.viewer.is_whole_entity(_SCOPE):
            return found
        seen = {node.code for node in self._gateway.organisations(_SCOPE)}
        return tuple(figure for figure in found if figure.organisation in seen)

    def figure(self, *, report: str, organisation: str, day: date | None, metric: str, currency: str) -> ReportedFigure:
        """Return one reported figure within his scope.

        Raises:
            NotVisibleError: when there is none, or it is one of an organisation that he may not see; the refusal is recorded.
        """
        wanted = (report, organisation, day, metric, currency)
        for figure in self.figures():
            if (figure.report, figure.organisation, figure.day, figure.metric, figure.currency) == wanted:
                return figure
        record(
            action="view",
            by=self._gateway.actor,
            object_type="reported_figure",
            object_id=organisation[:_LONGEST_OBJECT] or "*",
            result=Result.REFUSED,
        )
        raise NotVisibleError("there is no such reported figure", where="compare", next_step="choose one from the list")

    def compared(self, figure: ReportedFigure, assumed: Sequence[str] = ()) -> FigureComparison:
        """Return a reported figure, one of `figures`, held against ours: the same for everybody who may see it.

        Raises:
            QuestionError: when an assumed cause does not exist.
        """
        key = ("compare_figure", figure, tuple(assumed))
        return self._gateway.shared(key, lambda reader: compare_figure(reader, figure, assumed))

    def warm(self) -> None:
        """Hold every figure within his scope against ours before somebody asks."""
        for figure in self.figures():
            self.compared(figure)

    def rows(self, comparison: FigureComparison, cause: Cause, *, page: int, page_size: int) -> CauseRows:
        """Return the accounts behind a cause, masked; those of other organisations than his are only counted. The look is recorded first.

        Raises:
            NotAllowedError: when he may not see customers.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway, figure = self._gateway, comparison.figure
        gateway.require(Permission.CUSTOMER_VIEW)
        is_whole = gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
        seen = None if is_whole else frozenset(node.code for node in gateway.organisations(Permission.CUSTOMER_VIEW))
        with gateway.reader() as reader:
            found = cause_rows(reader, comparison, cause, visible=seen, page=page, page_size=page_size)
        details = {"organisation": figure.organisation, "day": f"{figure.day}", "rows": len(found.rows), "page": page}
        record(
            action="report_accounts",
            by=gateway.actor,
            object_type="reported_figure",
            object_id=f"{figure.metric} {cause.code}"[:_LONGEST_OBJECT],
            details=details,
        )
        masked = (
            replace(row, account_number=mask(row.account_number, Kind.ACCOUNT_NUMBER)) if row.account_number else row for row in found.rows
        )
        return replace(found, rows=tuple(masked))
