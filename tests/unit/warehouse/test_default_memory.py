"""What a batch takes where `batch.memory_limit` is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from maisui.engines import memory


@pytest.mark.parametrize(
    ("machine_gb", "limit"),
    [(1, "2GB"), (8, "2GB"), (12, "3GB"), (16, "4GB"), (24, "6GB"), (256, "6GB")],
)
def test_a_quarter_of_the_machine_is_taken_between_two_and_six_gigabytes(
    machine_gb: int, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "machine_memory", lambda: machine_gb * 10**9)
    assert memory.default_memory_limit() == limit


@pytest.mark.parametrize(("told", "is_less"), [("1073741824\n", True), ("max\n", False), (str(2**62), False)])
def test_a_container_may_have_less_than_its_machine(told: str, is_less: bool, tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text(told)
    whole = memory.machine_memory(())
    assert memory.machine_memory((limit, tmp_path / "absent")) == (2**30 if is_less else whole)
