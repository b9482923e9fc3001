"""Where to launch what: every outlet that holds less than is usual, as the page of signals lists it and a task names it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.answers.product_chances import Chance
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import State
from maisui.web.pages.products.together import KINDS, pairs_of, tied


@dataclass(frozen=True, slots=True)
class Launch:
    """One chance among persons or firms."""

    customer_kind: str
    chance: Chance

    @property
    def subject(self) -> str:
        """Return how a task names it: outlet, kind of customer, whose holders, and what is offered to them."""
        return _subject(self.chance.organisation, self.customer_kind, self.chance.first, self.chance.second)


def launches(gateway: Gateway, state: State) -> list[Launch]:
    """Return every chance in a state's organisation, the most yuan first.

    Raises:
        QuestionError: on another day than the reporting date.
    """
    found: list[Launch] = []
    for kind in KINDS:
        wanted = State(organisation=state.organisation, day=state.day, view=state.view, split=kind)
        sure = tied(pairs_of(gateway, wanted))
        found += [Launch(kind, one) for one in gateway.products.chances(state.organisation, kind, state.view, sure)]
    return sorted(found, key=lambda one: (-one.chance.amount, one.chance.organisation, one.chance.second))


def shares_now(gateway: Gateway, state: State) -> dict[str, Decimal | None]:
    """Return which share of the holders of one group hold another at each outlet, under the subject of a launch."""
    return {
        _subject(outlet, kind, first, second): share
        for kind in KINDS
        for (outlet, first, second), share in gateway.products.outlet_shares(state.organisation, kind, state.view).items()
    }


def _subject(outlet: str, kind: str, first: str, second: str) -> str:
    return f"{outlet}/{kind}/{first}/{second}"
