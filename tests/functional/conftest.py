"""One example bank made by `maisui demo`, the command line asked in this process, and plain readers of the raw files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from example_home import Told, command, tell
from scratch import scratch_folder

LAST_DAY = "2026-10-31"


@dataclass(frozen=True)
class Demo:
    """The published example bank; `first_words` is what `maisui demo` printed when it made it."""

    home: Path
    first_words: str

    def ask(self, *words: str) -> Told:
        """Give the command line `words` on this home, without starting another process."""
        return tell(*words, "--home", str(self.home))

    def figure(self, metric: str, *words: str) -> dict[str, Any]:
        """Return the single row of an answer."""
        rows = self.ask("ask", metric, *words, "--json").json["rows"]
        assert len(rows) == 1
        return rows[0]

    def values(self, metric: str, dimension: str, *words: str) -> dict[str, str]:
        """Return an answer split by one dimension: its value for each member."""
        rows = self.ask("ask", metric, "--by", dimension, *words, "--json").json["rows"]
        return {row["dimensions"][dimension]: row["value"] for row in rows}

    def lines(self, table: str, day: str) -> list[list[str]]:
        """Return the fields of every line that EAST table `table` delivered for `day` (YYYYMMDD)."""
        return _lines(self.home, table, day)

    def days(self, table: str) -> list[str]:
        """Return the days (YYYYMMDD) for which `table` was delivered."""
        return sorted(path.stem[-8:] for path in (self.home / "inbox" / "east5").glob(f"*-{table}-*.txt"))

    def truth(self, name: str) -> list[dict[str, Any]]:
        """Return a file of the simulator's own books."""
        return pq.read_table(self.home / "truth" / f"{name}.parquet").to_pylist()


@cache
def _lines(home: Path, table: str, day: str) -> list[list[str]]:
    (path,) = (home / "inbox" / "east5").glob(f"*-{table}-{day}.txt")
    return [line.split("\x01") for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The example bank at scale test: simulated, taken in, published and asked, all by one `maisui demo`."""
    with scratch_folder() as folder:
        home = folder / "home"
        made = command(home, "demo", "--scale", "test", "--no-serve")
        assert made.returncode == 0, made.stderr
        yield Demo(home, made.stdout)
