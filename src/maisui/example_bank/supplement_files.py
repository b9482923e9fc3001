"""Supplement feeds as a bank's own departments deliver them: CSV with a header in UTF-8 or a workbook, one file a feed and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import xlsxwriter

from maisui.example_bank.days import compact
from maisui.example_bank.flaws import FlawPlanter
from maisui.example_bank.row_template import contract
from maisui.example_bank.text_columns import ArrowText


@dataclass
class SupplementFolder:
    """The folder for supplement feeds and the rows put there so far, by feed."""

    folder: Path
    licence: str
    planter: FlawPlanter | None = None
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def write(self, feed: str, day: int, columns: Mapping[str, ArrowText | list[str]]) -> None:
        """Write one feed's file of a day; every column is text of the same length."""
        self.write_batches(feed, day, [columns])

    def write_batches(self, feed: str, day: int, batches: Iterable[Mapping[str, ArrowText | list[str]]]) -> None:
        """Write one feed's file of a day batch after batch, so that only one of them is in memory."""
        path = self._place(feed, day, "csv")
        rows = 0
        with path.open("wb") as target:
            for number, columns in enumerate(batches):
                table = pa.table(
                    {name: column if isinstance(column, pa.Array) else pa.array(column, pa.string()) for name, column in columns.items()}
                )
                if not number:
                    target.write((",".join(table.column_names) + "\n").encode())
                pc.write_csv(table, target, pc.WriteOptions(include_header=False, quoting_style="needed"))
                rows += table.num_rows
        is_spoiled = self.planter is not None and self.planter.touches(feed)
        self._count(feed, path, self.planter.spoil_csv(path, day) if self.planter and is_spoiled else rows)

    def write_rows(self, feed: str, day: int, rows: Sequence[Sequence[object]]) -> None:
        """Write one feed's file of a day from `rows` in the order of the feed's contract."""
        names = contract("supplement").feeds[feed].column_names
        self.write(feed, day, {name: [str(row[place]) for row in rows] for place, name in enumerate(names)})

    def write_workbook(self, feed: str, day: int, title: str, rows: Sequence[Sequence[object]]) -> None:
        """Write a workbook as a department does: a title over the header, dates as dates, numbers as numbers."""
        path = self._place(feed, day, "xlsx")
        book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same bank gives the same bytes
        sheet = book.add_worksheet(title)
        names = contract("supplement").feeds[feed].column_names
        sheet.merge_range(0, 0, 0, len(names) - 1, title)
        sheet.write_row(1, 0, names)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
        book.close()
        self._count(feed, path, len(rows))

    def _place(self, feed: str, day: int, kind: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{self.licence}-{feed}-{compact(day)}.{kind}"

    def _count(self, feed: str, path: Path, rows: int) -> None:
        self.rows[feed] = self.rows.get(feed, 0) + rows
        self.files += 1
        self.bytes += path.stat().st_size
