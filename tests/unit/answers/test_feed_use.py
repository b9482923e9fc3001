"""What a feed is said to be good for: whatever an answer or a model reads as it was delivered is no feed without use."""

from __future__ import annotations

import re
from pathlib import Path

import maisui
from maisui.answers.feed_use import READ_BY_ANSWERS, feeds_analysed
from maisui.own_steps import OWN_STEPS
from maisui.sources.loader import BUILTIN, load_builtin

PACKAGES = ("answers", "models", "alerts", "labels")


def words_of_programs() -> str:
    root = Path(maisui.__file__).parent
    return "\n".join(path.read_text(encoding="utf-8") for package in PACKAGES for path in sorted((root / package).rglob("*.py")))


def test_what_programs_read_without_a_step_is_named_and_nothing_else() -> None:
    read_by_steps = {name for step in OWN_STEPS if step.writes.name not in ("unknown_word", "orphan_key") for name in step.reads}
    mapped = {mapping.table for code in BUILTIN for mapping in load_builtin(code).mappings.values()}
    programs = words_of_programs()
    assert {table for table in mapped - read_by_steps if re.search(rf"(FROM|JOIN) {table}\b", programs)} == READ_BY_ANSWERS


def test_consents_budgets_and_holidays_are_not_said_to_be_without_use() -> None:
    assert {"consent", "holiday_calendar", "ledger_budget", "village_position"} <= feeds_analysed(load_builtin("supplement"))
