"""What is to be done next for a customer of a list, in words: what, how and by whom, and what is planned or was done last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from maisui.web.pages.customers.consent import WORDS, ConsentWords
from maisui.web.pages.customers.words import CONTACT_KINDS
from maisui.web.pages.strategies.words import OWNERS
from maisui.web.strategies.next_steps import NextStep, asked_by_rules
from maisui.web.text import Text, choose

NO_OFFER = Text("不主动推介，客户询问时再介绍", "No offers; tell him only when he asks")


@dataclass(frozen=True, slots=True)
class StepWords:
    """One customer's next step in words; `is_due` where nothing is planned and the last contact is longer ago than it should be."""

    actions: tuple[str, ...]
    how: str
    state: str
    is_due: bool
    consent: ConsentWords

    @property
    def said(self) -> str:
        """Return it in one line, as a file holds it."""
        return choose("；", "; ").join(word for word in (*self.actions, self.how, self.state, str(self.consent.said)) if word)


def step_words(step: NextStep, rule_codes: Sequence[str] = ()) -> StepWords:
    """Return a next step in words; lines of the rule of a warning that hold say what to do before the strategy does."""
    one = step.strategy
    asked = tuple(str(said) for said in asked_by_rules(rule_codes, step.consent))
    advised = (str(NO_OFFER if step.is_refused else one.action),) if one else ()
    how = ""
    if one is not None and not asked and not step.is_refused:
        days = choose(f"至少每 {one.frequency_days} 天", f"at least every {one.frequency_days} days")
        how = " · ".join(part for part in (str(CONTACT_KINDS[one.channel]), str(one.product), str(OWNERS[one.owner]), days) if part)
    is_due = step.is_due(timezone.localdate()) and (bool(asked) or not step.is_refused)
    return StepWords(asked or advised, how, _state(step), is_due, WORDS[step.consent])


def _state(step: NextStep) -> str:
    """Return what is planned; else when he was last met."""
    if step.task is not None:
        return choose(f"任务：{step.task.what}（{step.task.due_on}）", f"Task: {step.task.what} ({step.task.due_on})")
    if step.contacted_on is not None:
        return choose(f"上次联系 {step.contacted_on}", f"last met on {step.contacted_on}")
    return choose("尚无联系记录", "never met on record")
