"""Whether a customer may be offered something, in words, wherever a contact with him is proposed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from maisui.answers import ConsentStanding
from maisui.web.customers.consents import consents_of
from maisui.web.gateway import Gateway
from maisui.web.text import Text


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What is said of a customer's consent to marketing, what follows from it, and whether he refused."""

    said: Text
    so: Text
    is_refused: bool = False


WORDS: dict[ConsentStanding, ConsentWords] = {
    ConsentStanding.GIVEN: ConsentWords(Text("同意营销", "agreed to marketing"), Text("可以推介", "he may be offered something")),
    ConsentStanding.MISSING: ConsentWords(
        Text("未同意营销", "no consent to marketing"), Text("先征得同意再推介", "ask for his consent before any offer")
    ),
    ConsentStanding.REFUSED: ConsentWords(
        Text("已拒绝营销", "refused marketing"),
        Text("不得推介；到期提醒、催收照常", "no offers; what falls due and what he owes is told as to anybody"),
        is_refused=True,
    ),
}


def consents_said(gateway: Gateway, numbers: Collection[str]) -> dict[str, ConsentWords]:
    """Return the same of each of `numbers`, whose look the caller has recorded."""
    return {number: WORDS[standing] for number, standing in consents_of(gateway, numbers).items()}
