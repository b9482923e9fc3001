"""What happens to lines that do not pass: kept with their reason and their own text, counted, and a limit to how many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maisui.errors import StorageError
from maisui.intake.arrow import ArrowError, Table, pa, pq
from maisui.intake.refusal import FileRefusedError

QUARANTINE_FILE = "quarantine.parquet"
ALWAYS_TOLERATED = 20
MOST_QUARANTINED = 1_000_000
_SCHEMA = pa.schema([("source_line", pa.int64()), ("reason", pa.string()), ("raw_line", pa.string())])
_SPILL_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A physical line that was not loaded: its number, the reason and the line as delivered."""

    line: int
    reason: str
    raw_line: str


class Quarantine:
    """Collects the lines of one file that did not pass."""

    def __init__(self) -> None:
        """Start empty."""
        self._done: list[Table] = []
        self._rows: list[QuarantinedRow] = []
        self._reasons: Counter[str] = Counter()
        self._first_lines: dict[str, int] = {}
        self.count = 0

    def add(self, line: int, reason: str, raw_line: str) -> None:
        """Keep one line.

        Raises:
            FileRefusedError: when there are more than any file may have.
        """
        self._rows.append(QuarantinedRow(line, reason, raw_line))
        self._reasons[reason] += 1
        self._first_lines.setdefault(reason, line)
        self.count += 1
        if len(self._rows) >= _SPILL_ROWS:
            self._done.append(self._as_table())
            self._rows = []
        if self.count > MOST_QUARANTINED:
            raise FileRefusedError(f"more than {MOST_QUARANTINED} lines do not pass: {self.commonest()}", where=self._where())

    def hold_to_limit(self, line_count: int, limit: float) -> None:
        """Refuse the file when too large a part of it did not pass, or nothing at all did.

        Raises:
            FileRefusedError: naming the three commonest reasons with counts and first lines.
        """
        allowed = max(ALWAYS_TOLERATED, int(limit * line_count))
        if self.count and (self.count > allowed or self.count == line_count):
            raise FileRefusedError(
                f"{self.count} of {line_count} lines do not pass (allowed: {min(allowed, line_count - 1)}): {self.commonest()}",
                where=self._where(),
                next_step="compare the file with its contract (columns, order, forms); have it delivered again or amend the contract",
            )

    def commonest(self) -> str:
        """Return the three commonest reasons in words."""
        ranked = sorted(self._reasons, key=lambda reason: (-self._reasons[reason], self._first_lines[reason]))[:3]
        return ", ".join(f"{reason} {self._reasons[reason]} times, first on line {self._first_lines[reason]}" for reason in ranked)

    def write(self, path: Path) -> None:
        """Write the collected lines in order of line number."""
        if not self.count:
            path.write_bytes(_empty_file())
            return
        table = pa.concat_tables([*self._done, self._as_table()]).sort_by("source_line")
        pq.write_table(table, path, compression="zstd", store_schema=False)

    def _where(self) -> str:
        return f"line {min(self._first_lines.values())} and on" if self._first_lines else ""

    def _as_table(self) -> Table:
        return pa.table(
            [
                pa.array([row.line for row in self._rows], pa.int64()),
                pa.array([row.reason for row in self._rows], pa.string()),
                pa.array([row.raw_line for row in self._rows], pa.string()),
            ],
            schema=_SCHEMA,
        )


@cache
def _empty_file() -> bytes:
    """Return the file of those that quarantine nothing, as most do: the same bytes, made once a process that takes files in."""
    sink = pa.BufferOutputStream()
    pq.write_table(_SCHEMA.empty_table(), sink, store_schema=False)
    return sink.getvalue().to_pybytes()


def read_quarantine(path: Path) -> list[QuarantinedRow]:
    """Return the quarantined lines of one registration.

    Raises:
        StorageError: when the file is missing or damaged.
    """
    try:
        table = pq.read_table(path, use_threads=False)
        rows = zip(*(table[name].to_pylist() for name in _SCHEMA.names), strict=True)
        return [QuarantinedRow(line, reason, raw_line) for line, reason, raw_line in rows]
    except (OSError, ArrowError, KeyError):
        raise StorageError(
            "a quarantine file of the raw layer is missing or damaged", where=str(path), next_step="restore the raw layer from the backup"
        ) from None
