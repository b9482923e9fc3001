"""How the first batch of a bank grows with the bank: rows, seconds, memory and disk at each scale, and the exponent between scales.

An exponent of 1 means that twice the rows take twice the processor seconds. The scales take from minutes (demo) to an hour and
60 GB of disk (county).
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import tempfile
import threading
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from batch import HERE, MAISUI, timed

_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True, slots=True)
class Size:
    """The first batch at one scale: what was delivered, and what taking in, integrating and publishing it took."""

    scale: str
    delivered_rows: int
    seconds: float
    processor_seconds: float
    peak_mb: float
    scratch_mb: float
    kept_mb: float


def main() -> None:
    """Measure the scales in order and print them; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scales", nargs="+", default=["demo", "large"])
    options.add_argument("--months", type=int, default=13)
    options.add_argument("--memory-limit", default="2GB")
    options.add_argument("--folder", type=Path, help="where the homes are made; a folder for temporary files by default")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="maisui-scale-", dir=chosen.folder) as folder:
        sizes = [measure(Path(folder) / scale, scale, chosen.months, chosen.memory_limit) for scale in chosen.scales]
    growth = [exponent(smaller, larger) for smaller, larger in pairwise(sizes)]
    for size in sizes:
        print(
            f"{size.scale:8}{size.delivered_rows:14,} rows{size.seconds:9.1f} s{size.processor_seconds:9.1f} s of processors"
            f"{size.peak_mb:8.0f} MB peak{size.scratch_mb:9.0f} MB scratch{size.kept_mb:9.0f} MB kept"
        )
    for (smaller, larger), power in zip(pairwise(sizes), growth, strict=True):
        print(f"{smaller.scale} → {larger.scale}: exponent {power:.2f}")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    facts = {"months": chosen.months, "sizes": [asdict(size) for size in sizes], "exponents": [round(power, 3) for power in growth]}
    (folder / "scale.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


def measure(home: Path, scale: str, months: int, memory_limit: str) -> Size:
    """Make a bank of this scale, run its first batch, and forget the bank."""
    subprocess.run([MAISUI, "init", home, "--entity", "E0123H353090001"], check=True, stdout=subprocess.DEVNULL)
    with (home / "bank.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[batch]\nmemory_limit = "{memory_limit}"\n')
    timed(MAISUI, "simulate", "--scale", scale, "--months", f"{months}", "--out", home)
    run = (MAISUI, "run", "--date", "2026-10-31", "--home", home)
    watched = Watched(home / "entities")
    took = timed(*run)
    scratch = watched.largest()
    kept = size_mb(home / "entities")
    rows = int(json.loads(subprocess.run([*run, "--json"], check=True, capture_output=True, text=True).stdout)["rows"])
    shutil.rmtree(home)
    return Size(scale, rows, round(took.seconds, 1), round(took.processor_seconds, 1), round(took.peak_mb), round(scratch), round(kept))


class Watched:
    """The largest size that the scratch folders under a folder reach while the batch runs."""

    def __init__(self, entities: Path) -> None:
        """Begin to look."""
        self._entities, self._largest, self._ended = entities, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def largest(self) -> float:
        """Stop looking and return the largest size in MB."""
        self._ended.set()
        self._thread.join()
        return self._largest

    def _watch(self) -> None:
        while not self._ended.wait(_BETWEEN_LOOKS):
            self._largest = max(self._largest, sum(size_mb(folder) for folder in self._entities.glob("*/scratch")))


def size_mb(folder: Path) -> float:
    """Return the size of all files under `folder`; those that vanish meanwhile do not count."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total / 2**20


def exponent(smaller: Size, larger: Size) -> float:
    """Return the power of the delivered rows with which processor seconds grow."""
    return math.log(larger.processor_seconds / smaller.processor_seconds) / math.log(larger.delivered_rows / smaller.delivered_rows)


if __name__ == "__main__":
    main()
