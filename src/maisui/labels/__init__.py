"""Which labels customers bear, with reasons, dates and yuan; one file a family."""

from maisui.labels.assign_customer_labels import ASSIGN_CUSTOMER_LABELS, CUSTOMER_LABEL_DAY_MART, FAMILIES
from maisui.labels.label import Label, LabelFamily, Reason
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (ASSIGN_CUSTOMER_LABELS, CUSTOMER_LABEL_DAY_MART)
"""Every step of labels, one line each."""

__all__ = ["FAMILIES", "STEPS", "Label", "LabelFamily", "Reason"]
