"""Words for kinds, ways, states, outcomes and steps of what customers ask for, and how lists show one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from maisui.web.actions.needs import LONGEST_WORDS
from maisui.web.needs.models import CameBy, CustomerNeed, NeedKind, Outcome, State, Step
from maisui.web.text import Text

_MINUTES_OF_HOUR, _MINUTES_OF_DAY = 60, 24 * 60
KINDS: dict[str, Text] = {
    NeedKind.COMPLAINT: Text("投诉", "Complaint"),
    NeedKind.NEED: Text("需求", "Need"),
    NeedKind.OPPORTUNITY: Text("商机", "Opportunity"),
}
WAYS: dict[str, Text] = {
    CameBy.COUNTER: Text("柜面", "at the counter"),
    CameBy.VISIT: Text("走访", "on a visit"),
    CameBy.TELEPHONE: Text("电话", "by telephone"),
    CameBy.MESSAGE: Text("短信微信", "by message"),
    CameBy.HOTLINE: Text("客服热线", "by the hotline"),
    CameBy.REGULATOR: Text("监管转办", "from the regulator"),
}
STATES: dict[str, Text] = {
    State.OPEN: Text("待受理", "Open"),
    State.TAKEN: Text("处理中", "Taken"),
    State.HANDED_OVER: Text("已转交", "Handed over"),
    State.ANSWERED: Text("已答复", "Answered"),
    State.CLOSED: Text("已办结", "Closed"),
}
OUTCOMES: dict[str, Text] = {
    Outcome.SETTLED: Text("已解决", "settled"),
    Outcome.SOLD: Text("已办成业务", "business done"),
    Outcome.DECLINED: Text("客户放弃", "the customer gave up"),
    Outcome.NOT_POSSIBLE: Text("无法满足", "not possible"),
    Outcome.UNFOUNDED: Text("情况不属实", "unfounded"),
}
STEPS: dict[str, Text] = {
    Step.RECORDED: Text("登记", "recorded"),
    Step.TAKEN: Text("受理", "taken"),
    Step.HANDED_OVER: Text("转交", "handed over"),
    Step.ANSWERED: Text("答复", "answered"),
    Step.CLOSED: Text("办结", "closed"),
}


def state_words(need: CustomerNeed) -> Text:
    """Return kind and state of one, with its outcome once it is closed."""
    kind, state = KINDS[need.kind], OUTCOMES.get(need.outcome) or STATES[need.state]
    return Text(f"{kind.zh}，{state.zh}", f"{kind.en}, {state.en.lower()}")


def need_rows(needs: Iterable[CustomerNeed]) -> list[dict[str, Any]]:
    """Return what lists show of each."""
    today = timezone.localdate()
    return [
        {
            "need": need,
            "kind": KINDS[need.kind],
            "way": WAYS[need.came_by],
            "state": STATES[need.state],
            "outcome": OUTCOMES.get(need.outcome),
            "is_late": need.is_late(today),
        }
        for need in needs
    ]


def need_choices() -> dict[str, Any]:
    """Return what the form that records one offers."""
    return {"need_kinds": KINDS.items(), "need_ways": WAYS.items(), "longest_need": LONGEST_WORDS}


def wait_words(waited: timedelta | None) -> Text | None:
    """Return how long an answer took: in minutes within the hour, in hours within the day, in days after that; None where there is none.

    Parts are left off, never rounded up: 59 minutes and a half are 59.
    """
    if waited is None:
        return None
    minutes = max(0, int(waited.total_seconds())) // 60
    if minutes < 1:
        return Text("不到 1 分钟", "less than a minute")
    if minutes < _MINUTES_OF_HOUR:
        return Text(f"{minutes} 分钟", f"{minutes} min")
    unit, size = (("小时", "hours"), _MINUTES_OF_HOUR) if minutes < _MINUTES_OF_DAY else (("天", "days"), _MINUTES_OF_DAY)
    tenths = minutes * 10 // size
    said = f"{tenths // 10}.{tenths % 10}"
    return Text(f"{said} {unit[0]}", f"{said} {unit[1]}")
