"""What the gateway knows of outlets: their grades, where they lie, and what lies below an organisation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from maisui.answers import outlet_grades, outlet_positions
from maisui.answers.organisations import organisations_below

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class OutletsThroughGateway:
    """The part of the gateway that knows outlets, each told only to who may see its figures."""

    def outlet_grades(self) -> dict[str, str]:
        """Return the grade of each organisation the viewer may see figures of; empty before the first publication."""
        gateway = cast("Gateway", self)
        grades = gateway.published("outlet_grades", outlet_grades, default={})
        return {node.code: grades[node.code] for node in gateway.organisations() if node.code in grades}

    def outlet_positions(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return the position of each outlet the viewer may see figures of; empty before the first publication."""
        gateway = cast("Gateway", self)
        positions = gateway.published("outlet_positions", outlet_positions, default={})
        return {node.code: positions[node.code] for node in gateway.organisations() if node.code in positions}

    def organisations_below(self, organisation: str | None) -> frozenset[str] | None:
        """Return the organisations at or below one that is in sight, to cut from what is kept for the whole bank; None is all."""
        return cast("Gateway", self).shared(("organisations_below", organisation), lambda reader: organisations_below(reader, organisation))
