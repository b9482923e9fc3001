"""How a reason is said: its sentence with its figures, in the reader's language."""

from __future__ import annotations

from maisui.answers import GivenReason, Unit
from maisui.web.components.figures import short
from maisui.web.text import choose


def sentence(given: GivenReason) -> str:
    """Return the sentence of a reason, amounts in short form with their unit."""
    text = choose(given.reason.sentence_zh, given.reason.sentence_en)
    return text.format(amount=_yuan(given.amount), base=_yuan(given.base), count="—" if given.count is None else f"{given.count:,}")


def _yuan(amount: object) -> str:
    number, word = short(amount, Unit.YUAN)  # type: ignore[arg-type]
    return f"{number}{word}{choose('元', '')}" if word else f"{number} {choose('元', 'yuan')}"
