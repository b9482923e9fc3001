"""What the users of an example bank did last: the desks of a bank at work, written by the same actions as in the browser.

A bank in which nobody has written a word shows empty lists where people work most. Nothing here counts in a figure before the
people of the bank decide it: what needs a second person waits for him.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers import CaseQuery, rule_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.bulk_tasks import write_tasks
from maisui.web.actions.campaigns import Plan, decide_campaign, propose_campaign, write_campaign_contact
from maisui.web.actions.cases import close_case, snooze_case, take_case
from maisui.web.actions.contacts import end_task, write_contact, write_fact, write_task
from maisui.web.actions.follows import follow_customer, follow_group
from maisui.web.actions.groups import save_group, share_group
from maisui.web.actions.judgements import propose_judgement
from maisui.web.actions.manual_work import record_work
from maisui.web.actions.needs import answer_need, close_need, record_need, take_need
from maisui.web.actions.notes import write_note
from maisui.web.actions.promises import write_promise
from maisui.web.actions.settlements import propose_settlement
from maisui.web.actions.subscriptions import subscribe_page
from maisui.web.actions.tickets import raise_ticket
from maisui.web.actions.tiers import propose_tier
from maisui.web.audit.models import AuditRecord
from maisui.web.campaigns.models import Campaign
from maisui.web.contacts.models import CustomerContact
from maisui.web.exports.models import Form, Rhythm
from maisui.web.gateway import Gateway
from maisui.web.groups.models import CustomerGroup
from maisui.web.staff.models import StaffUser
from maisui.web.staff.viewer import viewer_of

_SPARE = 40
_LEAVING = "静默流失客户"


@dataclass(frozen=True)
class _Person:
    """One user of the example bank at work."""

    user: StaffUser
    gateway: Gateway

    def customers(self, *conditions: dict[str, Any]) -> Sequence[str]:
        """Return the numbers of some customers in his scope that meet all conditions, in their order."""
        groups = self.gateway.groups(self.user)
        return groups.numbers(groups.selection_of(rule_of(_rule(*conditions))))[:_SPARE]


@dataclass(frozen=True)
class _Known:
    """Whom a manager looks after: customers by what is known of them, each asked for once."""

    attention: Sequence[str]
    promising: Sequence[str]
    leaving: Sequence[str]
    late: Sequence[str]

    @classmethod
    def to(cls, person: _Person) -> _Known:
        """Ask for those in the scope of a person."""
        of = person.customers
        return cls(of(_label("attention")), of(_label("potential_quality")), of(_label("silently_leaving")), of(_IN_ARREARS))


def create_demo_deeds() -> int:
    """Let the users of the example bank work once, and return how many records the audit log gained; a desk in use is left alone."""
    if settings.HOME.is_union or CustomerGroup.objects.exists() or CustomerContact.objects.exists():
        return 0
    before = AuditRecord.objects.count()
    analyst, president, manager = (_person(role) for role in ("department-analyst", "bank-president", "customer-manager"))
    if analyst is None or president is None or manager is None:
        return 0
    campaign = _groups_and_campaign(analyst, president)
    _days_of(manager, campaign)
    _notes_and_settlement(analyst, president)
    return AuditRecord.objects.count() - before


def _person(username: str) -> _Person | None:
    user = StaffUser.objects.filter(username=username).first()
    if user is None:
        return None
    return _Person(user, Gateway(settings.BANK, viewer_of(user, settings.HOME.legal_entity_code), address="local"))


def _rule(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "r", "join": "all", "of": [{"id": f"c{place}", **condition} for place, condition in enumerate(conditions, 1)]}


def _label(code: str) -> dict[str, Any]:
    return {"field": "label", "is": "is", "value": code}


_ABLE_FARMERS = (
    {"field": "is_farmer", "is": "yes"},
    {"field": "loan_balance", "is": "at_most", "value": "0"},
    {"field": "inflow_amount", "is": "at_least", "value": "20000"},
)
_IN_ARREARS = {"field": "overdue_balance", "is": "at_least", "value": "1"}


def _groups_and_campaign(analyst: _Person, president: _Person) -> Campaign | None:
    """Keep three groups shared with everybody, and bring a campaign from one of them under way."""
    made: dict[str, CustomerGroup] = {}
    for name, purpose, conditions in (
        ("有实力、未用信的农户", "秋收后首贷营销的目标客户", _ABLE_FARMERS),
        (_LEAVING, "本季度逐户回访", (_label("silently_leaving"),)),
        ("潜在优质客户", "理财经理跟进名单", (_label("potential_quality"),)),
    ):
        group = save_group(analyst.gateway, analyst.user, number=None, name=name, purpose=purpose, rule=_rule(*conditions))
        share_group(analyst.gateway, analyst.user, group.pk, is_shared=True, role="", organisation="")
        made[name] = group
    fresh = analyst.gateway.freshness()
    if fresh is None or not analyst.customers(_label("potential_quality")):
        return None
    today = timezone.localdate()
    plan = Plan(
        name="冬季定期存款营销",
        purpose="向潜在优质客户介绍定期存款，比较活动组与对照组的资产变化",
        group=made["潜在优质客户"].pk,
        product_group="term_deposit",
        channel="telephone",
        measure="asset_average_change",
        starts_on=max(fresh.reporting_date + timedelta(days=1), today - timedelta(days=14)),
        ends_on=max(fresh.reporting_date, today) + timedelta(days=60),
        control_percent=30,
        minimum_sample=20,
    )
    campaign = propose_campaign(analyst.gateway, analyst.user, plan)
    decide_campaign(president.gateway, president.user, campaign.pk, is_approved=True, note="同意，先从潜在优质客户开始")
    return campaign


def _days_of(manager: _Person, campaign: Campaign | None) -> None:
    """Let the customer manager live his last weeks: cases, visits, tasks, needs, a promise, a judgement and work of his own."""
    today, known = timezone.localdate(), _Known.to(manager)
    _cases(manager, today)
    _contacts_and_facts(manager, known, today)
    _tasks(manager, known, today)
    _needs(manager)
    _follow_and_judge(manager, known, today)
    _tier(manager, known)
    if manager.user.employee_number:
        for kind, quantity, words in _WORK:
            record_work(manager.gateway, manager.user, kind=kind, worked_on=today - timedelta(days=3), quantity=quantity, words=words)
    if campaign is not None:
        _campaign_contacts(manager, campaign, known, today)


def _contacts_and_facts(manager: _Person, known: _Known, today: date) -> None:
    """Write of visits and calls, of what was learnt there, of a promise to pay, and of a telephone number that is wrong."""
    gateway, user = manager.gateway, manager.user
    for place, (number, (kind, outcome, words)) in enumerate(zip(known.attention, _CONTACTS, strict=False)):
        day = today - timedelta(days=2 + 3 * place)
        write_contact(gateway, user, customer_number=number, kind=kind, happened_on=f"{day}", outcome=outcome, words=words)
    since = f"{today - timedelta(days=20)}"
    for number, (kind, words, source) in zip(known.promising, _FACTS, strict=False):
        write_fact(gateway, user, customer_number=number, kind=kind, words=words, source=source, valid_from=since, valid_until="")
    for number in known.late[:1]:
        due, words = f"{today + timedelta(days=10)}", "卖完玉米先还两千元，余款月底前还清"
        write_promise(gateway, user, customer_number=number, amount="2000.00", promised_on=due, words=words)
    for number in known.promising[:1]:
        wrong = "客户已更换手机号码，原号码停机"
        raise_ticket(gateway, user, customer_number=number, field_code="phone", what_is_wrong=wrong, proposed_value="")


def _tasks(manager: _Person, known: _Known, today: date) -> None:
    """Write down what is to be done, one thing of it done already, and one for a whole list."""
    gateway, user = manager.gateway, manager.user
    for number, (what, days, is_done) in zip(known.promising, _TASKS, strict=False):
        task = write_task(gateway, user, customer_number=number, what=what, due_on=f"{today + timedelta(days=days)}")
        if is_done:
            end_task(gateway, user, customer_number=number, task=task.pk, state="done")
    if known.leaving:
        write_tasks(gateway, user, known.leaving, what="电话回访，了解资金去向", due_on=f"{today + timedelta(days=7)}", of="group")


def _follow_and_judge(manager: _Person, known: _Known, today: date) -> None:
    """Follow two customers and a group, and raise the warning of a customer whom the manager knows better than rule or model."""
    gateway, user = manager.gateway, manager.user
    for number in known.promising[:2]:
        follow_customer(gateway, user, number)
    for group in CustomerGroup.objects.filter(name=_LEAVING):
        follow_group(gateway, user, group.pk)
    for number, (model, reason) in product(known.attention, _JUDGED):
        if gateway.scores.said_of(model, number) is not None:
            last = today + timedelta(days=90)
            propose_judgement(gateway, user, model=model, customer_number=number, is_lowering=False, reason=reason, ends_on=last)
            return


def _tier(manager: _Person, known: _Known) -> None:
    """Propose a tier by hand for a customer who could be of quality; it waits for the branch manager."""
    fresh = manager.gateway.freshness()
    if fresh is None:
        return
    typed = {"kind": "set", "tier": "gold", "valid_until": f"{fresh.reporting_date + timedelta(days=180)}"}
    for number in known.promising[2:3]:
        with suppress(ActionRefusedError):  # a customer of the manager's own name is not for him
            propose_tier(manager.gateway, manager.user, number, typed | {"reason": "合作社负责人，他行存款已看凭证，承诺年内转入"})


def _campaign_contacts(manager: _Person, campaign: Campaign, known: _Known, today: date) -> None:
    """Call some of the manager's customers of the campaign's treated side."""
    treated = set(campaign.members.filter(is_control=False).values_list("customer_number", flat=True))
    mine = [number for number in known.promising if number in treated]
    for number, outcome in zip(mine, ("interested", "agreed", "not_reached", "declined"), strict=False):
        write_campaign_contact(manager.gateway, manager.user, campaign.pk, number, happened_on=f"{today}", outcome=outcome, words="")


def _cases(manager: _Person, today: date) -> None:
    """Take the first cases of his sight, put one off and close another."""
    desk = manager.gateway.cases
    rows = [row.case for row in desk.listed(CaseQuery(desk.sight, size=_SPARE)).rows if row.case.customer_number][:5]
    for place, case in enumerate(rows):
        take_case(manager.gateway, manager.user, case.code)
        if place == 1:
            snooze_case(manager.gateway, manager.user, case.code, until=today + timedelta(days=5), words="客户外出务工，约好下周一见面")
        elif place == 2:  # noqa: PLR2004 - the third
            close_case(manager.gateway, manager.user, case.code, outcome="confirmed", words="已上门核实，签订还款计划")


def _needs(manager: _Person) -> None:
    """Record what customers asked for, in every state of an answer."""
    gateway, user = manager.gateway, manager.user
    everybody = manager.customers({"field": "asset_average_balance", "is": "at_least", "value": "1000"})
    for number, (kind, came_by, words, stake, steps) in zip(everybody, _NEEDS, strict=False):
        need = record_need(gateway, user, customer_number=number, kind=kind, came_by=came_by, words=words, at_stake=stake)
        for place, said in enumerate(steps):
            if place == 0:
                take_need(gateway, user, need.pk)
            elif place == 1:
                answer_need(gateway, user, need.pk, words=said)
            else:
                close_need(gateway, user, need.pk, outcome="settled", words=said)


def _notes_and_settlement(analyst: _Person, president: _Person) -> None:
    """Note what moved a figure, and propose the settlement of the last quarter, which waits for the president."""
    fresh = president.gateway.freshness()
    top = next((node for node in president.gateway.organisations() if node.depth == 0), None)
    if fresh is None or top is None:
        return
    words = "国庆后商户回款集中到账，活期增加较多"
    write_note(president.gateway, president.user, organisation=top.code, metric="deposit_balance", day=fresh.reporting_date, words=words)
    subscribe_page(president.gateway, president.user, page="overview", query="", name="经营概览月报", rhythm=Rhythm.MONTHLY, form=Form.PDF)
    last = fresh.reporting_date + timedelta(days=1)
    quarter_end = date(last.year, 3 * ((last.month - 1) // 3) + 1, 1) - timedelta(days=1)
    if quarter_end >= fresh.first_date:
        propose_settlement(analyst.gateway, analyst.user, period="quarter", last_day=quarter_end, reason="上季度绩效结算，请审批")


_JUDGED = (("credit", "主要下游停工，回款推迟，走访时存货积压"), ("churn", "子女在省城购房，客户计划年内把存款转去付首付"))
_WORK = (("visit", "6", "整村授信走访"), ("training", "2", "反诈与新核心培训"))
_CONTACTS = (
    ("visit", "agreed", "上门走访，答应月底归行"),
    ("telephone", "not_reached", "两次未接，改日再打"),
    ("telephone", "interested", "对大额存单感兴趣，要利率表"),
    ("counter", "informed", "来网点办业务，说明了到期日"),
    ("visit", "declined", "资金已用于建房，暂不考虑"),
    ("message", "informed", "发送到期提醒"),
    ("telephone", "agreed", "约定周五来签续贷"),
    ("visit", "interested", "想扩大养殖规模，需要流动资金"),
)
_FACTS = (
    ("family", "儿子在省城上大学，每年九月交学费", "customer"),
    ("business", "自有大棚六个，冬季种草莓，春节前后回款", "visit"),
    ("preference", "习惯下午联系，喜欢到柜面办理", "customer"),
    ("assets", "县城有商铺一间出租", "visit"),
)
_TASKS = (
    ("带理财产品说明书上门", 0, False),
    ("回访定期存款意向", 2, False),
    ("协助开通手机银行", 5, False),
    ("补齐客户职业信息", -1, False),
    ("送春联并了解备耕资金需求", 12, False),
    ("核对联系电话", -6, True),
)
_NEEDS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("complaint", "hotline", "自助机吞卡后等待时间太长", "", ("", "已致歉并当日取回卡片", "客户表示满意")),
    ("need", "counter", "想把三张到期存单合并成一张", "120000", ("", "已说明可合并及利率")),
    ("opportunity", "visit", "准备新建冷库，问设备贷款", "300000", ("",)),
    ("need", "telephone", "代发工资日提前两天到账", "", ()),
    ("complaint", "counter", "短信通知收费没有提前告知", "36", ("",)),
    ("opportunity", "visit", "收粮季需要收款码和周转贷款", "150000", ()),
)
