"""What outlets are to do: open tasks of the organisations for which the viewer decides; late ones and the next thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions.outlet_tasks import may_end
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import tasks_in_sight
from maisui.web.outlet_tasks.models import State
from maisui.web.pages.outlet_tasks.page import row_of

WITHIN = timedelta(days=30)
ROWS = 10


def outlet_tasks_context(gateway: Gateway) -> dict[str, Any]:
    """Return the open tasks that the viewer may end, what is due first, at most ROWS; nothing where he decides nothing."""
    if not (gateway.may(Permission.FOCUS_DECIDE) and gateway.may(Permission.FIGURE_VIEW)):
        return {}
    due = tasks_in_sight(gateway).filter(state=State.OPEN, due_on__lte=timezone.localdate() + WITHIN)
    mine = [task for task in due if may_end(gateway, task)]
    return {"outlet_tasks": [row_of(gateway, task) for task in mine[:ROWS]], "outlet_task_count": len(mine)}
