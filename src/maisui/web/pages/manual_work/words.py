"""Manual work in words."""

from __future__ import annotations

from maisui.web.manual_work.models import State
from maisui.web.text import Text

KINDS: dict[str, Text] = {
    "visit": Text("外拓走访（户）", "Visits (each)"),
    "training": Text("培训（小时）", "Training (hours)"),
    "cash_escort": Text("押运、接送款（次）", "Cash escort (each)"),
    "other": Text("其他事务（小时）", "Other work (hours)"),
}
STATES: dict[str, Text] = {
    State.WAITING: Text("待审批", "waits for approval"),
    State.APPROVED: Text("已计入", "counts"),
    State.REJECTED: Text("已驳回", "rejected"),
    State.WITHDRAWN: Text("已撤回", "taken back"),
}


def kind_name(kind: str) -> str:
    """Return the name of a kind of work; a kind of the bank's own stands under its code."""
    return str(KINDS[kind]) if kind in KINDS else kind
