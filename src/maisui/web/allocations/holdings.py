"""One object of a proposal: who holds it before and after, from which day; as it is reckoned with and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.allocations import Holding
from maisui.web.allocations.models import AllocationProposal
from maisui.web.allocations.shares import Shares


@dataclass(frozen=True, slots=True)
class Held:
    """An object with its organisation and customer, who holds it before and after, and from which day until which (None: for good)."""

    holding: Holding
    organisation_code: str
    customer_number: str | None
    day: date
    before: Shares
    after: Shares
    until: date | None = None

    def becoming(self, after: Mapping[str, Decimal]) -> Held:
        """Return the object with who is to hold it."""
        return replace(self, after=dict(after))


def kept(one: Held) -> dict[str, Any]:
    """Return an object as it is kept with its proposal."""
    return {
        "kind": one.holding.object_kind,
        "number": one.holding.object_number,
        "line": one.holding.account_kind,
        "organisation": one.organisation_code,
        "customer": one.customer_number,
        "from": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "before": {employee: f"{share:f}" for employee, share in one.before.items()},
        "after": {employee: f"{share:f}" for employee, share in one.after.items()},
    }


def holdings_of(proposal: AllocationProposal) -> list[Held]:
    """Return the objects of a proposal."""
    return [
        Held(
            Holding(one["kind"], one["number"], one["line"]),
            one["organisation"],
            one["customer"],
            date.fromisoformat(one["from"]),
            {employee: Decimal(share) for employee, share in one["before"].items()},
            {employee: Decimal(share) for employee, share in one["after"].items()},
            date.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in proposal.holdings
    ]
