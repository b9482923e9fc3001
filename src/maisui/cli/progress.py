"""How long work shows itself: a bar a stage on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bars:
    """A context in which `report(stage, done, total)` draws one bar for each stage, on standard error."""

    def __init__(self) -> None:
        """Prepare the bars; nothing is drawn before the first report."""
        self._bars = Progress(
            TextColumn("{task.description:<34}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Begin drawing."""
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop drawing."""
        self._bars.stop()

    def report(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of `stage` is finished; what follows a colon in `stage` is detail."""
        name, _, detail = stage.partition(": ")
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total)
        shown = f"{name} {detail}" if detail else name
        self._bars.update(self._tasks[name], description=shown[:34], completed=done, total=total)
