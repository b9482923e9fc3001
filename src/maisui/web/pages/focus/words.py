"""Words of key focus: severities, states, steps, outcomes, and the codes that evidence names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import Case, CaseFact, Severity, SubjectKind, Unit
from maisui.web.alerts.desk import ShownCase
from maisui.web.alerts.models import HandledCase, Outcome, State, Step
from maisui.web.components.figures import NOTHING, digits
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text, choose

SEVERITIES: dict[str, Text] = {
    Severity.HIGH: Text("高", "High"),
    Severity.MEDIUM: Text("中", "Medium"),
    Severity.LOW: Text("低", "Low"),
}
NEW = "new"
STATES: dict[str, Text] = {
    NEW: Text("待受理", "New"),
    State.TAKEN: Text("处理中", "Taken"),
    State.SNOOZED: Text("暂缓", "Snoozed"),
    State.HANDED_OVER: Text("已转交", "Handed over"),
    State.ESCALATED: Text("已上报", "Escalated"),
    State.CLOSED: Text("已办结", "Closed"),
}
STEPS: dict[str, Text] = {
    Step.TAKEN: Text("受理", "taken"),
    Step.SNOOZED: Text("暂缓", "put off"),
    Step.HANDED_OVER: Text("转交", "handed over"),
    Step.ESCALATED: Text("上报", "passed upward"),
    Step.CLOSED: Text("办结", "closed"),
}
OUTCOMES: dict[str, Text] = {
    Outcome.CONFIRMED: Text("属实", "Confirmed"),
    Outcome.FALSE_ALARM: Text("误报", "False alarm"),
    Outcome.NO_ACTION: Text("属实但无需处理", "True, no action needed"),
}
_CODES: dict[str, Text] = {
    "in": Text("流入", "in"),
    "out": Text("流出", "out"),
    "inflow": Text("当月流入", "money in"),
    "outflow": Text("当月流出", "money out"),
    "balance": Text("存款余额", "deposits"),
    "rise": Text("上升", "up"),
    "fall": Text("下降", "down"),
    "both": Text("有进有出", "in and out"),
    "renews": Text("约定自动转存", "renews by itself"),
    "ends": Text("未约定转存", "no renewal agreed"),
    "borrower": Text("单一客户", "one borrower"),
    "group": Text("集团", "group"),
    "circle": Text("担保圈", "circle"),
    "chain": Text("担保链", "chain"),
    "black_list": Text("黑名单", "black list"),
    "warning": Text("风险预警信号", "warning signal"),
    "ledger_tie": Text("总分不符", "sub-ledger and ledger"),
    "ledger_break": Text("总账自身不符", "ledger against itself"),
    "balance_break": Text("滚动余额不符", "rolled balance"),
    "orphan_key": Text("键无主表", "keys without an owner"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of evidence in words: its name, and its value as it is shown; `unit` where it is a figure."""

    name: str
    text: str
    amount: Decimal | None = None

    @property
    def unit(self) -> Unit:
        """Return the unit of an amount."""
        return Unit.YUAN


def code_word(code: str, names: Mapping[str, str]) -> str:
    """Return the words of a code that evidence names: an organisation by its name."""
    return names.get(code) or str(_CODES.get(code) or value_word(code))


def evidence(case: Case, names: Mapping[str, str]) -> list[Told]:
    """Return the evidence of a case in words, in the order of its rule; what is not known is left out."""
    return [_told(fact, names) for fact in case.facts if fact.value is not None]


def sentence(case: Case, names: Mapping[str, str]) -> str:
    """Return the evidence of a case in one line."""
    return choose("，", "; ").join(f"{told.name}{choose(' ', ': ')}{told.text}" for told in evidence(case, names))


def subject(shown: ShownCase, names: Mapping[str, str]) -> str:
    """Return what a case is about, masked: an account or loan with its customer, an organisation, a series, a check."""
    case = shown.case
    match case.rule.subject:
        case SubjectKind.ORGANISATION:
            return case.organisation_name
        case SubjectKind.SERIES:
            channel = case.subject_key.rpartition(":")[2]
            whole = case.subject_key.startswith("all:")
            place = choose("全行", "the whole bank") if whole else case.organisation_name
            return f"{place} · {value_word(channel)}"
        case SubjectKind.DATA:
            return f"{case.organisation_name} · {code_word(case.subject_key.partition('@')[0], names)}"
        case _:
            return shown.customer_name or shown.customer_number


def state_of(handled: HandledCase | None) -> str:
    """Return the state of a case; one that nobody has touched is new."""
    return NEW if handled is None else str(handled.state)


def _told(fact: CaseFact, names: Mapping[str, str]) -> Told:
    name, value = choose(fact.name_zh, fact.name_en), fact.value
    if isinstance(value, date):
        return Told(name, value.isoformat())
    if isinstance(value, str):
        return Told(name, code_word(value, names))
    if isinstance(value, Decimal):
        if fact.column.endswith("_rate"):
            return Told(name, f"{digits(value * 100, 1)}%")
        return Told(name, f"{digits(value, 2)} {choose('元', 'CNY')}", value)
    return Told(name, NOTHING if value is None else digits(Decimal(value), 0))
