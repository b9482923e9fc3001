"""How good the rules are: what people found of closed cases, rule by rule, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import RULES, Rule
from maisui.web.alerts.desk import of_this_bank
from maisui.web.alerts.models import HandledCase, Outcome, State
from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """What became of one rule's cases; `false_alarm_share` is of those closed, None where none is."""

    rule: Rule
    taken_count: int
    closed_count: int
    confirmed_count: int
    no_action_count: int
    false_alarm_count: int

    @property
    def false_alarm_share(self) -> Decimal | None:
        """Return the share of false alarms among the closed cases."""
        return Decimal(self.false_alarm_count) / self.closed_count if self.closed_count else None


def quality_of(gateway: Gateway) -> list[RuleQuality]:
    """Return the quality of every rule, from the handled cases of organisations in the viewer's sight."""
    desk = gateway.cases
    found: dict[str, list[HandledCase]] = {}
    for handled in HandledCase.objects.filter(**of_this_bank()):
        if desk.covers(handled):
            found.setdefault(handled.rule_code, []).append(handled)
    return [_of(rule, found.get(rule.code, [])) for rule in RULES]


def _of(rule: Rule, cases: list[HandledCase]) -> RuleQuality:
    closed = [case.outcome for case in cases if case.state == State.CLOSED]
    return RuleQuality(
        rule,
        len(cases),
        len(closed),
        closed.count(Outcome.CONFIRMED),
        closed.count(Outcome.NO_ACTION),
        closed.count(Outcome.FALSE_ALARM),
    )
