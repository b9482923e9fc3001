"""Files as a provincial union sends them down: fields parted by |$|, GBK, packed, a structure file beside each table."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maisui.example_bank.county import County
from maisui.example_bank.days import as_date, compact
from maisui.example_bank.delivery_files import line_bytes
from maisui.example_bank.row_template import contract
from maisui.example_bank.text_columns import ArrowText, joined_text

_DELIMITER = "|$|"
_WIDTHS = {"amount": "DECIMAL(18,2)", "date": "CHAR(8)"}


@dataclass
class DownlinkFolder:
    """The folder for the province's tables and the rows put there so far, by table."""

    folder: Path
    county: County
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0

    def write(self, feed: str, system: str, day: int, batches: Iterable[Mapping[str, ArrowText | str]]) -> None:
        """Write all rows of a `system`'s table as of `day`, columns in the contract's order, and its structure file.

        The columns that every table begins and ends with are added here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        columns = contract("downlink").feeds[feed].columns
        always = {
            "SRC_SYS_CD": system,
            "LGL_ENTY_NO": self.county.legal_entity,
            "BIZ_DT": compact(day),
            "PLTF_DT": compact(day + 1),
            "DATA_LOAD_TMS": f"{as_date(day + 1)} 02:00:00",
        }
        stem, rows = f"{feed.upper()}_{self.county.legal_entity}", 0
        data = self.folder / f"{stem}_ALL_{compact(day)}.dat.gz"
        with data.open("wb") as target, gzip.GzipFile("", "wb", fileobj=target, mtime=0) as packed:
            for batch in batches:
                values = {**always, **batch}
                lines = joined_text(_DELIMITER, *(values[column.name] for column in columns))
                packed.write(bytes(line_bytes(joined_text("", lines, "\n"))).decode().encode("gbk"))
                rows += len(lines)
        structure = self.folder / f"{stem}_{compact(day)}.stru"
        lines = [
            f"{number}|{column.name}|{_WIDTHS.get(column.kind.value, 'VARCHAR(60)')}|N|{column.title.split(' / ')[0]}"
            for number, column in enumerate(columns, start=1)
        ]
        structure.write_bytes(("\r\n".join(lines) + "\r\n").encode("gbk"))
        self.rows[feed] = self.rows.get(feed, 0) + rows
        self.files += 2
        self.bytes += data.stat().st_size + structure.stat().st_size
