"""What every test of the intake is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.intake.drawn_files import COLUMNS, Bank, feed_of


@pytest.fixture
def bank_of(tmp_path: Path) -> Callable[..., Bank]:
    """Return a maker of banks: `bank_of(columns, **settings)`."""
    made: list[Bank] = []

    def make(columns: str = COLUMNS, **settings: Any) -> Bank:
        made.append(Bank(tmp_path / f"bank{len(made)}", feed_of(columns, **settings)))
        return made[-1]

    return make


@pytest.fixture
def bank(bank_of: Callable[..., Bank]) -> Bank:
    """Return a bank with the feed of this page."""
    return bank_of()
