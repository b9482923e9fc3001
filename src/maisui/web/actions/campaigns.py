"""Campaigns: proposed from a customer group, started by somebody else, contacts written for those who are approached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from maisui.answers import FIELDS, ConsentStanding, marketing_consents
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.contacts import write_contact
from maisui.web.campaigns.assignment import is_control
from maisui.web.campaigns.desk import campaigns_in_sight, covers_all, drawn_from, place_of_contact
from maisui.web.campaigns.models import Campaign, CampaignMember, Measure, State
from maisui.web.contacts.models import ContactKind
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_NOTE = 60, 200, 300
SHORTEST_REASON = 4
LOWEST_CONTROL, HIGHEST_CONTROL = 5, 50
LOWEST_SAMPLE, HIGHEST_SAMPLE = 5, 50_000
LONGEST_DAYS = 366
BATCH = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What a proposal says, as typed."""

    name: str
    purpose: str
    group: int
    product_group: str
    channel: str
    measure: str
    starts_on: date | None
    ends_on: date | None
    control_percent: int
    minimum_sample: int


def propose_campaign(gateway: Gateway, user: StaffUser, plan: Plan) -> Campaign:
    """Propose a campaign: its customers are found, those without consent to marketing left out, and the others assigned for good.

    Raises:
        NotAllowedError: when the viewer may not make lists of customers for others.
        NotVisibleError: when there is no such group for him.
        ActionRefusedError: for a plan that will not do, or when nobody may be approached.
        QuestionError: when the group's customers are too many.
    """
    with action(
        "campaign_propose", by=gateway.actor, permission=Permission.CUSTOMER_EXPORT, object_type="campaign", object_id="new"
    ) as details:
        drawn = drawn_from(gateway, user, plan.group)
        group = drawn.group
        fresh = gateway.freshness()
        if fresh is None:
            raise _refused(Text("还没有发布数据", "nothing is published yet"))
        first, last = _days(plan, fresh.reporting_date)
        name, purpose = _words(plan.name, 2, LONGEST_NAME), _words(plan.purpose, SHORTEST_REASON, LONGEST_PURPOSE)
        _choices(plan)
        chosen = drawn.consenting
        if not chosen:
            raise _refused(Text("该客户群中没有同意营销的客户", "nobody in this group has consented to marketing"))
        is_whole = gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
        campaign = Campaign.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            code=_next_code(),
            name=name,
            purpose=purpose,
            group_name=group.name,
            group_number=group.pk,
            group_state_number=group.state_number,
            product_group=plan.product_group,
            channel=plan.channel,
            measure=plan.measure,
            starts_on=first,
            ends_on=last,
            control_percent=plan.control_percent,
            minimum_sample=plan.minimum_sample,
            organisations=[] if is_whole else sorted(gateway.viewer.tops_of(Permission.CUSTOMER_VIEW)),
            data_day=fresh.reporting_date,
            group_count=len(drawn.standing),
            refused_count=drawn.count(ConsentStanding.REFUSED),
            unconsented_count=drawn.count(ConsentStanding.MISSING),
            owner=user,
        )
        members = [
            CampaignMember(
                campaign=campaign, customer_number=number, is_control=is_control(campaign.code, number, campaign.control_percent)
            )
            for number in chosen
        ]
        CampaignMember.objects.bulk_create(members, batch_size=BATCH)
        details.update(_facts(campaign) | {"control": sum(one.is_control for one in members)})
    return campaign


def decide_campaign(gateway: Gateway, user: StaffUser, number: int, *, is_approved: bool, note: str) -> None:
    """Start a proposed campaign, or reject it; never by who proposed it.

    Raises:
        NotAllowedError: when the viewer may not approve lists of customers.
        NotVisibleError: when there is no such campaign, or it reaches beyond his organisations.
        ActionRefusedError: when he proposed it, it does not wait, it is too late, or a rejection has no reason.
    """
    name = "campaign_start" if is_approved else "campaign_reject"
    with action(
        name, by=gateway.actor, permission=Permission.CUSTOMER_EXPORT_APPROVE, object_type="campaign", object_id=str(number)
    ) as details:
        campaign = _locked(gateway, user, number)
        if is_same_person(gateway, campaign.owner, user):
            raise _refused(Text("不能审批自己提出的活动", "nobody approves what he proposed himself"))
        if not covers_all(gateway, campaign, Permission.CUSTOMER_EXPORT_APPROVE):
            raise NotVisibleError("there is no such campaign", where="campaigns", next_step="go back to the list of campaigns")
        if campaign.state != State.WAITING:
            raise _refused(Text("该活动不在待审批状态", "the campaign does not wait for a decision"))
        if is_approved and campaign.ends_on < timezone.localdate():
            raise _refused(Text("活动期已过，请驳回", "its days are over: reject it"))
        campaign.decision_note = _words(note, 0 if is_approved else SHORTEST_REASON, LONGEST_NOTE)
        campaign.state = State.STARTED if is_approved else State.REJECTED
        campaign.decided_by, campaign.decided_at = user, timezone.now()
        campaign.save()
        details.update(_facts(campaign))


def withdraw_campaign(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Take back one's own proposal before it is decided.

    Raises:
        NotVisibleError: when there is no such campaign.
        ActionRefusedError: when it is not his, or decided already.
    """
    with action(
        "campaign_withdraw", by=gateway.actor, permission=Permission.CUSTOMER_EXPORT, object_type="campaign", object_id=str(number)
    ) as details:
        campaign = _locked(gateway, user, number)
        if campaign.owner.pk != user.pk or campaign.state != State.WAITING:
            raise _refused(Text("只能撤回本人待审批的活动", "only one's own campaign that waits is taken back"))
        campaign.state = State.WITHDRAWN
        campaign.save()
        details.update(_facts(campaign))


def stop_campaign(gateway: Gateway, user: StaffUser, number: int, *, reason: str) -> None:
    """Stop a started campaign at once: nobody is approached any more, and what came of it counts until today.

    Raises:
        NotAllowedError: when the viewer may not make lists of customers for others.
        NotVisibleError: when there is no such campaign.
        ActionRefusedError: when he neither proposed it nor may approve it, it does not run any more, or there is no reason.
    """
    with action(
        "campaign_stop", by=gateway.actor, permission=Permission.CUSTOMER_EXPORT, object_type="campaign", object_id=str(number)
    ) as details:
        campaign, today = _locked(gateway, user, number), timezone.localdate()
        if not may_stop(gateway, user, campaign):
            raise _refused(Text("只能停止本人提出或可审批的、未结束的活动", "one stops what one proposed or may approve while it runs"))
        campaign.why_stopped = _words(reason, SHORTEST_REASON, LONGEST_NOTE)
        campaign.stopped_on, campaign.stopped_by = today, user
        campaign.save()
        details.update(_facts(campaign))


def may_stop(gateway: Gateway, user: StaffUser, campaign: Campaign) -> bool:
    """Return whether the viewer may stop a campaign: who proposed it, and whoever may approve it, while it is not over."""
    is_open = campaign.hands_out and timezone.localdate() <= campaign.ends_on and gateway.may(Permission.CUSTOMER_EXPORT)
    approves = gateway.may(Permission.CUSTOMER_EXPORT_APPROVE) and covers_all(gateway, campaign, Permission.CUSTOMER_EXPORT_APPROVE)
    return is_open and (campaign.owner.pk == user.pk or approves)


def write_campaign_contact(
    gateway: Gateway, user: StaffUser, number: int, customer_number: str, *, happened_on: str, outcome: str, words: str
) -> None:
    """Write down a contact by the campaign's channel with a customer who is to be approached.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is no such campaign for him, or no such customer of it in his scope.
        ActionRefusedError: when the campaign does not run, the customer has withdrawn his consent, or the entry will not do.
    """
    campaign = place_of_contact(gateway, user, number, customer_number)
    today = timezone.localdate()
    if not campaign.hands_out or not campaign.starts_on <= today <= campaign.ends_on:
        raise _refused(Text("活动不在进行期内", "the campaign does not run today"))
    if not str(campaign.starts_on) <= happened_on <= str(today):
        raise _refused(Text("联系日期须在活动期内且不晚于今天", "the day lies within the campaign and not ahead"))
    with gateway.reader() as reader:
        standing = marketing_consents(reader, [customer_number])[customer_number]
    if standing is not ConsentStanding.GIVEN:
        raise _refused(Text("该客户已撤回或不再有营销同意，请勿联系", "the customer no longer consents to marketing: do not approach him"))
    write_contact(
        gateway, user, customer_number=customer_number, kind=campaign.channel, happened_on=happened_on, outcome=outcome, words=words
    )


def _days(plan: Plan, data_day: date) -> tuple[date, date]:
    first, last = plan.starts_on, plan.ends_on
    if first is None or last is None or last < first or (last - first).days > LONGEST_DAYS:
        raise _refused(Text("请填写起止日期（最长一年）", "state the first and the last day, a year apart at most"))
    if first <= data_day or last < timezone.localdate():
        raise _refused(
            Text(
                f"开始日须晚于数据日 {data_day}，结束日不早于今天",
                f"it begins after {data_day} and does not end before today",
            )
        )
    return first, last


def _choices(plan: Plan) -> None:
    if plan.product_group not in FIELDS["product"].words or plan.channel not in ContactKind.values or plan.measure not in Measure.values:
        raise _refused(Text("请选择产品、渠道和衡量指标", "choose product, channel and measure"))
    if not LOWEST_CONTROL <= plan.control_percent <= HIGHEST_CONTROL:
        raise _refused(
            Text(
                f"对照组比例为 {LOWEST_CONTROL}% 至 {HIGHEST_CONTROL}%",
                f"the control share is {LOWEST_CONTROL} to {HIGHEST_CONTROL} %",
            )
        )
    if not LOWEST_SAMPLE <= plan.minimum_sample <= HIGHEST_SAMPLE:
        raise _refused(
            Text(f"最小样本为 {LOWEST_SAMPLE} 至 {HIGHEST_SAMPLE} 户", f"the smallest sample is {LOWEST_SAMPLE} to {HIGHEST_SAMPLE}")
        )


def _words(words: str, shortest: int, longest: int) -> str:
    stated = " ".join(words.split())
    if not shortest <= len(stated) <= longest or not stated.isprintable():
        raise _refused(
            Text(f"名称、目的或意见须为 {shortest} 至 {longest} 字", f"name, purpose or note has {shortest} to {longest} characters")
        )
    return stated


def _next_code() -> str:
    """Return a code that no campaign of this bank bears: the day and a number."""
    stem = f"C{timezone.localdate():%Y%m%d}-"
    taken = Campaign.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, code__startswith=stem).count()
    return f"{stem}{taken + 1:02}"


def _locked(gateway: Gateway, user: StaffUser, number: int) -> Campaign:
    found = campaigns_in_sight(gateway, user, Campaign.objects.select_for_update(of=("self",)).filter(pk=number))
    if not found:
        raise NotVisibleError("there is no such campaign", where="campaigns", next_step="go back to the list of campaigns")
    return found[0]


def _facts(campaign: Campaign) -> dict[str, object]:
    return {
        "code": campaign.code,
        "group": campaign.group_number,
        "count": campaign.group_count - campaign.refused_count - campaign.unconsented_count,
        "refused": campaign.refused_count,
        "unconsented": campaign.unconsented_count,
    }


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="campaigns", next_step="correct it and try again")
