"""How parameters are told: what their values are counted in, who stated a line, how far a proposal is."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers import Origin, ValueKind
from maisui.web.parameters.models import State
from maisui.web.text import Text

KINDS: dict[ValueKind, Text] = {
    ValueKind.RATE: Text("比例", "share"),
    ValueKind.WEIGHT: Text("系数", "weight"),
    ValueKind.DAYS: Text("天", "days"),
    ValueKind.MONTHS: Text("月", "months"),
    ValueKind.COUNT: Text("笔", "count"),
    ValueKind.YUAN: Text("元", "yuan"),
    ValueKind.TEN_THOUSAND_YUAN: Text("万元", "10 000 yuan"),
    ValueKind.WORD: Text("代码", "code"),
}
ORIGINS: dict[Origin, Text] = {
    Origin.PRODUCT: Text("产品默认", "product default"),
    Origin.BANK: Text("bank.toml", "bank.toml"),
    Origin.DESK: Text("参数台", "parameter desk"),
}
STATES: dict[str, Text] = {
    State.WAITING: Text("待审批", "waits for approval"),
    State.APPROVED: Text("已批准", "approved"),
    State.REJECTED: Text("已驳回", "rejected"),
    State.WITHDRAWN: Text("已撤回", "taken back"),
}


def percent_of(kind: ValueKind, value: str) -> str:
    """Return a share as percent, which is how people say it; empty for everything else."""
    if kind is not ValueKind.RATE:
        return ""
    share = Decimal(value) * 100
    return f"{share.quantize(Decimal(1)) if share == share.to_integral_value() else share.normalize():f}%"
