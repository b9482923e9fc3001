"""A step whose query surely has no rows is not put to the engine; whether it is or not, the version is the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from example_home import contents, copy_home, run
from mini_bank import deliver, make_home

from maisui.pipeline import controls, run_step
from maisui.warehouse.version import Control

JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def outcome(home: Path, day: date) -> tuple[str, tuple[Control, ...]]:
    """Return the content of the version of `day` and what its controls found."""
    manifest = run(home, day).manifest
    return manifest.content_hash, manifest.controls


def test_a_version_of_which_every_query_was_run_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(folder / "home")
    for day, before in ((JANUARY, None), (FEBRUARY, JANUARY), (MARCH, FEBRUARY)):
        deliver(home, day, before)
    copies = [copy_home(home, folder / name) for name in ("spared", "whole")]
    spared, makes_nothing = set[str](), run_step._makes_nothing

    def noted(step: run_step.Step, empty: set[str]) -> bool:
        found = makes_nothing(step, empty)
        if found:
            spared.add(step.writes.name)
        return found

    monkeypatch.setattr(run_step, "_makes_nothing", noted)
    onward = [outcome(copies[0], day) for day in (FEBRUARY, MARCH)]
    monkeypatch.setattr(run_step, "_makes_nothing", lambda *_: False)
    monkeypatch.setattr(run_step, "_without_empty", lambda step, _: step.query)
    monkeypatch.setattr(controls, "is_surely_empty", lambda *_: False)
    assert [outcome(copies[1], day) for day in (FEBRUARY, MARCH)] == onward
    assert contents(copies[0]) == contents(copies[1])
    assert len(spared) > 50, "most tables of a bank that delivers six feeds are spared"
