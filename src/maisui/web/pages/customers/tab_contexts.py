"""What the templates of a customer's tabs need beside what was read: words, scales, addresses, drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from django.utils import timezone

from maisui.answers import Unit
from maisui.answers.customer_changes import DAYS_AHEAD
from maisui.answers.customer_holdings import CustomerMonthEnd
from maisui.answers.customer_timeline import MOST_EVENTS
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions.contacts import LONGEST_TASK
from maisui.web.actions.contacts import LONGEST_WORDS as LONGEST_ENTRY
from maisui.web.components.figures import largest_of, scale_of, short
from maisui.web.contacts.promises import JudgedPromise, promises_of
from maisui.web.contacts.written import looks_at, written_of
from maisui.web.customers.shown import ShownCustomer
from maisui.web.customers.tabs import Tab
from maisui.web.gateway import Gateway
from maisui.web.needs.desk import of_customer
from maisui.web.pages.customers.one_state import OneState
from maisui.web.pages.customers.value import value_context, worth_context
from maisui.web.pages.customers.words import (
    CHARACTERISTICS,
    CONFIDENCES,
    CONTACT_KINDS,
    CONTACT_OUTCOMES,
    EVENTS,
    FACT_KINDS,
    FACT_SOURCES,
    GUARANTEES,
    LOAN_STATES,
    PROMISE_STATES,
    TASK_STATES,
    class_word,
    content_word,
    relation_word,
    rule_of,
)
from maisui.web.pages.merges.words import certificate_word, evidence_word
from maisui.web.pages.needs.words import need_choices, need_rows, state_words
from maisui.web.pages.next_products.of_customer import offers_context
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.pages.strategies.of_customer import strategy_of_customer
from maisui.web.pages.words_of_staff import ACTIONS, RESULTS
from maisui.web.text import Text, choose, known_word

_CHANGE_KINDS: dict[str, Text] = {
    "deposit": Text("存款", "Deposits"),
    "loan": Text("贷款", "Loans"),
    "asset": Text("代理与理财", "Agency and wealth"),
    "contribution": Text("贡献", "Contribution"),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """One customer's page as it is opened: by whom, on whom, at which tab."""

    gateway: Gateway
    customer: ShownCustomer
    state: OneState


def context_of_tab(gateway: Gateway, customer: ShownCustomer, state: OneState) -> dict[str, Any]:
    """Return what the template of the state's tab needs."""
    return _CONTEXTS[state.tab](Opened(gateway, customer, state))


def _overview(page: Opened) -> dict[str, Any]:
    found = page.customer.content
    lines = [
        (_CHANGE_KINDS[line.kind], None if line.kind == "contribution" else value_word(line.code), line, line.change > 0)
        for line in found.changes.lines
    ]
    return {
        "strategy": strategy_of_customer(page.gateway, customer_of(page.customer.reference)),
        "changes": found.changes,
        "change_lines": lines,
        "days_ahead": DAYS_AHEAD,
        "characteristics": [(CHARACTERISTICS[one.characteristic_code], one) for one in found.characteristics],
        "characteristics_query": page.state.of_tab(Tab.CHARACTERISTICS),
        "numbers": [(other, certificate_word(other.merge.certificate_group)) for other in found.other_numbers],
        "numbers_elsewhere": found.numbers_elsewhere,
        "household": [(member, evidence_word(member.evidence)) for member in found.household],
        "household_elsewhere": found.household_elsewhere,
        "trend": _trend(
            found.months, "deposit_balance", "loan_balance", (Text("存款", "Deposits"), Text("贷款", "Loans")),
        ),
    }  # fmt: skip


def _holdings(page: Opened) -> dict[str, Any]:
    found = page.customer.content
    groups = [(value_word(group.product_line), value_word(group.product_group), group) for group in found.holdings.groups]
    last = found.months[-1]
    return {
        "groups": groups,
        "products": [(value_word(product.product_group), product) for product in found.holdings.products],
        "accounts": [(account, value_word(account.product_group)) for account in found.holdings.accounts],
        "account_count": found.holdings.account_count,
        "offered": offers_context(found.offers),
        "last": last,
        "trend": _trend(
            found.months, "asset_balance", "deposit_balance", (Text("金融资产", "Assets"), Text("存款", "Deposits")),
        ),
    }  # fmt: skip


def _transactions(page: Opened) -> dict[str, Any]:
    content = page.customer.content
    found = content.found
    pages = max(1, -(-found.total_count // found.query.size))
    return {
        "found": found,
        "rows": [(row, content_word(row.transaction_type), value_word(row.channel_code)) for row in found.rows],
        "slice": Slice((), found.page, pages, found.total_count),
        "previous_query": page.state.query(at=found.page - 1) if found.page > 1 else None,
        "next_query": page.state.query(at=found.page + 1) if found.page < pages else None,
        "accounts": [(reference, masked, reference == page.state.account) for reference, masked in content.accounts],
        "channels": [(code, value_word(code), code == page.state.channel) for code in found.channels],
        "contents": [(code, content_word(code), code == page.state.content) for code in found.types],
        "ways": [
            (code, name, code == page.state.way)
            for code, name in (("", Text("收付", "both")), ("in", Text("转入", "in")), ("out", Text("转出", "out")))
        ],
        "clear_query": page.state.of_tab(Tab.TRANSACTIONS),
        "hidden_fields": parse_qsl(page.state.listed.query()),
    }


def _characteristics(page: Opened) -> dict[str, Any]:
    content = page.customer.content
    return {
        "lines": [
            (
                CHARACTERISTICS[one.characteristic_code],
                CONFIDENCES[one.confidence_code],
                one,
                rule_of(one.characteristic_code, content.thresholds),
            )
            for one in content.found
        ],
        "others": [
            (name, rule_of(code, content.thresholds))
            for code, name in CHARACTERISTICS.items()
            if code not in {one.characteristic_code for one in content.found}
        ],
        "window_months": content.thresholds.get("window_months", "—"),
    }


def _value(page: Opened) -> dict[str, Any]:
    loyalty = page.customer.content.loyalty
    years = (page.customer.day - loyalty.joined_on).days / 365.25 if loyalty.joined_on else None
    months = page.customer.content.value.months if page.customer.content.value else ()
    return {
        "value": value_context(page.customer.content.value),
        "worth": worth_context(page.customer.content.worth),
        "loyalty": loyalty,
        "income": CHARACTERISTICS[loyalty.income_code] if loyalty.income_code else None,
        "tenure_years": Decimal(int(years * 10)) / 10 if years is not None else None,
        "trend": month_lines(
            [month.day for month in months],
            [month.contribution_amount for month in months],
            [month.economic_value_added_amount for month in months],
            (Text("贡献", "Contribution"), Text("经济增加值", "EVA")),
        ),
    }


def _channels(page: Opened) -> dict[str, Any]:
    found = page.customer.content
    total = sum(found.of_channel(channel) for channel in found.channels)
    year = found.months[-12:]
    half = len(year) // 2

    def share(channel: str, months: Sequence[Any]) -> Decimal | None:
        whole = sum(found.of_month(month) for month in months)
        return Decimal(sum(found.counts.get((channel, month), 0) for month in months)) / whole if whole else None

    def moved(channel: str) -> Decimal | None:
        first, last = share(channel, year[:half]), share(channel, year[half:])
        return None if first is None or last is None else (last - first) * 100

    return {
        "months": found.months,
        "total": total,
        "lines": [
            (
                value_word(channel),
                found.of_channel(channel),
                share(channel, found.months),
                moved(channel),
                [found.counts.get((channel, month)) for month in found.months],
            )
            for channel in found.channels
        ],
        "totals": [found.of_month(month) for month in found.months],
    }


def _risk(page: Opened) -> dict[str, Any]:
    risk = page.customer.content.risk
    return {
        "loans": [
            (one, class_word(one.loan_class), known_word(LOAN_STATES, one.loan_status), _late(one.overdue_since, page.customer))
            for one in risk.loans
        ],
        "loan_total": sum((one.balance for one in risk.loans), Decimal("0.00")),
        "instalments": [(one, one.days_late(page.customer.day) if one.due_on <= page.customer.day else None) for one in risk.instalments],
        "changes": [(one, class_word(one.previous_class), class_word(one.loan_class)) for one in risk.changes],
        "guarantees": [
            (one, party, GUARANTEES.get(one.guarantee_type, value_word(one.guarantee_type)))
            for one, party in page.customer.content.guarantees
        ],
        "given": sum((one.amount or 0 for one, _ in page.customer.content.guarantees if one.is_given), Decimal("0.00")),
        "received": sum((one.amount or 0 for one, _ in page.customer.content.guarantees if not one.is_given), Decimal("0.00")),
        "groups": risk.groups,
    }


def _late(since: Any, customer: ShownCustomer) -> int | None:
    return (customer.day - since).days if since else None


def _relations(page: Opened) -> dict[str, Any]:
    content = page.customer.content
    lines = [(relation_word(one.relation.kind), _detail(one.relation.detail), one) for one in content.relations]
    drawn: dict[str, tuple[str, list[str]]] = {}
    for kind, _, one in lines:
        drawn.setdefault(one.party.reference, (one.party.customer_name or one.party.customer_number, []))[1].append(str(kind))
    return {
        "lines": lines,
        "elsewhere": content.elsewhere,
        "path_steps": [(relation_word(one.relation.kind), one) for one in content.path] if content.path is not None else None,
        "path_to": content.path_to,
        "is_path_asked": content.is_path_asked,
        "graph": {
            "kind": "graph",
            "self": page.customer.customer_name or "—",
            "nodes": [{"name": name, "kinds": choose("、", ", ").join(kinds)} for name, kinds in drawn.values()],
        },
    }


def _detail(word: str | None) -> Text | str:
    return GUARANTEES.get(word, word) if word else ""


def _archive(page: Opened) -> dict[str, Any]:
    number = customer_of(page.customer.reference)
    written, today = written_of(number), timezone.localdate()
    may_see_looks = page.gateway.may_of_customer(Permission.CUSTOMER_LOOKS_VIEW, page.customer.home_organisation_code)
    filled = _filled(page.customer)
    with page.gateway.reader() as reader:
        promises = promises_of(reader, [number]).get(number, [])
    return {
        "promises": [(PROMISE_STATES[one.state], one) for one in promises],
        "facts": [(FACT_KINDS[one.kind], FACT_SOURCES[one.source], one, one.holds_on(today)) for one in written.facts],
        "contacts": [(CONTACT_KINDS[one.kind], CONTACT_OUTCOMES[one.outcome], one) for one in written.contacts],
        "tasks": [(TASK_STATES[one.state], one, one.state == "open" and one.due_on < today) for one in written.tasks],
        "fact_kinds": FACT_KINDS.items(),
        "fact_sources": FACT_SOURCES.items(),
        "contact_kinds": CONTACT_KINDS.items(),
        "contact_outcomes": CONTACT_OUTCOMES.items(),
        "today": today,
        "needs": need_rows(of_customer(number)),
        **need_choices(),
        "may_record": page.gateway.may(Permission.CUSTOMER_RECORD),
        "longest_entry": LONGEST_ENTRY,
        "longest_task": LONGEST_TASK,
        "filled_count": sum(filled),
        "asked_count": len(filled),
        "record_age": (page.customer.day - page.customer.last_reported_on).days if page.customer.last_reported_on else None,
        "looks": [
            {"at": one.at, "name": one.name, "username": one.username, "what": ACTIONS[one.action], "how": RESULTS[one.result]}
            for one in looks_at(number)
        ]
        if may_see_looks
        else None,
    }


def _filled(customer: ShownCustomer) -> list[bool]:
    """Return for each fact a complete record holds whether it is delivered."""
    details = customer.details
    common = [customer.customer_name, customer.certificate_number, details.phone_number, details.address]
    own = (
        [details.industry_code, details.size_class, details.registered_capital_amount, details.staff_count]
        if customer.customer_kind == "corporate"
        else [customer.sex, customer.born_on, details.is_married, details.education, details.occupation, details.annual_income]
    )
    return [value not in (None, "") for value in (*common, *own)]


def _timeline(page: Opened) -> dict[str, Any]:
    number = customer_of(page.customer.reference)
    written = written_of(number)
    with page.gateway.reader() as reader:
        promises = promises_of(reader, [number]).get(number, [])
    events = [_event(event) for event in page.customer.content]
    events += [
        _written(
            one.happened_on,
            "contact",
            Text(
                f"{CONTACT_KINDS[one.kind].zh}，{CONTACT_OUTCOMES[one.outcome].zh}",
                f"{CONTACT_KINDS[one.kind].en}, {CONTACT_OUTCOMES[one.outcome].en}",
            ),
            one.words,
        )
        for one in written.contacts
    ]
    events += [_written(one.due_on, "task", TASK_STATES[one.state], one.what) for one in written.tasks]
    events += [_written(timezone.localdate(one.recorded_at), "need", state_words(one), one.words) for one in of_customer(number)]
    events += [_promise_event(one) for one in promises]
    return {"events": sorted(events, key=lambda event: event["day"], reverse=True)[:MOST_EVENTS]}


def _promise_event(one: JudgedPromise) -> dict[str, Any]:
    by, state = one.promise.promised_on, PROMISE_STATES[one.state]
    said = Text(f"承诺 {by} 前还款，{state.zh}", f"to be paid by {by}: {state.en}")
    return _written(timezone.localdate(one.promise.written_at), "promise", said, one.promise.words) | {"amount": one.promise.amount}


def _written(day: date, kind: str, state: Text, words: str) -> dict[str, Any]:
    after = f"{state}{choose('：', ': ')}{words}" if words else str(state)
    return {"day": day, "name": EVENTS[kind], "kind": kind, "number": None, "before": None, "after": after, "amount": None}


def _event(event: Any) -> dict[str, Any]:
    words: Callable[[str], Text | str] = content_word if event.kind in ("large_in", "large_out") else value_word
    return {
        "day": event.day,
        "name": EVENTS[event.kind],
        "kind": event.kind,
        "number": event.number,
        "before": value_word(event.before) if event.before else None,
        "after": words(event.after) if event.after else None,
        "amount": event.amount,
    }


def _trend(months: Sequence[CustomerMonthEnd], first: str, second: str, names: tuple[Text, Text]) -> dict[str, Any]:
    return month_lines(
        [one.day for one in months], [getattr(one, first) for one in months], [getattr(one, second) for one in months], names
    )


def month_lines(
    days: Sequence[Any], values: Sequence[Decimal | None], base: Sequence[Decimal | None], names: tuple[Text, Text]
) -> dict[str, Any]:
    """Return a drawing of two lines over months, with its table; the second line is left out where it never is anything."""
    second = [value if any(base) else None for value in base]
    return {
        "points": list(zip(days, values, second, strict=True)),
        "names": names,
        "is_empty": len([value for value in values if value is not None]) <= 1,
        "has_second": any(value is not None for value in second),
        "scale": scale_of(largest_of([*values, *second]), Unit.YUAN),
        "data": {
            "days": [day.isoformat() for day in days],
            "values": [None if value is None else str(value) for value in values],
            "base": [None if value is None else str(value) for value in second],
            "unit": Unit.YUAN.name,
            "names": [choose(names[0].zh, names[0].en), choose(names[1].zh, names[1].en)],
            "shown": ["".join(short(value, Unit.YUAN)) for value in values],
            "shown_base": ["".join(short(value, Unit.YUAN)) for value in second],
        },
    }


_CONTEXTS: dict[Tab, Callable[[Opened], dict[str, Any]]] = {
    Tab.OVERVIEW: _overview,
    Tab.HOLDINGS: _holdings,
    Tab.TRANSACTIONS: _transactions,
    Tab.CHARACTERISTICS: _characteristics,
    Tab.VALUE: _value,
    Tab.CHANNELS: _channels,
    Tab.RISK: _risk,
    Tab.RELATIONS: _relations,
    Tab.ARCHIVE: _archive,
    Tab.TIMELINE: _timeline,
}
