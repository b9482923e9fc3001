"""Which malformed rows are planted in the files, and the register that tests read afterwards."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
import pyarrow as pa

from maisui.example_bank.randomness import stream
from maisui.example_bank.row_template import SEPARATOR, field_order
from maisui.example_bank.text_columns import ArrowTable, ArrowText

TABLES = ("GRCKFHZMX", "GRJCXXB")
_AMOUNT_FORMS = ("1e5", "1_000", "1,234.56", "(1.00)", "1.00-", "1.005", "NaN", "Inf", "—", "9" * 20 + ".00", "１２３.００")
_DATE_FORMS = ("20260230", "45678", "2026/13/01", "00000000", "202610")
_FIELDS = {
    "GRCKFHZMX": {"amount": "JYJE", "date": "HXJYRQ", "word": "JYJDBZ"},
    "GRJCXXB": {"amount": "GRNSR", "date": "SHMDRQ", "word": "XB"},
}
KINDS = (
    "field_missing", "field_extra", "amount_form", "date_invalid", "word_unknown", "row_duplicated", "bytes_undecodable",
)  # fmt: skip


class FlawPlanter:
    """Plants flaws at a rate per million rows and keeps a register of every one."""

    def __init__(self, seed: int, per_million: int) -> None:
        """Plant `per_million` flaws in a million rows, on average."""
        self._seed = seed
        self._share = per_million / 1_000_000
        self.register: list[tuple[str, int, str, str]] = []

    def touches(self, table: str) -> bool:
        """True for the tables that get flaws."""
        return table in TABLES

    def write(self, target: BinaryIO, lines: ArrowText, *, name: str, day: int, written: int, encoding: str) -> int:
        """Write the lines, some of them spoiled; returns the number of physical lines written."""
        table = name.split("-")[1]
        rng = stream(self._seed, f"flaws {table} {written}", day)
        hit = np.flatnonzero(rng.random(len(lines)) < self._share)
        start, extra = 0, 0
        for place in hit.tolist():
            self._plain(target, lines.slice(start, place - start), encoding)
            kind = KINDS[int(rng.integers(len(KINDS)))]
            spoiled, detail = self._spoiled(lines[place].as_py(), table, kind, rng, encoding)
            target.write(spoiled)
            number = written + place + extra + 1
            if kind == "row_duplicated":
                extra += 1
                number += 1
            self.register.append((name, number, kind, detail))
            start = place + 1
        self._plain(target, lines.slice(start), encoding)
        return len(lines) + extra

    @staticmethod
    def _plain(target: BinaryIO, lines: ArrowText, encoding: str) -> None:
        if len(lines):
            target.write("".join(lines.to_pylist()).encode(encoding))

    def _spoiled(self, line: str, table: str, kind: str, rng: np.random.Generator, encoding: str) -> tuple[bytes, str]:
        fields = line.removesuffix("\n").split(SEPARATOR)
        order = field_order(table)
        if kind == "row_duplicated":
            return line.encode(encoding) * 2, ""
        if kind == "bytes_undecodable":
            head = line.encode(encoding)
            return head[:20] + b"\xff\xff" + head[20:], ""
        if kind == "field_missing":
            del fields[3]
            return (SEPARATOR.join(fields) + "\n").encode(encoding), order[3]
        if kind == "field_extra":
            fields.insert(5, "溢出")
            return (SEPARATOR.join(fields) + "\n").encode(encoding), order[5]
        forms = {"amount_form": _AMOUNT_FORMS, "date_invalid": _DATE_FORMS, "word_unknown": ("不详",)}[kind]
        field = _FIELDS[table][kind.split("_", maxsplit=1)[0]]
        form = forms[int(rng.integers(len(forms)))]
        fields[order.index(field)] = form
        return (SEPARATOR.join(fields) + "\n").encode(encoding), f"{field}={form}"

    def table(self) -> ArrowTable:
        """The register: file name, physical line (from 1), kind and detail."""
        columns = list(zip(*self.register, strict=True)) if self.register else [(), (), (), ()]
        kinds = (pa.string(), pa.int64(), pa.string(), pa.string())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.table(dict(zip(("file", "line", "kind", "detail"), arrays, strict=True)))
