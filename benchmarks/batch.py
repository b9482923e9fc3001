"""How fast the batch is: whole, beside the same SQL by hand, and, for the tables that both make, beside pandas; medians and ratios."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pandas_bank import WANTED

HERE = Path(__file__).parent
MAISUI = Path(sys.executable).with_name("maisui")


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: seconds on the clock, seconds of all processors, and the largest memory of any of its processes, in MB."""

    seconds: float
    processor_seconds: float
    peak_mb: float


def timed(*command: str | Path) -> Run:
    """Run a command to its end and return what it took.

    Raises:
        subprocess.CalledProcessError: when it fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def fresh(home: Path) -> None:
    """Forget everything but the delivered files."""
    shutil.rmtree(home / "entities", ignore_errors=True)


def republish(home: Path) -> None:
    """Forget what was published; keep the raw layer."""
    for entity in (home / "entities").iterdir():
        for name in ("parts", "versions"):
            shutil.rmtree(entity / name, ignore_errors=True)


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", default="demo")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--no-pandas", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="maisui-bench-") as folder:
        home = Path(folder) / "home"
        subprocess.run([MAISUI, "init", home, "--entity", "E0123H353090001"], check=True, stdout=subprocess.DEVNULL)
        generated = timed(MAISUI, "simulate", "--scale", chosen.scale, "--out", home)
        run = (MAISUI, "run", "--date", "2026-10-31", "--home", home)
        narrow = same_feeds(home, Path(folder) / "narrow")
        whole, again, by_hand, same, pandas = [], [], [], [], []
        for _ in range(chosen.runs):
            fresh(home)
            whole.append(timed(*run))
            republish(home)
            again.append(timed(*run))
            by_hand.append(timed(sys.executable, HERE / "by_hand.py", home, "2026-10-31"))
            if not chosen.no_pandas:
                inbox = narrow / "inbox" / "east5"
                same.append(timed(sys.executable, HERE / "same_work.py", inbox, Path(folder) / "same", "2026-10-31"))
                pandas.append(timed(sys.executable, HERE / "in_pandas.py", inbox, Path(folder) / "pandas", "2026-10-31"))
        rows = json.loads(subprocess.run([*run, "--json"], check=True, capture_output=True, text=True).stdout)["rows"]
        print_results(chosen.scale, rows, generated, whole, again, by_hand, same, pandas)
        if not chosen.no_pandas:
            subprocess.run([MAISUI, "run", "--date", "2026-10-31", "--home", narrow], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([sys.executable, HERE / "same_figures.py", narrow, Path(folder) / "pandas"], check=True)


def same_feeds(home: Path, narrow: Path) -> Path:
    """Return a home that holds only the files of the feeds which the peer reads."""
    subprocess.run([MAISUI, "init", narrow, "--entity", "E0123H353090001"], check=True, stdout=subprocess.DEVNULL)
    inbox = narrow / "inbox" / "east5"
    inbox.mkdir(parents=True, exist_ok=True)
    for code in WANTED:
        for file in (home / "inbox" / "east5").glob(f"*-{code}-*"):
            (inbox / file.name).hardlink_to(file)
    return narrow


def ratio(above: list[Run], below: list[Run]) -> float:
    """Return the median ratio of seconds on the clock."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(above, below, strict=True))


def processor_ratio(above: list[Run], below: list[Run]) -> float:
    """Return the median ratio of processor seconds, which other work on the machine disturbs less."""
    return statistics.median(a.processor_seconds / b.processor_seconds for a, b in zip(above, below, strict=True))


def print_results(
    scale: str, rows: int, generated: Run, whole: list[Run], again: list[Run], by_hand: list[Run], same: list[Run], pandas: list[Run]
) -> None:
    """Print medians and the medians of the ratios taken run by run."""
    seconds = statistics.median(run.seconds for run in whole)
    result: dict[str, float | int | str] = {
        "scale": scale,
        "delivered_rows": rows,
        "generate_seconds": round(generated.seconds, 1),
        "batch_seconds": round(seconds, 1),
        "batch_seconds_per_million_rows": round(seconds / rows * 1e6, 2),
        "batch_peak_mb": round(max(run.peak_mb for run in whole)),
        "integrate_and_publish_seconds": round(statistics.median(run.seconds for run in again), 1),
        "same_sql_by_hand_seconds": round(statistics.median(run.seconds for run in by_hand), 1),
        "overhead_over_same_sql": round(ratio(again, by_hand) - 1, 3),
        "overhead_over_same_sql_in_processor_seconds": round(processor_ratio(again, by_hand) - 1, 3),
    }
    if pandas:
        result["same_work_seconds"] = round(statistics.median(run.seconds for run in same), 1)
        result["same_work_peak_mb"] = round(max(run.peak_mb for run in same))
        result["pandas_seconds"] = round(statistics.median(run.seconds for run in pandas), 1)
        result["pandas_peak_mb"] = round(max(run.peak_mb for run in pandas))
        result["times_faster_than_pandas"] = round(ratio(pandas, same), 2)
        result["times_less_work_than_pandas_in_processor_seconds"] = round(processor_ratio(pandas, same), 2)
    for name, value in result.items():
        print(f"{name:34} {value}")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    facts = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(), **result}
    (folder / f"batch-{scale}.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
