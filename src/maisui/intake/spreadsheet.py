"""How a workbook becomes the text its feed agrees on: values as they were entered, and every cell that cannot be trusted named."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from maisui.intake.refusal import FileRefusedError
from maisui.sources.contract import ColumnKind, Feed, FeedColumn

Workbook = Any
"""An openpyxl.Workbook, read-only."""
Sheet = Any
"""A sheet of one."""

WORKBOOK_BYTES = 32 << 20
UNPACKED_BYTES = 256 << 20
MOST_PARTS = 2000
MOST_ROWS = 200_000
MOST_NAMED = 5
_HEADER_WITHIN = 20
_LARGEST_EXACT = 10**15
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_NEXT = "correct the workbook (the template of `maisui template` shows the form) and deliver it again"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be taken over: its row from 1, its column letter, the feed's column and why, in both languages."""

    row: int
    letter: str
    column: str
    what_zh: str
    what_en: str


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet as delivered text: the header and rows of fields, with the sheet's own row number of each, and its bad cells."""

    header: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]
    letters: tuple[str, ...]
    faults: list[CellFault] = field(default_factory=list[CellFault])

    def as_csv(self, feed: Feed) -> bytes:
        """Return the sheet as the text file the feed agrees on, in UTF-8."""
        written = io.StringIO()
        writer = csv.writer(written, delimiter=feed.delimiter, quotechar=feed.quote or '"', lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return written.getvalue().encode("utf-8")


def text_of_workbook(path: Path, feed: Feed) -> bytes:
    """Return the rows of the feed's sheet as text.

    Raises:
        FileRefusedError: when the workbook may not be opened, holds no such sheet, or has cells that cannot be trusted.
    """
    sheet = read_workbook(path.read_bytes(), feed)
    if sheet.faults:
        named = "; ".join(f"{fault.letter}{fault.row}: {fault.what_en}" for fault in sheet.faults[:MOST_NAMED])
        more = f" and {len(sheet.faults) - MOST_NAMED} more" if len(sheet.faults) > MOST_NAMED else ""
        raise FileRefusedError(f"{len(sheet.faults)} cell(s) cannot be taken over: {named}{more}", where="the workbook", next_step=_NEXT)
    return sheet.as_csv(feed)


def read_workbook(content: bytes, feed: Feed) -> SheetText:
    """Return the sheet of `content` whose header names the feed's columns; titles in Chinese or English count as names.

    Raises:
        FileRefusedError: when the workbook may not be opened or holds no such sheet.
    """
    hold_to_form(content)
    openpyxl: Any = import_module("openpyxl")  # only where a workbook comes: it is slow to load
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged file makes it stumble over
        raise _refused(f"the workbook cannot be read ({type(error).__name__})") from None
    try:
        return _only_sheet(values, formulas, feed)
    except FileRefusedError:
        raise
    except Exception as error:  # noqa: BLE001
        raise _refused(f"the workbook cannot be read ({type(error).__name__})") from None
    finally:
        values.close()
        formulas.close()


def hold_to_form(content: bytes) -> None:
    """Refuse what no delivery needs: other formats, macros, links to other files, and archives that unpack to far too much."""
    if content.startswith(_OLD_FORMAT):
        raise _refused("the workbook is in the old format or protected by a password; save it as .xlsx without one")
    if len(content) > WORKBOOK_BYTES:
        raise _refused(f"the workbook is larger than {WORKBOOK_BYTES >> 20} MB; deliver it as csv")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = [part.filename.lower() for part in parts]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
                raise _refused(f"the workbook unpacks to more than {UNPACKED_BYTES >> 20} MB")
            if any(name.endswith("vbaproject.bin") for name in names):
                raise _refused("the workbook holds macros; save it without them")
            if any(name.startswith(("xl/externallinks/", "xl/connections")) for name in names):
                raise _refused("the workbook takes values from other files; copy it as values only")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(4096):
                            raise _refused("the workbook holds a document type definition, which no spreadsheet writes")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise _refused("the file is no .xlsx workbook, or it is damaged or encrypted") from None


def _only_sheet(values: Workbook, formulas: Workbook, feed: Feed) -> SheetText:
    found: list[tuple[str, int, tuple[str, ...], tuple[str, ...]]] = []
    for sheet in (*values.worksheets, *formulas.worksheets):
        sheet.reset_dimensions()  # what a file says of its own size is not always true
    for sheet in values.worksheets:
        header = _header_of(sheet, feed)
        if header is not None:
            found.append((sheet.title, *header))
    if not found:
        raise _refused("no sheet has a header row with the feed's columns within its first 20 rows")
    if len(found) > 1:
        raise _refused(f"{len(found)} sheets hold this feed's columns; deliver one a workbook")
    title, number, header, letters = found[0]
    return _rows(values[title], formulas[title], feed, number, header, letters)


def _header_of(sheet: Sheet, feed: Feed) -> tuple[int, tuple[str, ...], tuple[str, ...]] | None:
    """Return the row of the header, its names as contracted, and the letters of their columns."""
    known = _known_names(feed)
    enough = max(1, (len(feed.columns) + 1) // 2)
    for number, cells in enumerate(sheet.iter_rows(max_row=_HEADER_WITHIN, values_only=True), start=1):
        texts = [_name(cell) for cell in cells]
        if len({known[text] for text in texts if text in known}) >= enough:
            while texts and not texts[-1]:
                texts.pop()
            return number, tuple(known.get(text, text) for text in texts), tuple(letter_of(n) for n in range(1, len(texts) + 1))
    return None


def letter_of(number: int) -> str:
    """Return the letters of a column in a spreadsheet, A for 1 and AA for 27."""
    before, last = divmod(number - 1, 26)
    return (letter_of(before) if before else "") + chr(ord("A") + last)


def _known_names(feed: Feed) -> dict[str, str]:
    """Return the column behind each way to write its name; an ambiguous title names none."""
    found: dict[str, str] = {}
    for column in feed.columns:
        for name in (*(_name(part) for part in column.title.split(" / ", 1)), _name(column.title)):
            found[name] = "" if found.get(name, column.name) != column.name else column.name
    found = {name: column for name, column in found.items() if column}
    return found | {column.name.casefold(): column.name for column in feed.columns}


def _name(cell: object) -> str:
    return " ".join(str(cell).split()).rstrip("*").strip().casefold() if cell is not None else ""


def _rows(values: Sheet, formulas: Sheet, feed: Feed, header_row: int, header: Sequence[str], letters: tuple[str, ...]) -> SheetText:
    known = {column.name: column for column in feed.columns}
    columns = [known.get(name) for name in header]
    sheet = SheetText(tuple(header), [], [], letters)
    for number, (cells, written) in enumerate(_pairs(values, formulas, header_row, len(header)), start=header_row + 1):
        if all(cell is None or cell == "" for cell in written):
            continue
        if not sheet.rows and _is_title_row(cells, columns):
            continue
        if len(sheet.rows) == MOST_ROWS:
            raise _refused(f"the sheet has more than {MOST_ROWS} rows; deliver it as csv")
        texts: list[str] = []
        for place, (cell, formula, column) in enumerate(zip(cells, written, columns, strict=True)):
            text, fault = _text(cell, formula, column)
            texts.append(text)
            if fault is not None:
                sheet.faults.append(CellFault(number, letters[place], header[place], *fault))
        sheet.rows.append(texts)
        sheet.numbers.append(number)
    return sheet


def _pairs(values: Sheet, formulas: Sheet, header_row: int, width: int) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    options = {"min_row": header_row + 1, "max_col": width, "values_only": True}
    for cells, written in zip(values.iter_rows(**options), formulas.iter_rows(**options), strict=True):
        missing = (None,) * (width - len(cells))
        yield (*cells, *missing), (*written, *missing)


def _is_title_row(cells: Sequence[object], columns: Sequence[FeedColumn | None]) -> bool:
    """Tell whether the row below the header only repeats it in words."""
    pairs = [(_name(cell), column) for cell, column in zip(cells, columns, strict=True) if column is not None and cell is not None]
    titled = [text in {_name(part) for part in (*column.title.split(" / ", 1), column.title)} for text, column in pairs]
    return bool(titled) and all(titled)


def _text(cell: object, formula: object, column: FeedColumn | None) -> tuple[str, tuple[str, str] | None]:
    """Return a cell as text, and why it cannot be trusted where it cannot."""
    match cell:
        case None:
            is_formula = isinstance(formula, str) and formula.startswith("=")
            return "", ("公式没有结果，请粘贴为数值", "a formula without a result; paste it as a value") if is_formula else None
        case str():
            is_error = cell.startswith("#") and cell.endswith(("!", "?", "/A"))
            text = " ".join(cell.replace("\r", "\n").split("\n")).strip()
            return text, ("单元格是错误值", "the cell shows an error") if is_error else None
        case bool():
            return ("是" if cell else "否"), None
        case date() | time():
            return _moment(cell, column)
        case int() | float():
            return _number(cell)
        case _:
            return "", ("不支持的单元格类型", "a kind of cell that cannot be read")


def _moment(cell: date | time, column: FeedColumn | None) -> tuple[str, tuple[str, str] | None]:
    kind = column.kind if column is not None else ColumnKind.TEXT
    if isinstance(cell, time):
        if kind is ColumnKind.TIME:
            return cell.strftime("%H%M%S"), None
    elif kind is ColumnKind.DATE and column is not None:
        return cell.strftime(column.format), None
    elif kind is ColumnKind.MONTH:
        return cell.strftime("%Y%m"), None
    elif kind is ColumnKind.TEXT:
        return cell.strftime("%Y-%m-%d"), None
    return "", ("表格软件把它变成了日期或时间，原值无法恢复", "the spreadsheet turned it into a date or time; what was entered is lost")


def _number(cell: float) -> tuple[str, tuple[str, str] | None]:
    if abs(cell) >= _LARGEST_EXACT:
        return "", (
            "超过 15 位的数字已被表格软件改动，请按文本录入",
            "the spreadsheet keeps 15 digits of a number and has changed it; enter it as text",
        )
    if isinstance(cell, int):
        return str(cell), None
    exact = Decimal(format(cell, ".15g"))
    text = format(exact, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text), None


def _refused(what: str) -> FileRefusedError:
    return FileRefusedError(what, where="the workbook", next_step=_NEXT)
