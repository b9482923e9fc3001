"""What later versions pay otherwise: every period's difference, less what settlements have taken over, which are read once for all."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from maisui.web import settlement_desk
from maisui.web.allocations.models import Settlement
from maisui.web.settlement_desk import Reckoned, with_carried


def line(number: str, pay: str, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "name": number,
        "is_outlet": False,
        "organisation": "B1",
        "pay": pay,
        "points": "1",
        "parts": [{"metric": "m"}],
        **more,
    }


def test_lines_of_all_settlements_are_read_once_for_several_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    """January pays 10 more to A, of which 4 are taken over: 6 stay. February pays 3 less to B; C of January is as settled."""
    january = Settlement(
        pk=1, first_day=date(2026, 1, 1), last_day=date(2026, 1, 31), scheme={}, lines=[line("A", "100.00"), line("C", "7.00")]
    )
    february = Settlement(pk=2, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), scheme={}, lines=[line("B", "50.00")])
    again = {
        january.last_day: [line("A", "110.00"), line("C", "7.00")],
        february.last_day: [line("B", "47.00")],
    }
    reads: list[int] = []

    def standing() -> list[dict[str, Any]]:
        reads.append(1)
        return [line("A", "90.00", carried=[{"settlement": 1, "period": "", "pay": "4.00"}]), line("B", "1.00")]

    monkeypatch.setattr(settlement_desk, "_standing_lines", standing)
    monkeypatch.setattr(settlement_desk, "reckoned", lambda _, last_day, *rest: Reckoned("v", {}, again[last_day]))
    march = Reckoned("v", {}, [line("A", "20.00")])
    gateway = SimpleNamespace(shared=lambda _, compute: compute(SimpleNamespace(manifest=SimpleNamespace(version="v"))))
    found = with_carried(gateway, march, [january, february])  # type: ignore[arg-type]
    carried = {one["number"]: [(entry["settlement"], entry["pay"]) for entry in one.get("carried", ())] for one in found.lines}
    assert carried == {"A": [(1, "6.00")], "B": [(2, "-3.00")]}
    assert len(reads) == 1
