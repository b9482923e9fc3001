"""Plain readers of the supplement files of a simulated bank, for its tests."""

from __future__ import annotations

import csv
from pathlib import Path


def delivered(out: Path, feed: str) -> list[dict[str, str]]:
    """Every row of every CSV file of a feed, with the date in its name as `delivered`."""
    rows: list[dict[str, str]] = []
    for path in sorted((out / "inbox" / "supplement").glob(f"*-{feed}-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [{**row, "delivered": path.stem[-8:]} for row in csv.DictReader(file)]
    return rows
