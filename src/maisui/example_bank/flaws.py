"""Which malformed rows are planted in the files, and the register that tests read afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from maisui.example_bank.flaw_kinds import SPOILERS, TABLES, Spoiled, row_of
from maisui.example_bank.randomness import stream
from maisui.example_bank.text_columns import ArrowTable, ArrowText

_KINDS = tuple(SPOILERS)


class FlawPlanter:
    """Plants flaws at a rate per million rows and keeps a register of every one."""

    def __init__(self, seed: int, per_million: int) -> None:
        """Plant `per_million` flaws in a million rows, on average."""
        self._seed = seed
        self._share = per_million / 1_000_000
        self._planted = [0] * len(_KINDS)
        self.register: list[tuple[str, int, str, str, str]] = []

    def touches(self, table: str) -> bool:
        """True for the tables and feeds that get flaws, where any are planted at all."""
        return self._share > 0 and table in TABLES

    def write(self, target: BinaryIO, lines: ArrowText, *, name: str, day: int, written: int, encoding: str) -> int:
        """Write the lines, some of them spoiled; returns the number of physical lines written."""
        return self._write(target, lines.to_pylist(), name=name, day=day, written=written, encoding=encoding)

    def spoil_csv(self, path: Path, day: int) -> int:
        """Spoil rows of a comma-separated file with a header that has been written; returns its physical data lines."""
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        with path.open("wb") as target:
            target.write(header.encode())
            return self._write(target, lines, name=path.name, day=day, written=0, encoding="utf-8", above=1)

    def _write(self, target: BinaryIO, lines: Sequence[str], *, name: str, day: int, written: int, encoding: str, above: int = 0) -> int:
        """Write lines; numbers in the register count the file's lines from 1, `above` of them stand over the data."""
        table = name.split("-")[1]
        rng = stream(self._seed, f"flaws {table} {written}", day)
        hit = np.flatnonzero(rng.random(len(lines)) < self._share)
        start, extra = 0, 0
        for place in hit.tolist():
            target.write("".join(lines[start:place]).encode(encoding))
            kind, spoiled = self._spoiled(table, lines[place], rng, encoding)
            target.write(b"".join(spoiled.lines))
            first = above + written + place + extra + 1
            self.register += [(name, first + at, kind, spoiled.detail, spoiled.outcome) for at in spoiled.flawed]
            extra += len(spoiled.lines) - 1
            start = place + 1
        target.write("".join(lines[start:]).encode(encoding))
        return len(lines) + extra

    def _spoiled(self, table: str, line: str, rng: np.random.Generator, encoding: str) -> tuple[str, Spoiled]:
        """Spoil a line in the kind planted least so far that applies to it, drawn among equals: few flaws are of every kind, too."""
        row = row_of(table, line, encoding)
        for place in sorted(rng.permutation(len(_KINDS)).tolist(), key=self._planted.__getitem__):
            spoiled = SPOILERS[_KINDS[place]](row, rng)
            if spoiled is not None:
                self._planted[place] += 1
                return _KINDS[place], spoiled
        raise ValueError(f"no kind of flaw applies to a row of {table}")

    def table(self) -> ArrowTable:
        """The register: file name, physical line (from 1), kind, detail and what becomes of the row."""
        columns = list(zip(*self.register, strict=True)) if self.register else [()] * 5
        kinds = (pa.string(), pa.int64(), pa.string(), pa.string(), pa.string())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.table(dict(zip(("file", "line", "kind", "detail", "outcome"), arrays, strict=True)))
