"""What became of the scoring that follows a publication: one small file a version, so that a failure is seen and never stops anything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from maisui.errors import StorageError
from maisui.models.registry import models_folder
from maisui.warehouse.durable import write_durably


class Outcome(StrEnum):
    """What became of one model: it spoke, had spoken already, or failed."""

    DONE = "done"
    AS_BEFORE = "as_before"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One model of a run; a failure, or files that cannot be used, say what, where and what to do next, never a customer's values."""

    code: str
    outcome: Outcome
    what: str = ""
    where: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class ScoringRun:
    """The last time that models were asked about a version."""

    version: str
    at: datetime
    lines: tuple[RunLine, ...]

    @property
    def failed(self) -> tuple[RunLine, ...]:
        """Return what did not speak, and what speaks without files that are not as they were written."""
        return tuple(line for line in self.lines if line.what)


def write_run(home: Path, version: str, at: datetime, lines: Iterable[RunLine]) -> None:
    """Keep what became of a run; a later one of the same version stands in its place.

    Raises:
        StorageError: when it cannot be written.
    """
    folder = models_folder(home) / "runs"
    content = json.dumps({"at": at.isoformat(), "lines": [asdict(line) for line in lines]}, ensure_ascii=False, indent=1)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(folder / f"{version}.json", content)
    except OSError as error:
        raise StorageError(
            f"what became of scoring cannot be written: {error.strerror}", where=str(folder), next_step="free space, then score again"
        ) from error


def read_run(home: Path, version: str) -> ScoringRun | None:
    """Return what became of the last run of a version; None where there was none.

    Raises:
        StorageError: when it cannot be read.
    """
    path = models_folder(home) / "runs" / f"{version}.json"
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        lines = tuple(RunLine(**(line | {"outcome": Outcome(line["outcome"])})) for line in said["lines"])
        return ScoringRun(version, datetime.fromisoformat(said["at"]), lines)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            "what became of scoring cannot be read", where=str(path), next_step="run `maisui models score all` again"
        ) from error
