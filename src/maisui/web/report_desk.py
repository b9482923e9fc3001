"""The desk of those who hold reports against the bank's figures: within their organisations, accounts masked and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from maisui.answers import (
    BY_CODE,
    Agreement,
    Cause,
    CauseRows,
    FigureComparison,
    ReportedFigure,
    cause_rows,
    compare_figure,
    reported_figures,
)
from maisui.answers.report_figure import NIL
from maisui.answers.report_sight import Sight
from maisui.answers.reported_figures import check_assumed, is_searched, no_such_part
from maisui.errors import MaisuiError
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
        seen = self._codes(_SCOPE)
        return found if seen is None else tuple(figure for figure in found if figure.organisation in seen)

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
        """Return a reported figure, one of `figures`, held against ours, as far as he may see why it differs.

        Raises:
            QuestionError: when an assumed cause does not exist or is out of his sight, or the search takes too long.
        """
        check_assumed(assumed)
        found = self._kept(figure)
        if assumed and is_searched(found):
            found = self._kept(figure, tuple(assumed))
        sight = self._sight(figure)
        if any(cause.code in assumed and sight.hides(cause) for cause in found.causes):
            raise no_such_part()
        return sight.of(found)

    def listed(self, figure: ReportedFigure) -> FigureComparison:
        """Return the same for a list, which one figure that fails must not break: that one cannot be compared, for the reason "failed"."""
        try:
            return self.compared(figure)
        except MaisuiError:
            return FigureComparison(figure, BY_CODE.get(figure.metric), "", None, None, (), NIL, Agreement.NOT_COMPARABLE, reason="failed")

    def warm(self) -> None:
        """Hold every figure within his scope against ours before somebody asks; one that fails is tried again when it is asked for."""
        for figure in self.figures():
            self.listed(figure)

    def _kept(self, figure: ReportedFigure, assumed: tuple[str, ...] = ()) -> FigureComparison:
        """Return the whole comparison, kept for all who may see the figure."""
        return self._gateway.shared(
            ("compare_figure", figure, assumed), lambda reader: compare_figure(self._gateway.asking(reader), figure, assumed)
        )

    def _sight(self, figure: ReportedFigure) -> Sight:
        outlets, customers = self._codes(_SCOPE), self._codes(Permission.CUSTOMER_VIEW)
        return Sight(outlets, customers is None or figure.organisation in customers)

    def _codes(self, permission: Permission) -> frozenset[str] | None:
        """Return the organisations for which he holds a permission; None is every one."""
        if self._gateway.viewer.is_whole_entity(permission):
            return None
        return frozenset(node.code for node in self._gateway.organisations(permission))

    def rows(self, comparison: FigureComparison, cause: Cause, *, page: int, page_size: int) -> CauseRows:
        """Return the accounts behind a cause, masked; those of other organisations than his are only counted. The look is recorded first.

        Raises:
            NotAllowedError: when he may not see customers.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway, figure = self._gateway, comparison.figure
        gateway.require(Permission.CUSTOMER_VIEW)
        seen = self._codes(Permission.CUSTOMER_VIEW)
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
