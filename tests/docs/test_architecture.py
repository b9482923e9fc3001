"""ARCHITECTURE.md draws the house as it stands and walks the way a row really goes."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
import threading
import tomllib
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from executed_page import ROOT, Terminal, page_text

import maisui
from maisui.pipeline import batch, plan
from maisui.sources.loader import load_builtin

PAGE = "ARCHITECTURE.md"
WITHDRAWAL = {
    "JYXLH": "20261031000001",
    "NBJGH": "53990101",
    "YWBLJGH": "53990102",
    "KHTYBH": "C1",
    "GRCKZH": "8199000000001",
    "JYLX": "取现",
    "JYJDBZ": "借",
    "HXJYRQ": "20261031",
    "HXJYSJ": "183012",
    "BZ": "CNY",
    "JYJE": "500.00",
    "CBMBZ": "正常",
    "XZBZ": "现",
    "JYQD": "ATM",
    "CJRQ": "20261031",
}


def drawn_rooms() -> list[list[str]]:
    """Return the rooms of the drawing, floor by floor from the top."""
    drawing = re.search(r"```text rooms\n(.*?)```", page_text(PAGE), re.DOTALL)
    assert drawing, f"{PAGE} holds no block `text rooms`"
    floors = [re.split(r"\s{2,}", line)[0] for line in drawing[1].splitlines() if line.strip()]
    return [[room.strip() for room in floor.split("|")] for floor in floors]


def test_the_rooms_drawn_are_the_packages_there_are() -> None:
    package = Path(maisui.__file__).parent
    files = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    there = {path.parent.name for path in package.glob("*/__init__.py")} | files
    drawn = {room for floor in drawn_rooms() for room in floor}
    assert drawn == there, "the drawing in ARCHITECTURE.md and the folders of src/maisui differ"


def test_the_floors_drawn_are_the_layers_that_imports_keep() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    kept = [[room.strip().removeprefix("maisui.") for room in layer.split("|")] for layer in layers]
    assert [sorted(floor) for floor in drawn_rooms()] == [sorted(floor) for floor in kept], "the drawing and pyproject's layers differ"


def walked() -> list[str]:
    """Return the functions of the walk in the page's order."""
    return re.findall(r"^\| \d+ \| `([\w.]+)` \|", page_text(PAGE), re.MULTILINE)


def lay_withdrawal(inbox: Path) -> None:
    """Deliver one line of 404; every other file that must come is empty, and a companion vouches for that."""
    for feed in load_builtin("east5").feeds.values():
        if feed.is_required:
            file = inbox / feed.file_pattern.replace("{any}", "B1").replace("{date}", "20261031").replace("{part}", "")
            is_404 = feed.code == "GRCKFHZMX"
            file.write_text("\x01".join(WITHDRAWAL.get(name, "") for name in feed.column_names) + "\n" if is_404 else "", encoding="utf-8")
            file.with_suffix(".log").write_text(f"记录数: {int(is_404)}\n", encoding="utf-8")


def code_of(name: str) -> CodeType:
    """Return the code of the function that the page calls `room.file.function` or `room.file.Class.function`."""
    room, file, *inside = name.split(".")
    found: Any = importlib.import_module(f"maisui.{room}.{file}")
    for part in inside:
        found = getattr(found, part)
    return inspect.unwrap(found).__code__


class Watch:
    """Follows a list of functions: each is found when it is entered after the one before it."""

    def __init__(self, expected: list[str]) -> None:
        """Take the functions to wait for, in order."""
        self.waiting = [(name, code_of(name)) for name in reversed(expected)]

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """See one event of the interpreter."""
        del argument
        if event == "call" and self.waiting and frame.f_code is self.waiting[-1][1]:
            self.waiting.pop()


def test_a_row_walks_through_the_functions_the_page_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("make_plan", "column_lineage"):  # tests of batches in the same process may keep what these make
        monkeypatch.setattr(batch, name, getattr(plan, name))
    terminal = Terminal(tmp_path, monkeypatch, capsys)
    assert terminal.run("maisui init bank --entity B1").exit_code == 0
    lay_withdrawal(tmp_path / "bank/inbox/east5")
    watch = Watch(walked())
    before, before_in_threads = sys.getprofile(), threading.getprofile()
    sys.setprofile(watch)
    threading.setprofile(watch)  # steps run in threads of their own
    try:
        ran = terminal.run("maisui run --date 2026-10-31 --home bank")
        asked = terminal.run("maisui ask transaction_count --by channel --home bank")
        explained = terminal.run("maisui explain transaction_count --home bank")
    finally:
        sys.setprofile(before)
        threading.setprofile(before_in_threads)
    assert ran.exit_code == 0, ran.error
    assert re.search(r"atm\W+1\b", asked.out)
    assert "B1-GRCKFHZMX-20261031.txt  1 of 1 rows, lines 1–1" in explained.out
    assert not watch.waiting, (
        f"the walk in {PAGE} is not the way a row goes: {watch.waiting[-1][0]} was not entered after the one before it"
    )


def test_every_page_that_architecture_points_to_exists() -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page_text(PAGE))
    assert [target for target in targets if not (ROOT / target).exists()] == []
