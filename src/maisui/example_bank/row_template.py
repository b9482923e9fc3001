"""How lines of a table are put together: the contract gives the column order, unchanging stretches are joined once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pyarrow as pa

from maisui.example_bank.text_columns import ArrowText, glued, joined_text
from maisui.sources.contract import Source
from maisui.sources.loader import load_builtin

SEPARATOR = "\x01"
Columns = Mapping[str, ArrowText | str]


@cache
def contract(source: str) -> Source:
    """A built-in source, read once: its contract is checked anew whenever it is read, and files are written by the thousand."""
    return load_builtin(source)


def field_order(table: str) -> tuple[str, ...]:
    """Field codes of an EAST table in the order of the built-in contract."""
    return contract("east5").feeds[table].column_names


def _is_text(value: ArrowText | str) -> bool:
    return isinstance(value, str)


def _joined(parts: list[ArrowText | str]) -> ArrowText:
    """Columns and constants joined with the separator; neighbouring constants become one."""
    merged: list[ArrowText | str] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + SEPARATOR + part
        else:
            merged.append(part)
    return joined_text(SEPARATOR, *merged)


class RowTemplate:
    """Lines of one table about things that are only ever added (accounts, loans, customers).

    `describe` gives the unchanging fields of the things at given positions, constants as plain text; all other
    fields are given when lines are made.
    """

    def __init__(self, table: str, describe: Callable[[np.ndarray], Columns]) -> None:
        """Take the column order from the contract and find the unchanging stretches."""
        self.table = table
        self._describe = describe
        fixed = describe(np.zeros(0, np.int64))
        order = field_order(table)
        strange = set(fixed) - set(order)
        if strange:
            raise KeyError(f"{table} has no fields {sorted(strange)}")
        self._stretches: list[list[str]] = []
        self._open: set[str] = set()
        for field in order:
            if field in fixed:
                if not self._stretches or self._stretches[-1][0] in self._open:
                    self._stretches.append([])
                self._stretches[-1].append(field)
            else:
                self._open.add(field)
                self._stretches.append([field])
        self._edition = 0
        self._forget()

    def _fixed_stretches(self) -> list[list[str]]:
        return [stretch for stretch in self._stretches if stretch[0] not in self._open]

    def _forget(self) -> None:
        self._known = 0
        self._texts: list[ArrowText] = [pa.array([], pa.string()) for _ in self._fixed_stretches()]

    def learn(self, count: int, edition: int = 0) -> None:
        """Describe the things up to `count` that are new since the last call, all of them anew in a new `edition`."""
        if edition != self._edition:
            self._edition = edition
            self._forget()
        if count <= self._known:
            return
        positions = np.arange(self._known, count)
        fields = self._describe(positions)
        for place, stretch in enumerate(self._fixed_stretches()):
            parts = [fields[field] for field in stretch]
            if all(_is_text(part) for part in parts):
                parts[0] = pa.repeat(parts[0], len(positions))
            fresh = _joined(parts)
            self._texts[place] = pa.concat_arrays([self._texts[place], fresh])
        self._known = count

    def lines(self, things: np.ndarray, values: Columns) -> ArrowText:
        """One line for each position in `things`, line ends included; `values` holds the changing fields."""
        missing = self._open - set(values)
        if missing or set(values) - self._open:
            raise KeyError(f"{self.table}: missing {sorted(missing)}, unknown {sorted(set(values) - self._open)}")
        index = pa.array(things.astype(np.int64))
        texts = iter(self._texts)
        parts: list[ArrowText | str] = [
            values[stretch[0]] if stretch[0] in self._open else next(texts).take(index) for stretch in self._stretches
        ]
        last = parts[-1]
        parts[-1] = last + "\n" if isinstance(last, str) else glued(last, "\n")
        return _joined(parts)
