"""How fast one person's page answers: 我的绩效 of a manager and of a teller, and a person's page for the president; warm and uncached."""

from __future__ import annotations

import argparse
import re
import statistics
from datetime import date, timedelta
from pathlib import Path

from web import load, percentile, served, signed_in, tell

MINE = "/my-performance/"
WARM, UNCACHED = 60, 40


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8766)
    chosen = options.parse_args()
    with served(chosen.home, chosen.port, 1):
        result = measure(chosen.port, chosen.home)
    tell("own_page", result)


def measure(port: int, home: Path) -> dict[str, float]:
    """Return medians and 95th percentiles of one client's answers, in milliseconds."""
    found: dict[str, float] = {}
    for name, role, address in (("manager", "customer_manager", MINE), ("teller", "teller", MINE), ("person", "bank_president", "")):
        session = signed_in(port, home, role)
        page = address or re.search(r'href="(/performance/person/[^"?]+)', session.ask("/performance/")[2])[1]
        first = session.ask(page)[2]
        last = date.fromisoformat(re.search(r'datetime="(\d{4}-\d\d-\d\d)"', first)[1])
        warm = load(port, session.cookies, [page] * WARM, clients=1)
        days = [last - timedelta(days=number) for number in range(1, UNCACHED + 1)]
        uncached = load(port, session.cookies, [f"{page}?date={day}" for day in days], clients=1)
        for kind, seconds in (("warm", warm), ("uncached", uncached)):
            found[f"{name}_{kind}_p50_ms"] = round(statistics.median(seconds) * 1000, 1)
            found[f"{name}_{kind}_p95_ms"] = round(percentile(seconds, 0.95), 1)
    return found


if __name__ == "__main__":
    main()
