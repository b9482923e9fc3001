"""Delivered files: names, encoding, line counts and the .log companion that vouches for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from maisui.example_bank.days import compact
from maisui.example_bank.flaws import FlawPlanter
from maisui.example_bank.text_columns import ArrowText

_GENERATED_AT = "233000"


def line_bytes(lines: ArrowText) -> memoryview:
    """The bytes of all lines one after the other."""
    offsets = np.frombuffer(lines.buffers()[1], np.int32)[lines.offset : lines.offset + len(lines) + 1]
    data = memoryview(lines.buffers()[2])
    return data[int(offsets[0]) : int(offsets[-1])]


@dataclass
class DeliveryFolder:
    """The folder into which a bank's systems put their files, and what has been put there so far."""

    folder: Path
    licence: str
    encoding: str
    planter: FlawPlanter | None = None
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def write(self, table: str, day: int, batches: Iterable[ArrowText]) -> None:
        """Write one table's file of a delivery day and its companion."""
        name = f"{self.licence}-{table}-{compact(day)}.txt"
        path = self.folder / name
        count = 0
        with path.open("wb") as target:
            for batch in batches:
                if self.planter is not None and self.planter.touches(table):
                    count += self.planter.write(target, batch, name=name, day=day, written=count, encoding=self.encoding)
                    continue
                data = line_bytes(batch)
                target.write(data if self.encoding == "utf-8" else bytes(data).decode().encode(self.encoding))
                count += len(batch)
        size = path.stat().st_size
        log = f"文件名:{name}\n记录数:{count}\n文件大小:{size}\n生成时间:{compact(day)}{_GENERATED_AT}\n"
        (self.folder / f"{name.removesuffix('.txt')}.log").write_text(log, encoding="utf-8", newline="\n")
        self.rows[table] = self.rows.get(table, 0) + count
        self.files += 1
        self.bytes += size
