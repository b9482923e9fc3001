"""Whether customers may be offered something: the one rule of campaigns, asked for lists that propose a contact."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from maisui.answers import ConsentStanding, marketing_consents

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


def consents_of(gateway: Gateway, numbers: Collection[str]) -> dict[str, ConsentStanding]:
    """Return how each of `numbers`, whom the caller found in scope, stands on the reporting date."""
    with gateway.reader() as reader:
        return marketing_consents(reader, tuple(numbers))
