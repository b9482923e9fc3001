"""The desk of those who look after the bank's data: deliveries, their quality, merged customers and whether all of it ties out.

Who comes here may see the data of the whole entity (`Gateway.data` has asked): files are not cut by organisation.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from maisui.answers import (
    AccountLine,
    DataQuality,
    Delivery,
    DeliveryCalendar,
    DeliveryPage,
    FeedState,
    HomeCompleteness,
    KeptBack,
    MergeLog,
    OrphanFile,
    OutletLine,
    Refusal,
    TieDay,
    TiedDay,
    VersionTies,
    completeness_by_home,
    control_history,
    corrections,
    data_quality,
    deliveries,
    delivery_calendar,
    feed_states,
    kept_back,
    merge_log,
    orphan_files,
    stopped_batch,
    tie_accounts,
    tie_day,
    tie_outlets,
    tied_days,
)
from maisui.errors import QuestionError
from maisui.web.access.masking import Kind, mask
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.quarantine import release_quarantined
from maisui.web.audit.record import record
from maisui.web.customers.shown import ShownMerge, shown_merge

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class DataDesk:
    """What one viewer may ask about the data of the whole bank."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def feed_states(self) -> tuple[FeedState, ...]:
        """Return what each feed delivered; none before the first publication."""
        return self._gateway.published("feed_states", lambda reader: feed_states(reader, self._gateway.bank.home), default=())

    def deliveries(self, *, feed: str, only_quarantined: bool, page: int, page_size: int) -> DeliveryPage:
        """Return one page of delivered files, the newest first.

        Raises:
            HomeError: before the first publication.
        """
        key = ("deliveries", feed, only_quarantined, page, page_size)
        return self._gateway.cached(
            key, lambda reader: deliveries(reader, feed=feed, only_quarantined=only_quarantined, page=page, page_size=page_size)
        )

    def delivery_calendar(self, month: date | None) -> DeliveryCalendar:
        """Return which feed came on which day of a month, given by its first day; the newest month by default.

        Raises:
            HomeError: before the first publication.
        """
        corrected = self._gateway.cached(("corrections",), lambda _: corrections(self._gateway.bank.home))
        return self._gateway.cached(("delivery_calendar", month), lambda reader: delivery_calendar(reader, corrected, month))

    def data_quality(self) -> DataQuality:
        """Return what the version lacks: counts only, never a value.

        Raises:
            HomeError: before the first publication.
        """
        return self._gateway.cached(("data_quality",), data_quality)

    def completeness_by_home(self, *, kind: str, fact: str) -> tuple[HomeCompleteness, ...]:
        """Return how complete one fact of one kind of customers is at each home outlet."""
        return self._gateway.cached(("completeness_by_home", kind, fact), lambda reader: completeness_by_home(reader, kind=kind, fact=fact))

    def orphan_files(self, *, check: str, organisation: str) -> tuple[OrphanFile, ...]:
        """Return the delivered files and lines that name unexplained keys: line numbers, never the keys.

        Raises:
            NotVisibleError: when there is no such kind of key.
        """
        try:
            return self._gateway.cached(
                ("orphan_files", check, organisation), lambda reader: orphan_files(reader, check=check, organisation=organisation)
            )
        except QuestionError as error:
            raise NotVisibleError(error.what, where=error.where, next_step=error.next_step) from error

    def kept_back(self, file_id: str) -> tuple[Delivery, tuple[KeptBack, ...]]:
        """Return why lines of a delivered file were kept back: reasons and line numbers, never what the lines say.

        Raises:
            NotVisibleError: when the published version used no such file.
        """
        try:
            return self._gateway.cached(("kept_back", file_id), lambda reader: kept_back(reader, self._gateway.bank.home, file_id))
        except QuestionError as error:
            raise NotVisibleError(error.what, where=error.where, next_step=error.next_step) from error

    def release_quarantined(self, file_id: str, *, line: int, corrected: str | None, reason: str) -> None:
        """Let one quarantined line in; it counts after the next publication.

        Raises:
            NotAllowedError: when the viewer may not release lines of the whole entity.
            NotVisibleError: when there is no such delivery.
            ActionRefusedError: without a reason, while a batch runs, or when the line still does not pass.
        """
        self._gateway.require_whole_entity(Permission.DATA_RELEASE)
        try:
            release_quarantined(by=self._gateway.actor, file_id=file_id, line=line, corrected=corrected, reason=reason)
        except QuestionError as error:
            raise NotVisibleError(error.what, where=error.where, next_step=error.next_step) from error

    def merge_log(self, *, page: int, page_size: int) -> tuple[MergeLog, tuple[ShownMerge, ...]]:
        """Return one page of the merges of customer numbers; the look is recorded first.

        Numbers are masked; who may not see the customers of the whole entity gets nothing of them.

        Raises:
            HomeError: before the first publication.
            AuditUnavailableError: when the look cannot be recorded.
        """
        with self._gateway.reader() as reader:
            found = merge_log(reader, page=page, page_size=page_size)
        details = {"page": found.page, "rows": len(found.rows)}
        record(action="merge_log", by=self._gateway.actor, object_type="customers", object_id="*", details=details)
        may_see = self._gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
        permissions = self._gateway.viewer.permissions if may_see else frozenset[Permission]()
        return replace(found, rows=()), tuple(shown_merge(line, permissions) for line in found.rows)

    def tied_days(self) -> tuple[TiedDay, ...]:
        """Return the accounting days of the ledger, newest first."""
        return self._gateway.published("tied_days", tied_days, default=())

    def tie_day(self, day: date) -> TieDay:
        """Return what ties on a day, and what nobody holds against the ledger."""
        return self._gateway.cached(("tie_day", day), lambda reader: tie_day(reader, day))

    def tie_outlets(self, day: date, subject: str) -> tuple[OutletLine, ...]:
        """Return the organisations under a subject on a day."""
        return self._gateway.cached(("tie_outlets", day, subject), lambda reader: tie_outlets(reader, day, subject))

    def tie_accounts(self, day: date, subject: str, organisation: str) -> tuple[AccountLine, ...]:
        """Return the accounts behind a difference, their numbers masked; the look is recorded first.

        Raises:
            NotAllowedError: when the viewer may not see customers of the whole entity.
            AuditUnavailableError: when the look cannot be recorded.
        """
        self._gateway.require_whole_entity(Permission.CUSTOMER_VIEW)
        with self._gateway.reader() as reader:
            found = tie_accounts(reader, day, subject, organisation)
        details = {"day": f"{day}", "organisation": organisation, "rows": len(found)}
        record(action="tie_accounts", by=self._gateway.actor, object_type="ledger_subject", object_id=subject[:64], details=details)
        return tuple(replace(line, account_number=mask(line.account_number, Kind.ACCOUNT_NUMBER)) for line in found)

    def control_history(self) -> tuple[VersionTies, ...]:
        """Return the controls of the kept versions, newest first."""
        return control_history(self._gateway.bank.home)

    def stopped_batch(self) -> Refusal | None:
        """Return the batch that controls have stopped since the last publication."""
        return stopped_batch(self._gateway.bank.home)
