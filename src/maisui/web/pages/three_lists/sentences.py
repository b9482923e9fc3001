"""How a reason is said: its sentence with its figures, in the reader's language."""

from __future__ import annotations

from maisui.answers import GivenReason, Unit
from maisui.web.components.figures import short
from maisui.web.gateway import Gateway
from maisui.web.text import Text, choose


def sentence(given: GivenReason) -> str:
    """Return the sentence of a reason, amounts in short form with their unit."""
    text = choose(given.reason.sentence_zh, given.reason.sentence_en)
    return text.format(amount=_yuan(given.amount), base=_yuan(given.base), count="—" if given.count is None else f"{given.count:,}")


def labels_shown(gateway: Gateway, customer_number: str) -> list[tuple[Text, Text, object, list[str]]]:
    """Return the labels of a customer as his page shows them: family, name, since when, and each reason in words."""
    return [
        (
            Text(one.family.name_zh, one.family.name_en),
            Text(one.label.name_zh, one.label.name_en),
            one.held_since,
            [sentence(given) for given in one.reasons],
        )
        for one in gateway.labels.of_customer(customer_number)
    ]


def _yuan(amount: object) -> str:
    number, word = short(amount, Unit.YUAN)  # type: ignore[arg-type]
    return f"{number}{word}{choose('元', '')}" if word else f"{number} {choose('元', 'yuan')}"
