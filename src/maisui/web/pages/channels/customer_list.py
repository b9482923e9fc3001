"""The page of a list of customers by channel, masked, and what is done with them at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maisui.answers import ChannelList, ChannelListQuery
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.gateway import Gateway
from maisui.web.pages.customer_groups.templates_of_rules import TEMPLATES, builder_address
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context, is_whole_export, refused_whole_export
from maisui.web.pages.customers.consent import consents_said
from maisui.web.pages.overview.state import State
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

COUNTER_GROUP = "counter_only"
_SAID: dict[ChannelList, tuple[Text, Text, Text]] = {
    ChannelList.COUNTER: (
        Text("可引导离柜的柜面客户", "Counter customers who could move"),
        Text(
            "个人客户，近三个月没有比柜面更常用的渠道（与别的渠道笔数相同的也算），且没有用过手机银行和网上银行；柜面笔数多的在前。",
            "Persons who used no channel more often than the counter in the last three months (as often counts) and neither mobile nor "
            "internet bank; most visits first.",
        ),
        Text("柜面笔数", "At the counter"),
    ),
    ChannelList.ELSEWHERE: (
        Text("主要在他行机具用卡的客户", "Customers who mostly use others' machines"),
        Text(
            "近三个月在 ATM、VTM、POS 上的成功动账中，他行机具上的笔数超过一半；由渠道流水得出，次数多的在前。",
            "Of the successful uses at cash machines and points of sale in the last three months more than half were at other banks'; "
            "from the channel log, most uses first.",
        ),
        Text("他行机具笔数", "At others' machines"),
    ),
}


def list_page(request: HttpRequest, kind: ChannelList, back: str) -> HttpResponse:
    """Return one page of the list of `kind`; `back` is the name of the page it belongs to."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "channels/customers.html", {"is_empty": True})
    state = State.of(request.GET)
    listed = gateway.channels.listed(_query(kind, state))
    title, rule, uses = _SAID[kind]
    names = {node.code: node.name for node in gateway.organisations()}
    said = consents_said(gateway, [customer_of(row.reference) for row in listed.rows])
    rule_of_group = next(rule for code, _, rule in TEMPLATES if code == COUNTER_GROUP)
    return render(
        request,
        "channels/customers.html",
        {
            "title": title,
            "rule": rule,
            "uses": uses,
            "found": listed.found,
            "rows": [(row, said[customer_of(row.reference)]) for row in listed.rows],
            "slice": Slice((), listed.found.page, listed.pages, listed.found.total_count),
            "organisation_name": names.get(state.organisation or "", ""),
            "back": back,
            "back_words": State(organisation=state.organisation).query(),
            "group_address": builder_address(rule_of_group, None) if kind is ChannelList.COUNTER else "",
            "is_elsewhere": kind is ChannelList.ELSEWHERE,
            "chosen_address": f"{reverse(f'{back}_chosen')}?{State(organisation=state.organisation).query()}",
            **chosen_context(gateway),
        },
    )


def list_acted(request: HttpRequest, kind: ChannelList, back: str) -> HttpResponse:
    """Do something with the customers ticked in the list of `kind`, or with all of them; a whole list is taken out as a group."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    address = f"{reverse(f'{back}_customers')}?{State(organisation=state.organisation).query()}"
    if is_whole_export(request):
        return refused_whole_export(request, address)

    def whole(permission: Permission, most: int) -> tuple[str, ...]:
        return gateway.channels.numbers(_query(kind, state), most, permission)

    return acted(request, ChosenFrom(f"{back} {kind}", address, state.organisation, whole, address))


def _query(kind: ChannelList, state: State) -> ChannelListQuery:
    return ChannelListQuery(kind, None if state.organisation is None else (state.organisation,), state.page)
