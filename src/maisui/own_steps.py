"""Every step of the product's own, in the order of its rooms; those of a bank's sources come before them."""

from collections.abc import Collection

from maisui import alerts, integration, labels, marts, reconciliation
from maisui.steps.step import Step

OWN_STEPS: tuple[Step, ...] = (*integration.STEPS, *marts.STEPS, *labels.STEPS, *reconciliation.STEPS, *alerts.STEPS)
"""The steps of integration, marts, labels, reconciliation and key focus."""


def tables_below(tables: Collection[str]) -> frozenset[str]:
    """Return `tables` and every table whose rows they decide, directly or through other tables."""
    found = set(tables)
    is_growing = True
    while is_growing:
        below = {step.writes.name for step in OWN_STEPS if not found.isdisjoint(step.reads)}
        is_growing = not below <= found
        found |= below
    return frozenset(found)
