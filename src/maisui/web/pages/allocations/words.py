"""How decisions about whose results are whose are told."""

from __future__ import annotations

from decimal import Decimal

from maisui.web.allocations.models import Kind, State
from maisui.web.text import Text

KINDS: dict[str, Text] = {
    Kind.CLAIM: Text("认领", "Claim"),
    Kind.SHARE_OUT: Text("再分配", "Sharing out"),
    Kind.TRANSFER: Text("移交", "Transfer"),
    Kind.HAND_OVER: Text("离职交接", "Hand-over"),
    Kind.CORRECTION: Text("更正", "Correction"),
}
STATES: dict[str, Text] = {
    State.WAITING: Text("待审批", "waits for approval"),
    State.APPROVED: Text("已批准", "approved"),
    State.REJECTED: Text("已驳回", "rejected"),
    State.WITHDRAWN: Text("已撤回", "taken back"),
}
OBJECT_KINDS: dict[str, Text] = {"account": Text("账户", "Account"), "customer": Text("客户", "Customer"), "village": Text("村", "Village")}
LINES: dict[str, Text] = {"deposit": Text("存款", "Deposits"), "loan": Text("贷款", "Loans")}
RULES: dict[str, Text] = {
    "account": Text("账户归属", "By account"),
    "customer": Text("客户归属", "By customer"),
    "village": Text("村归属", "By village"),
    "none": Text("无规则", "No rule"),
}


def percent_of(share: Decimal) -> str:
    """Return a share as percent with as many decimals as it has."""
    percent = share * 100
    return f"{percent.quantize(Decimal(1)) if percent == percent.to_integral_value() else percent.normalize():f}%"
