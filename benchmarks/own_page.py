"""How fast one person's page answers: 我的绩效 of a manager and of a teller, and a person's page for the president; warm and uncached."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

from web import HERE, MAISUI, Session, load, percentile, signed_in

MINE = "/my-performance/"
WARM, UNCACHED = 60, 40


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8766)
    chosen = options.parse_args()
    server = subprocess.Popen(
        [MAISUI, "serve", "--home", chosen.home, "--port", str(chosen.port), "--workers", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(chosen.port)
        result = measure(chosen.port, chosen.home)
    finally:
        server.terminate()
        server.wait(30)
    for name, value in result.items():
        print(f"{name:34} {value}")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    (folder / "own_page.json").write_text(json.dumps(result, indent=1), encoding="utf-8")


def wait_for(port: int) -> None:
    """Wait until the server is ready and has prepared its first screens."""
    for _ in range(200):
        try:
            if Session(port).ask("/readyz")[0] == 200:
                break
        except OSError:
            time.sleep(0.2)
    time.sleep(10)


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
