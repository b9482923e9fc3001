"""Reasons for unequal choice on the model desk: which groups lack one, which hold, and what waits for a second person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from maisui.answers.fairness_gaps import Group
from maisui.web.actions.fairness import LONGEST_DAYS
from maisui.web.gateway import Gateway
from maisui.web.model_desk.fairness import group_word, unexplained
from maisui.web.model_desk.models import FairnessReason, State
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_STATES = {"waiting": Text("待审批", "waiting"), "approved": Text("有效", "holds"), "rejected": Text("已驳回", "rejected")}
_OVER = Text("已到期", "ran out")


def reasons_told(
    gateway: Gateway, model: str, shown: dict[Group, float], user: StaffUser, today: date, *, may_decide: bool
) -> dict[str, Any]:
    """Return the groups below four fifths that lack a reason, and every reason ever written for the model, the newest first."""
    written = FairnessReason.objects.filter(model=model).select_related("proposed_by", "decided_by")
    return {
        "open": [
            {"code": "/".join(group), "name": group_word(group), "ratio": f"{ratio:.2f}"}
            for group, ratio in sorted(unexplained(model, shown, today).items())
        ],
        "first_day": today + timedelta(days=1),
        "last_day": today + timedelta(days=LONGEST_DAYS),
        "written": [
            {
                "one": one,
                "name": group_word((one.field, one.group)),
                "ratio": f"{one.ratio:.2f}",
                "state": _OVER if one.state == State.APPROVED and one.ends_on < today else _STATES[one.state],
                "may_decide": may_decide and one.state == State.WAITING and not is_same_person(gateway, one.proposed_by, user),
            }
            for one in written
        ],
    }
