"""Whoever did not propose something takes it back on no desk, whatever the desk says of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from maisui.web.actions.action import ActionRefusedError
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk
from maisui.web.two_people.models import State


def test_only_who_proposed_takes_it_back() -> None:
    desk = Desk("anything", own=Text("自己的", "one's own"), over=Text("已处理", "over"))
    proposed = SimpleNamespace(proposed_by=SimpleNamespace(pk=1), state=State.WAITING, saved=0)
    proposed.save = lambda: setattr(proposed, "saved", proposed.saved + 1)
    with pytest.raises(ActionRefusedError) as refused:
        desk.withdraw(proposed, SimpleNamespace(pk=2))
    assert refused.value.reason.zh == "只能撤回自己提出的"
    assert (proposed.state, proposed.saved) == (State.WAITING, 0)
    desk.withdraw(proposed, SimpleNamespace(pk=1))
    assert (proposed.state, proposed.saved) == (State.WITHDRAWN, 1)
