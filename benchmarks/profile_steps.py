"""Where a batch spends its time: processor seconds, memory and rows of every step, the dearest first."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from maisui.pipeline.batch import run_batch
from maisui.warehouse.home import open_home

_STATM = Path("/proc/self/statm")
_BETWEEN_LOOKS = 0.2


def processor_seconds() -> float:
    """Return what this process and the intake's ended workers have used of the processors."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def resident_mb() -> float:
    """Return the memory this process holds now; 0 where the system does not tell."""
    return int(_STATM.read_text().split()[1]) * resource.getpagesize() / 2**20 if _STATM.exists() else 0.0


@dataclass(slots=True)
class Profile:
    """Adds up, for each stage that the batch reports, what it took; a stage ends when the next is reported."""

    stage: str = "plan"
    is_told: bool = False
    spent: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    began: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), processor_seconds()))

    def report(self, stage: str, done: int, total: int) -> None:
        """Take the batch's word that `stage` is under way; files of a feed count as one stage."""
        del done, total
        self.look()
        now = (time.perf_counter(), processor_seconds())
        spent = self.spent[self.stage]
        spent[0] += now[0] - self.began[0]
        spent[1] += now[1] - self.began[1]
        if self.is_told:
            print(
                f"{self.stage:34}{now[0] - self.began[0]:10.1f}{now[1] - self.began[1]:11.1f}{resident_mb():9.0f}",
                file=sys.stderr,
                flush=True,
            )
        self.stage, self.began = "intake" if stage.startswith("intake") else stage.removeprefix("integrate: "), now

    def look(self) -> None:
        """Remember the largest memory seen while the stage lasts."""
        spent = self.spent.setdefault(self.stage, [0.0, 0.0, 0.0])
        spent[2] = max(spent[2], resident_mb())

    def watch(self, ended: threading.Event) -> None:
        """Look again and again until the batch has ended."""
        while not ended.wait(_BETWEEN_LOOKS):
            self.look()


def main() -> None:
    """Run a batch on a home and print its dearest stages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("home", type=Path)
    options.add_argument("--date", type=date.fromisoformat, default=date(2026, 10, 31))
    options.add_argument("--top", type=int, default=25)
    options.add_argument("--follow", action="store_true", help="print each stage as it ends, to the error stream")
    options.add_argument("--json", type=Path, help="write all stages here")
    chosen = options.parse_args()
    profile, ended = Profile(is_told=chosen.follow), threading.Event()
    watching = threading.Thread(target=profile.watch, args=(ended,), daemon=True)
    watching.start()
    began = time.perf_counter()
    try:
        result = run_batch(open_home(chosen.home), reporting_date=chosen.date, now=datetime.now(UTC), progress=profile.report)
    finally:
        ended.set()
        watching.join()
        profile.report("end", 0, 0)
        print_stages(profile, chosen.top)
    rows = {table: 0 for part in result.manifest.parts for table in part.tables}
    for part in result.manifest.parts:
        for table, count in part.tables.items():
            rows[table] += count
    for note in result.notes:
        print(note)
    print(f"\nversion {result.manifest.version}, content {result.manifest.content_hash}")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"{time.perf_counter() - began:.1f} s on the clock, {processor_seconds():.1f} s of processors, peak {peak:.0f} MB")
    if chosen.json:
        stages = {
            name: {"seconds": seconds, "processor_seconds": processor, "peak_mb": memory, "rows": rows.get(name)}
            for name, (seconds, processor, memory) in profile.spent.items()
        }
        chosen.json.write_text(json.dumps(stages, indent=1), encoding="utf-8")


def print_stages(profile: Profile, top: int) -> None:
    """Print the stages that took most."""
    print(f"{'stage':34}{'seconds':>10}{'processor':>11}{'peak MB':>9}")
    for name, (seconds, processor, peak) in sorted(profile.spent.items(), key=lambda item: -item[1][1])[:top]:
        print(f"{name:34}{seconds:10.1f}{processor:11.1f}{peak:9.0f}")


if __name__ == "__main__":
    main()
