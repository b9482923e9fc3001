"""The desk of a union: its members, what ties between them, and a look into one county for whom the county let in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from maisui.answers import (
    Answer,
    Bank,
    ConsolidatedSheet,
    Elimination,
    MemberHome,
    MemberVersion,
    MirrorLine,
    OrganisationNode,
    Question,
    ask,
    consolidated_sheet,
    eliminations,
    members_of,
    mirror_lines,
    organisation_tree,
)
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.county_access.models import CountyAccess

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


_TOLD_FOR = timedelta(days=14)
"""How long who asked is told that a county refused, or that a right is over."""


@cache
def _bank_at(path: Path) -> Bank:
    """Return a member's own bank; its versions are opened when they are asked for, and never written."""
    return Bank(path)


class UnionDesk:
    """What one viewer may ask about a union as a whole; the gateway has seen to it that he may."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def members(self) -> tuple[MemberVersion, ...]:
        """Return every member with the version that was rolled up; empty before the first publication and in a bank's home."""
        return self._gateway.published("members", members_of, default=())

    def mirrors(self) -> tuple[MirrorLine, ...]:
        """Return what members log of each other's customers, pair by pair and month by month."""
        return self._gateway.published("mirrors", mirror_lines, default=())

    def eliminations(self, day: date) -> tuple[date | None, tuple[Elimination, ...]]:
        """Return what was taken out of the ledger of `day`, and of which accounting day that is."""
        return self._gateway.cached(("eliminations", day), lambda reader: eliminations(reader, day))

    def consolidated_sheet(self, day: date) -> ConsolidatedSheet:
        """Return the consolidated balance sheet of `day`, line by line."""
        return self._gateway.cached(("consolidated", day), lambda reader: consolidated_sheet(reader, day))

    def grants(self) -> dict[str, CountyAccess]:
        """Return the viewer's own requests that wait or count today, by county."""
        today = timezone.localdate()
        return {one.county_code: one for one in self._own_requests() if one.is_waiting(today) or one.is_valid_on(today)}

    def answered(self) -> list[CountyAccess]:
        """Return the viewer's newest request to each county where it was refused, or its right is over since two weeks at most."""
        today, newest = timezone.localdate(), dict[str, CountyAccess]()
        for one in self._own_requests().select_related("decided_by"):
            newest.setdefault(one.county_code, one)
        over = [one for one in newest.values() if one.decided_at is not None and not one.is_valid_on(today)]
        return [one for one in over if today - (one.valid_until if one.is_granted else timezone.localdate(one.decided_at)) <= _TOLD_FOR]

    def _own_requests(self) -> QuerySet[CountyAccess]:
        return CountyAccess.objects.filter(
            asked_by__username=self._gateway.viewer.username, union_code=self._gateway.bank.home.legal_entity_code
        )

    def county(self, code: str, metrics: Sequence[str], day: date, organisation: str | None) -> County:
        """Return figures of a county's organisations, of its own version; the look is recorded first.

        Raises:
            NotVisibleError: without a right of today that the county gave; the refusal is recorded.
            MaisuiError: as `ask` does.
        """
        gateway = self._gateway
        gateway.require_whole_entity(Permission.UNION_VIEW)
        grant = self.grants().get(code)
        home = next((member for member in gateway.bank.home.members if member.code == code), None)
        if home is None or grant is None or not grant.is_valid_on(timezone.localdate()):
            record(action="county_view", by=gateway.actor, object_type="county", object_id=code[:64], result=Result.REFUSED)
            raise NotVisibleError(
                "this county has not let you in",
                where="county",
                next_step="ask the county for a right, with the reason, on the page of the union",
            )
        details = {"organisation": organisation or "*", "day": str(day), "grant": grant.pk}
        record(action="county_view", by=gateway.actor, object_type="county", object_id=code, details=details)
        return County(home, grant, metrics, day, organisation)


class County:
    """A county as who was let in sees it: figures of organisations, of the county's own current version, never customers."""

    def __init__(self, home: MemberHome, grant: CountyAccess, metrics: Sequence[str], day: date, organisation: str | None) -> None:
        """Read the county's figures; `day` is cut to the end of its history."""
        self.home, self.grant = home, grant
        with _bank_at(home.path).reader() as reader:
            self.version = reader.manifest.version
            self.day = min(day, reader.manifest.reporting_date)
            self.tree: tuple[OrganisationNode, ...] = organisation_tree(reader)
            question = [Question(metric, organisation=organisation, day=self.day) for metric in metrics]
            self.totals: tuple[Answer, ...] = tuple(ask(reader, one) for one in question)
            self.children: tuple[Answer, ...] = tuple(
                ask(reader, Question(one.metric, ("child",), organisation, self.day)) for one in question
            )
