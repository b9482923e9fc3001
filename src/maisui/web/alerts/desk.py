"""Where cases are handed out: what the viewer may see of them, then the record of the look, then the masked cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from maisui.answers import (
    RULE_BY_CODE,
    Case,
    CasePage,
    CaseQuery,
    CaseSettings,
    CaseSight,
    RuleCount,
    Severity,
    SubjectKind,
    case_settings,
    count_cases,
    list_cases,
    one_case,
)
from maisui.answers.alerts import cases_there
from maisui.web.access.masking import shown
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import reference_of
from maisui.web.alerts.models import Deputy, HandledCase, State
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.staff.models import StaffUser

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

_PERSONAL = "C2"
_ACCOUNTS = (SubjectKind.ACCOUNT, SubjectKind.LOAN)


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case, masked; `reference` names its customer in addresses, `handled` is what people made of it."""

    case: Case
    reference: str | None
    customer_name: str
    customer_number: str
    account_number: str
    handled: HandledCase | None


@dataclass(frozen=True, slots=True)
class ShownCases:
    """One page of cases, masked; `found` keeps counts and sums, its cases are taken away."""

    found: CasePage
    rows: tuple[ShownCase, ...]


class CaseDesk:
    """What one viewer may ask of the cases of key focus."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, who may see key focus.

        Raises:
            NotAllowedError: when he may not.
        """
        gateway.require(Permission.FOCUS_VIEW)
        self._gateway = gateway

    @property
    def sight(self) -> CaseSight:
        """Return whose cases the viewer may see: his right to see key focus and that to see the subject must meet."""
        whole = self._gateway.viewer.is_whole_entity
        return CaseSight(
            customers_of=self._places(Permission.CUSTOMER_VIEW),
            figures_of=self._places(Permission.FIGURE_VIEW),
            sees_staff=whole(Permission.FOCUS_VIEW) and whole(Permission.CUSTOMER_REVEAL),
            sees_data=whole(Permission.FOCUS_VIEW) and whole(Permission.DATA_VIEW),
        )

    def listed(self, query: CaseQuery) -> ShownCases:
        """Return one page of the cases asked for within the viewer's sight; whose customers are on it is recorded first.

        Raises:
            NotVisibleError: when the organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        self._require_organisation(query.organisation)
        with self._gateway.reader() as reader:
            found = list_cases(reader, replace(query, sight=self.sight))
        customers = sorted({case.customer_number for case in found.cases if case.customer_number})
        if customers:
            record(
                action="case_list",
                by=self._gateway.actor,
                object_type="cases",
                object_id=query.organisation or "*",
                details={"rule": query.rule or "", "found": found.total_count, "page": found.page, "customers": customers},
            )
        handled = handled_cases([case.code for case in found.cases])
        return ShownCases(replace(found, cases=()), tuple(self._shown(case, handled.get(case.code)) for case in found.cases))

    def one(self, code: str) -> ShownCase:
        """Return one case in the viewer's sight; the look is recorded first.

        Raises:
            NotVisibleError: when there is no such case for him.
            AuditUnavailableError: when the look cannot be recorded.
        """
        case = self.found(code)
        customers = {"customers": [case.customer_number]} if case.customer_number else {}
        record(
            action="case_view", by=self._gateway.actor, object_type="case", object_id=code, details={"rule": case.rule.code, **customers}
        )
        return self._shown(case, handled_cases([code]).get(code))

    def found(self, code: str) -> Case:
        """Return one case in sight, unmasked and for work behind the pages only; a refusal is recorded.

        Raises:
            NotVisibleError: when there is no such case for him.
        """
        with self._gateway.reader() as reader:
            case = one_case(reader, self.sight, code, waiting_for_nobody())
        if case is None:
            case = next((gone.case for gone in self.vanished(frozenset({code}))), None)
        if case is None:
            record(action="case_view", by=self._gateway.actor, object_type="case", object_id=code[:64], result=Result.REFUSED)
            raise NotVisibleError("there is no such case", where="cases", next_step="go back to the list")
        return case

    def vanished(self, codes: frozenset[str]) -> tuple[ShownCase, ...]:
        """Return those of the handled cases, in the viewer's sight, that the published version finds no more: as kept, without evidence."""
        if not codes:
            return ()
        with self._gateway.reader() as reader:
            there = cases_there(reader, codes)
        names = {node.code: node.name for node in self._gateway.whole_tree()}
        gone = [handled for code, handled in handled_cases(sorted(codes - there)).items() if self.covers(handled) and code not in there]
        return tuple(self._shown(_as_kept(handled, names), handled) for handled in gone)

    def counts(self, query: CaseQuery) -> tuple[RuleCount, ...]:
        """Return how many of the cases asked for there are by rule; counts name nobody and are not recorded.

        Raises:
            NotVisibleError: when the organisation is not in his scope or does not exist.
        """
        self._require_organisation(query.organisation)
        with self._gateway.reader() as reader:
            return count_cases(reader, replace(query, sight=self.sight))

    def settings(self, organisation: str) -> CaseSettings:
        """Return what the desk goes by in an organisation."""
        with self._gateway.reader() as reader:
            return case_settings(reader, organisation)

    def covers(self, handled: HandledCase) -> bool:
        """Return whether the viewer may see the organisation of a handled case, whatever later versions find of it."""
        sight = self.sight
        match RULE_BY_CODE[handled.rule_code].subject if handled.rule_code in RULE_BY_CODE else None:
            case None:
                return False
            case SubjectKind.STAFF:
                return sight.sees_staff
            case SubjectKind.DATA:
                return sight.sees_data
            case SubjectKind.ORGANISATION | SubjectKind.SERIES:
                places = sight.figures_of
            case _:
                places = sight.customers_of
        return places is None or handled.organisation_code in places

    def _shown(self, case: Case, handled: HandledCase | None) -> ShownCase:
        permissions, is_company = self._gateway.viewer.permissions, case.customer_kind == "corporate"

        def masked(column: str, value: str | None) -> str:
            return shown(value, column=column, privacy=_PERSONAL, permissions=permissions, is_company=is_company) or ""

        return ShownCase(
            case=case,
            reference=reference_of(case.customer_number) if case.customer_number else None,
            customer_name=masked("customer_name", case.customer_name),
            customer_number=masked("customer_number", case.customer_number),
            account_number=masked("account_number", case.subject_key) if case.rule.subject in _ACCOUNTS else "",
            handled=handled,
        )

    def _places(self, permission: Permission) -> frozenset[str] | None:
        """Return the organisations for which the viewer holds both `permission` and key focus; None is the whole bank."""
        gateway = self._gateway
        reach = [
            None if gateway.viewer.is_whole_entity(item) else frozenset(node.code for node in gateway.organisations(item))
            for item in (Permission.FOCUS_VIEW, permission)
        ]
        known = [places for places in reach if places is not None]
        return frozenset.intersection(*known) if known else None

    def _require_organisation(self, organisation: str | None) -> None:
        if organisation is not None and organisation not in {node.code for node in self._gateway.organisations(Permission.FOCUS_VIEW)}:
            record(action="case_list", by=self._gateway.actor, object_type="organisation", object_id=organisation, result=Result.REFUSED)
            raise NotVisibleError(
                "there is no such organisation", where="organisation", next_step="choose one from the organisation picker"
            )


def _as_kept(handled: HandledCase, names: Mapping[str, str]) -> Case:
    """Return a handled case as it was when it was taken, as far as that is kept."""
    return Case(
        code=handled.case_code,
        rule=RULE_BY_CODE[handled.rule_code],
        severity=Severity(handled.severity_code),
        period_on=handled.period_on,
        subject_key=handled.subject_key,
        organisation_code=handled.organisation_code,
        organisation_name=names.get(handled.organisation_code, handled.organisation_code),
        customer_number=handled.customer_number or None,
        customer_name=None,
        customer_kind=None,
        employee_number=None,
        at_stake_amount=handled.at_stake_amount,
        place=None,
        is_beyond_budget=False,
    )


def of_this_bank() -> dict[str, str]:
    """Return the condition that handled cases are of the bank of this home."""
    return {"legal_entity_code": settings.HOME.legal_entity_code}


def handled_cases(codes: list[str]) -> dict[str, HandledCase]:
    """Return what people made of the cases of these numbers."""
    found = HandledCase.objects.filter(**of_this_bank(), case_code__in=codes).select_related("owner")
    return {case.case_code: case for case in found}


def waiting_for_nobody() -> frozenset[str]:
    """Return the numbers of cases that somebody has or has closed: they take no place in a queue."""
    return frozenset(HandledCase.objects.filter(**of_this_bank()).values_list("case_code", flat=True))


def passed_up(gateway: Gateway) -> frozenset[str]:
    """Return the numbers of cases that were passed up to the viewer and that nobody took: to where he decides, and not to below it."""
    viewer = gateway.viewer
    if viewer.is_whole_entity(Permission.FOCUS_DECIDE):
        places = {"", *(node.code for node in gateway.whole_tree() if node.parent_code is None)}
    else:
        places = set(viewer.tops_of(Permission.FOCUS_DECIDE))
    held = HandledCase.objects.filter(**of_this_bank(), state=State.ESCALATED, escalated_to__in=places)
    return frozenset(held.values_list("case_code", flat=True))


def closed_cases() -> frozenset[str]:
    """Return the numbers of closed cases."""
    return frozenset(HandledCase.objects.filter(**of_this_bank(), state=State.CLOSED).values_list("case_code", flat=True))


def stands_in_for(user: StaffUser, day: date | None = None) -> frozenset[int]:
    """Return whose cases `user` handles as a deputy on a day, today when none is given."""
    on = day or timezone.localdate()
    named = Deputy.objects.filter(deputy=user, valid_from__lte=on, valid_until__gte=on, ended_at=None)
    return frozenset(named.values_list("person_id", flat=True))
