"""Every step of the product's own, in the order of its rooms; those of a bank's sources come before them."""

from maisui import alerts, integration, labels, marts, reconciliation
from maisui.steps.step import Step

OWN_STEPS: tuple[Step, ...] = (*integration.STEPS, *marts.STEPS, *labels.STEPS, *reconciliation.STEPS, *alerts.STEPS)
"""The steps of integration, marts, labels, reconciliation and key focus."""
