"""Words of strategies: for whom, by whom, and how far a change is."""

from __future__ import annotations

from typing import Protocol

from maisui.answers import LABEL_BY_CODE, REASON_BY_CODE
from maisui.web.pages.overview.words import value_word
from maisui.web.strategies.models import Owner, State
from maisui.web.text import Text

OWNERS: dict[str, Text] = {
    Owner.CUSTOMER_MANAGER: Text("客户经理", "customer manager"),
    Owner.BRANCH_MANAGER: Text("网点负责人", "branch manager"),
    Owner.COUNTER: Text("柜面", "the counter"),
}
STATES: dict[str, Text] = {
    State.WAITING: Text("待审批", "Waiting"),
    State.APPROVED: Text("已批准", "Approved"),
    State.REJECTED: Text("已驳回", "Rejected"),
    State.WITHDRAWN: Text("已撤回", "Taken back"),
}


class Drawn(Protocol):
    """What says for whom it is."""

    @property
    def tier(self) -> str:
        """Return the tier, "" for all."""
        ...

    @property
    def life_stage(self) -> str:
        """Return the life stage, "" for all."""
        ...

    @property
    def label(self) -> str:
        """Return the label, "" for all."""
        ...


def label_word(code: str) -> Text:
    """Return what a label is called."""
    label = LABEL_BY_CODE.get(code)
    return Text(label.name_zh, label.name_en) if label else Text(code, code)


def reason_word(code: str) -> Text:
    """Return what a reason of a label is called."""
    return Text(REASON_BY_CODE[code].name_zh, REASON_BY_CODE[code].name_en)


def for_whom(one: Drawn) -> list[Text]:
    """Return for whom a strategy is, word by word; everybody where nothing narrows it."""
    words = [value_word(one.tier)] if one.tier else []
    words += [label_word(code) for code in (one.life_stage, one.label) if code]
    return [Text(str(word.zh), str(word.en)) for word in words] or [Text("全部客户", "everybody")]
