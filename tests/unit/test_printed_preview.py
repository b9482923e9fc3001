"""What `maisui preview` says where no figure moves: that none does, or that the month compared could tell nothing."""

from __future__ import annotations

from datetime import date

import pytest

from maisui.cli.preview import print_preview
from maisui.pipeline.preview import Preview

MONTH_END = date(2026, 10, 31)


def printed(held_from: date, capsys: pytest.CaptureFixture[str]) -> str:
    """Return in one line what is printed of a preview in which nothing moves."""
    print_preview(Preview("20261031-0123456789ab", MONTH_END, held_from, (), ()), as_json=False)
    return " ".join(capsys.readouterr().out.split())


def test_what_held_within_the_month_and_moves_nothing_is_said_to_move_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(date(2026, 10, 1), capsys)
    assert "as if it had held from 2026-10-01" in text
    assert "no figure of that month changes" in text
    assert "no telling" not in text


def test_what_begins_after_the_month_is_not_said_to_move_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(date(2026, 11, 1), capsys)
    assert "no telling: it holds from 2026-11-01 on" in text
    assert "no figure" not in text
    assert "as if it had held" not in text
