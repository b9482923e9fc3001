"""Figures that must tie: one file a control, named by the tables it compares."""

from maisui.reconciliation.control import Rule
from maisui.reconciliation.controls import RULES
from maisui.reconciliation.ledger_tie import LEDGER_TIE_MART
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (LEDGER_TIE_MART,)
"""Controls that publish a table of their own, one line each."""

__all__ = ["RULES", "STEPS", "Rule"]
