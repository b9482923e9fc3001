"""Blocks of pages as plain values: the same lines and columns that the page draws and the export writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.web.pages.one_product.blocks import Block, Cell, Line, Ranged
from maisui.web.text import Text


def block_json(block: Block) -> dict[str, Any]:
    """Return a block; amounts and shares as text without rounding, names in both languages, `reason` where there is nothing."""
    return {
        "code": block.code,
        "title": _word(block.title),
        "lines_are": _word(block.first),
        "columns": [{"name": _word(heading.name), "unit": heading.unit.value if heading.unit else None} for heading in block.headings],
        "lines": [_line_json(line) for line in block.lines],
        "total": _line_json(block.total) if block.total else None,
        "finding": _word(block.finding),
        "notes": [_word(note) for note in block.notes],
        "reason": _word(block.reason),
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {"name": _word(line.name), "cells": [_cell(cell) for cell in line.cells]}


def _cell(cell: Cell) -> Any:
    match cell:
        case Decimal():
            return f"{cell:f}"
        case Ranged():
            return {"value": f"{cell.value:f}", "low": f"{cell.low:f}", "high": f"{cell.high:f}"}
        case tuple():
            return [_word(link.words) for link in cell]
        case Text() | str():
            return _word(cell)
        case _:
            return cell


def _word(word: Text | str) -> Any:
    return {"zh": word.zh, "en": word.en} if isinstance(word, Text) else word
