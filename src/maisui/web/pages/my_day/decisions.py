"""What waits for the viewer as the second person, counted by kind with the page on which he decides; and what was answered to him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions import county_access, customer_exports, manual_work, schemes, settlements, supplements
from maisui.web.actions.objections import may_answer
from maisui.web.actions.tiers import is_party as is_party_to_tier
from maisui.web.actions.tiers import may_decide as may_decide_tier
from maisui.web.allocations.models import FigureObjection, ObjectionState, Settlement
from maisui.web.campaigns.desk import campaigns_in_sight, covers_all
from maisui.web.campaigns.models import Campaign
from maisui.web.customers.models import CustomerExport
from maisui.web.gateway import Gateway
from maisui.web.manual_work.models import ManualWork
from maisui.web.model_desk.models import FairnessReason, ModelProposal
from maisui.web.own_numbers import is_same_person, numbers_of_user
from maisui.web.pages.allocations.objections import rows_of
from maisui.web.parameters.models import ParameterProposal
from maisui.web.schemes.models import SchemeProposal
from maisui.web.staff.models import StaffUser
from maisui.web.strategies.models import StrategyLine
from maisui.web.supplements.models import SupplementUpload
from maisui.web.text import Text
from maisui.web.tiers.desk import in_sight

KEPT_FOR = timedelta(days=14)
"""How long an answer to the viewer stays on his day."""
_WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a kind wait for the viewer, how many of them are late, and the page (by its name) on which he decides."""

    title: Text
    page: str
    count: int
    late: int = 0


def decisions_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return what waits for the viewer's decision, and the objections of his that were answered lately."""
    found = [
        _objections(gateway, user),
        *_of_people(gateway, user),
        *_of_the_bank(gateway, user),
        *_of_customers(gateway, user),
        *_of_counties(gateway, user),
    ]
    answered = FigureObjection.objects.filter(
        raised_by=user, state__in=(ObjectionState.UPHELD, ObjectionState.DISMISSED), answered_at__gte=timezone.now() - KEPT_FOR
    ).select_related("answered_by")
    return {
        "decisions": [one for one in found if one.count],
        "answered_objections": rows_of(gateway, list(answered)) if answered else [],
    }


def sees_customers(gateway: Gateway) -> bool:
    """Return whether the viewer sees customers here: the home of a union holds none, whatever somebody may see in his own bank."""
    return gateway.may(Permission.CUSTOMER_VIEW) and not gateway.bank.home.is_union


def _objections(gateway: Gateway, user: StaffUser) -> Waiting:
    own = numbers_of_user(gateway, user)
    found = [one for one in FigureObjection.objects.filter(state=ObjectionState.OPEN) if may_answer(gateway, one)]
    to_answer = [one for one in found if one.employee_number not in own]
    late = sum(one.due_on < timezone.localdate() for one in to_answer)
    return Waiting(Text("业绩异议待答复", "Objections to answer"), "allocations_objections", len(to_answer), late)


def _of_people(gateway: Gateway, user: StaffUser) -> Iterable[Waiting]:
    mine = {"legal_entity_code": settings.HOME.legal_entity_code, "state": _WAITING}
    work = ManualWork.objects.filter(**mine).select_related("recorded_by")
    to_decide = [one for one in work if manual_work.may_decide(gateway, one) and not manual_work.is_party(gateway, one, user)]
    yield Waiting(Text("手工工作量", "Manual work"), "manual_work", len(to_decide))
    if _is_whole(gateway, Permission.SETTLEMENT_APPROVE):
        settled = Settlement.objects.filter(state=_WAITING).select_related("proposed_by")
        count = sum(not settlements.is_party(gateway, one, user) for one in settled)
        yield Waiting(Text("绩效结算", "Settlements"), "settlements", count)
    if _is_whole(gateway, Permission.PARAMETER_APPROVE):
        proposed = SchemeProposal.objects.filter(**mine).select_related("proposed_by")
        count = sum(not schemes.is_party(gateway, one, user) for one in proposed)
        yield Waiting(Text("考核方案", "Schemes"), "performance_scheme", count)


def _of_the_bank(gateway: Gateway, user: StaffUser) -> Iterable[Waiting]:
    uploads = SupplementUpload.objects.filter(state=_WAITING).defer("content").select_related("replaces", "uploaded_by")
    count = sum(supplements.may_decide(gateway, one) and not is_same_person(gateway, one.uploaded_by, user) for one in uploads)
    yield Waiting(Text("补录数据", "Supplements"), "supplements", count)
    if _is_whole(gateway, Permission.PARAMETER_APPROVE):
        of_others = {
            (Text("参数变更", "Parameters"), "parameters"): ParameterProposal.objects,
            (Text("服务策略", "Service strategies"), "strategies"): StrategyLine.objects.filter(
                legal_entity_code=settings.HOME.legal_entity_code
            ),
            (Text("模型启用", "Models"), "models"): ModelProposal.objects,
            (Text("模型公平性理由", "Reasons for unequal choice"), "models"): FairnessReason.objects,
        }
        for (title, page), proposals in of_others.items():
            waiting = proposals.filter(state=_WAITING).select_related("proposed_by")
            yield Waiting(title, page, sum(not is_same_person(gateway, one.proposed_by, user) for one in waiting))


def _of_customers(gateway: Gateway, user: StaffUser) -> Iterable[Waiting]:
    permission = Permission.CUSTOMER_EXPORT_APPROVE
    if not sees_customers(gateway):
        return
    tiers = in_sight(gateway).filter(state=_WAITING)
    count = sum(may_decide_tier(gateway, one) and not is_party_to_tier(gateway, one, user) for one in tiers)
    yield Waiting(Text("等级核定", "Tiers by hand"), "tiers", count)
    if not gateway.may(permission):
        return
    proposed = campaigns_in_sight(gateway, user, Campaign.objects.select_related("owner", "decided_by").filter(state=_WAITING))
    count = sum(covers_all(gateway, one, permission) and not is_same_person(gateway, one.owner, user) for one in proposed)
    yield Waiting(Text("营销活动", "Campaigns"), "campaigns", count)
    lists = CustomerExport.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, state=_WAITING).select_related("asked_by")
    count = sum(customer_exports.may_decide(gateway, one) and not is_same_person(gateway, one.asked_by, user) for one in lists)
    yield Waiting(Text("客户名单导出", "Lists of customers"), "customers_exports", count)


def _of_counties(gateway: Gateway, user: StaffUser) -> Iterable[Waiting]:
    mine = county_access.counties_of(gateway) if gateway.bank.home.is_union else frozenset[str]()
    if mine:
        today = timezone.localdate()
        asked = county_access.requests_of(gateway).filter(county_code__in=mine).exclude(asked_by=user)
        yield Waiting(Text("联社查看授权", "Union's requests to look in"), "county_access", sum(one.is_waiting(today) for one in asked))


def _is_whole(gateway: Gateway, permission: Permission) -> bool:
    return gateway.may(permission) and gateway.viewer.is_whole_entity(permission)
