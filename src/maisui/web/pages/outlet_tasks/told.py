"""What of a task a reader is told: the counts of customers in a launch stand as its author saw them, and he may have seen more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.models import OutletTask, SignalSource
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a task and what was measured when it was written; `is_withheld` where customers' counts are kept back."""

    what: str
    figure: Decimal | None
    amount: Decimal | None
    is_withheld: bool = False


def told(gateway: Gateway, task: OutletTask) -> Told:
    """Return what the viewer is told: of a launch no counts, share or yuan of then, unless he may see the outlet's customers.

    What is measured now is counted anew for him, few customers withheld.
    """
    if task.source != SignalSource.LAUNCH or gateway.may_of_customer(Permission.CUSTOMER_VIEW, task.organisation_code):
        return Told(task.what, task.figure_then, task.amount_then)
    _, kind, first, second = task.subject_code.split("/")
    names = {node.code: node.name for node in gateway.organisations()}
    return Told(str(launch_words(names.get(task.organisation_code, ""), kind, first, second)), None, None, is_withheld=True)


def launch_words(outlet: str, kind: str, first: str, second: str) -> Text:
    """Return what is offered to whom, without counts."""
    of_kind, held, offered = (value_word(code) for code in (kind, first, second))
    return Text(
        f"{outlet}：向持有{held.zh}的{of_kind.zh}客户投放{offered.zh}", f"{outlet}: offer {offered.en} to {of_kind.en} holders of {held.en}"
    )
