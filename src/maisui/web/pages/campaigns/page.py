"""Campaigns: the list with the form for a new one, one campaign with its arms and result, and the customers to approach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import FIELDS, Unit, smallest_difference_seen
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions import campaigns as actions
from maisui.web.actions.action import ActionRefusedError
from maisui.web.campaigns.desk import (
    FEWEST,
    arms_of,
    campaigns_in_sight,
    covers_all,
    drawn_from,
    expected_sample,
    one_campaign,
    result_of,
    worklist_of,
)
from maisui.web.campaigns.models import Campaign, Measure, State
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.campaigns.state import CampaignState, stage_of
from maisui.web.pages.campaigns.words import MEASURES, OFFERED, STATES
from maisui.web.pages.customers.words import CONTACT_KINDS, CONTACT_OUTCOMES
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

ROWS = 50
SUGGESTED_CONTROL, SUGGESTED_SAMPLE = 20, 100
_LONGEST_NUMBER = 8


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the campaigns of the viewer's organisations, and the form for a new one."""
    return render(request, "campaigns/page.html", _listed(request))


@needs(Permission.CUSTOMER_EXPORT)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a campaign and show it."""
    given = request.POST
    plan = actions.Plan(
        name=given.get("name", ""),
        purpose=given.get("purpose", ""),
        group=_whole(given.get("group", "")),
        product_group=given.get("product", ""),
        channel=given.get("channel", ""),
        measure=given.get("measure", ""),
        starts_on=_day(given.get("starts_on", "")),
        ends_on=_day(given.get("ends_on", "")),
        control_percent=_whole(given.get("control", "")),
        minimum_sample=_whole(given.get("sample", "")),
    )
    try:
        campaign = actions.propose_campaign(_gateway(request), _user(request), plan)
    except ActionRefusedError as error:
        return render(request, "campaigns/page.html", _listed(request) | {"fault": error.reason, "typed": given}, status=409)
    return redirect("campaigns_one", number=campaign.pk)


@needs(Permission.CUSTOMER_EXPORT)
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Say how large the arms of a campaign that is being filled in would be, before anything is submitted."""
    given = request.GET
    percent, smallest = _whole(given.get("control", "")), _whole(given.get("sample", ""))
    is_asked = actions.LOWEST_CONTROL <= percent <= actions.HIGHEST_CONTROL and smallest >= 1
    found = None
    if is_asked:
        drawn = attempt(lambda: drawn_from(_gateway(request), _user(request), _whole(given.get("group", "")))).value
        found = expected_sample(drawn, percent, smallest) if drawn is not None else None
    is_share = given.get("measure", "") != Measure.ASSET_AVERAGE_CHANGE
    context = {
        "expected": found,
        "percent": percent,
        "is_asked": is_asked,
        "limits": {"low": actions.LOWEST_CONTROL, "high": actions.HIGHEST_CONTROL, "fewest": actions.LOWEST_SAMPLE},
        "seen": smallest_difference_seen(found.treated, found.control) if found and is_share else None,
        "share_unit": Unit.SHARE,
    }
    return render(request, "campaigns/_sample.html", context)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one campaign: what was proposed, its arms, what came of it, and whom to approach."""
    gateway = _gateway(request)
    campaign = one_campaign(gateway, _user(request), number)
    arms, is_mine, is_covered = arms_of(campaign), campaign.owner.pk == _user(request).pk, covers_all(gateway, campaign)
    today = timezone.localdate()
    is_started = campaign.state == State.STARTED
    context: dict[str, Any] = {
        "campaign": campaign,
        "stage": STATES[stage_of(campaign, today)],
        "arms": arms if is_covered else None,
        "is_enough": min(arms.treated, arms.control) >= max(campaign.minimum_sample, FEWEST),
        "seen": smallest_difference_seen(arms.treated, arms.control) if campaign.measure != Measure.ASSET_AVERAGE_CHANGE else None,
        "assigned": arms.treated + arms.control,
        "product": Text(*FIELDS["product"].words[campaign.product_group]),
        "channel": CONTACT_KINDS[campaign.channel],
        "measure": MEASURES[campaign.measure],
        "unit": Unit.YUAN if campaign.measure == Measure.ASSET_AVERAGE_CHANGE else Unit.SHARE,
        "share_unit": Unit.SHARE,
        "fewest": FEWEST,
        "may_decide": not is_same_person(gateway, campaign.owner, _user(request))
        and campaign.state == State.WAITING
        and gateway.may(Permission.CUSTOMER_EXPORT_APPROVE)
        and covers_all(gateway, campaign, Permission.CUSTOMER_EXPORT_APPROVE),
        "may_withdraw": is_mine and campaign.state == State.WAITING,
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        "may_record": gateway.may(Permission.CUSTOMER_RECORD) and campaign.hands_out and campaign.starts_on <= today <= campaign.ends_on,
        "may_stop": actions.may_stop(gateway, _user(request), campaign),
        "longest_note": actions.LONGEST_NOTE,
        "result": attempt(lambda: result_of(gateway, campaign)) if is_started and is_covered else None,
        "today": today,
        "outcomes": CONTACT_OUTCOMES.items(),
    }
    if campaign.hands_out:
        asked = request.GET.get("page", "")
        found = worklist_of(gateway, campaign, page=_whole(asked) or 1, size=ROWS)
        context["rows"] = [(row, value_word(row.tier_code), CONTACT_OUTCOMES.get(row.outcome)) for row in found.rows]
        context["slice"] = Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count)
    return render(request, "campaigns/one.html", context)


@needs(Permission.CUSTOMER_EXPORT_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Start somebody else's campaign, or reject it."""
    is_approved = request.POST.get("decision") == "approve"
    note = request.POST.get("note", "")
    return _done(request, number, lambda gateway, user: actions.decide_campaign(gateway, user, number, is_approved=is_approved, note=note))


@needs(Permission.CUSTOMER_EXPORT)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own proposal."""
    return _done(request, number, lambda gateway, user: actions.withdraw_campaign(gateway, user, number))


@needs(Permission.CUSTOMER_EXPORT)
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a campaign that was started."""
    reason = request.POST.get("reason", "")
    return _done(request, number, lambda gateway, user: actions.stop_campaign(gateway, user, number, reason=reason))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def contact(request: HttpRequest, number: int, reference: str) -> HttpResponse:
    """Write down a contact with a customer of the campaign."""
    given = request.POST
    customer = customer_of(reference)
    return _done(
        request,
        number,
        lambda gateway, user: actions.write_campaign_contact(
            gateway,
            user,
            number,
            customer,
            happened_on=given.get("happened_on", ""),
            outcome=given.get("outcome", ""),
            words=given.get("words", ""),
        ),
    )


def _listed(request: HttpRequest) -> dict[str, Any]:
    gateway, user = _gateway(request), _user(request)
    fresh = gateway.freshness()
    if fresh is None:
        return {"is_empty": True}
    today, state = timezone.localdate(), CampaignState.of(request.GET)
    may_propose = gateway.may(Permission.CUSTOMER_EXPORT)
    return {
        "rows": [
            (
                one,
                STATES[stage_of(one, today)],
                Text(*FIELDS["product"].words[one.product_group]),
                CONTACT_KINDS[one.channel],
                _assigned(one),
            )
            for one in state.narrowed(campaigns_in_sight(gateway, user), user, today)
        ],
        "list_state": state,
        "stages": [(code, name) for code, name in STATES.items() if code != State.STARTED],
        "may_propose": may_propose,
        "groups": gateway.groups(user).visible() if may_propose else [],
        "chosen": {"group": request.GET.get("group", ""), "product": request.GET.get("product", "")},
        "products": [(line, [(code, Text(*FIELDS["product"].words[code])) for code in codes]) for line, codes in OFFERED],
        "channels": CONTACT_KINDS.items(),
        "measures": MEASURES.items(),
        "today": today,
        "earliest": fresh.reporting_date + timedelta(days=1),
        "suggested": {"control": SUGGESTED_CONTROL, "sample": SUGGESTED_SAMPLE},
        "limits": {
            "low": actions.LOWEST_CONTROL,
            "high": actions.HIGHEST_CONTROL,
            "fewest": actions.LOWEST_SAMPLE,
            "most": actions.HIGHEST_SAMPLE,
            "name": actions.LONGEST_NAME,
            "purpose": actions.LONGEST_PURPOSE,
        },
    }


def _assigned(campaign: Campaign) -> int:
    return campaign.group_count - campaign.refused_count - campaign.unconsented_count


def _done(request: HttpRequest, number: int, act: Callable[[Gateway, StaffUser], None]) -> HttpResponse:
    try:
        act(_gateway(request), _user(request))
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    else:
        messages.success(request, str(Text("已记录", "Recorded")))
    page = request.GET.get("page", "")
    return redirect(reverse("campaigns_one", args=[number]) + (f"?page={_whole(page)}" if _whole(page) else ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
