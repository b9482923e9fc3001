"""What a companion file vouches for, and whether the delivery keeps it to the row and to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from maisui.intake import totals
from maisui.intake.arrow import Table
from maisui.intake.receipt import Notice, Receipt, base_name
from maisui.intake.refusal import FileIncompleteError, FileRefusedError
from maisui.sources.contract import Feed

_SPELLINGS = {
    "file": "file filename file_name name datafile data_file 文件名 文件名称 数据文件 数据文件名 数据文件名称",
    "rows": "rows row_count rowcount row count records record_count recordcount recordnum num lines total "
    "记录数 总记录数 记录条数 总记录条数 数据记录数 数据记录条数 文件记录数 记录总数 记录数量 记录行数 行数 总行数 数据行数 文件行数 "
    "数据量 数据条数 数据总条数 条数 总条数 笔数",
    "bytes": "bytes size file_size filesize filebytes 文件大小 数据文件大小 文件字节数 字节数 大小 文件大小(字节) 文件大小（字节）",
    "created": "created createtime create_time created_at time date datetime 生成时间 创建时间 "
    "文件生成时间 文件创建时间 时间 生成日期 采集日期",
    "sha256": "sha256",
}
_KEYS = {spelt: key for key, spellings in _SPELLINGS.items() for spelt in spellings.split()}
_TABLE_DELIMITERS = ("\x01", "|", "\t", ",", ";", " ")
_ORDER = ("rows", "bytes", "created")
_LINE = re.compile(r"\s*([^:=：＝]+?)\s*[:=：＝]\s*(.*?)\s*")
_COUNT = re.compile(r"[0-9]{1,15}")
_LONG_COUNT = re.compile(r"[0-9]{1,25}")
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,6})?")
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_NEXT = "ask the sender which of the two is right and have both delivered again"
CONTROL_BYTES_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Declared:
    """What a control file says; a part it does not mention is None or empty."""

    file_name: str | None = None
    rows: int | None = None
    bytes: int | None = None
    sha256: str | None = None
    created: str | None = None
    sums: dict[tuple[str, str | None], Decimal] = field(default_factory=dict[tuple[str, str | None], Decimal])
    hashes: dict[str, int] = field(default_factory=dict[str, int])
    unknown_keys: int = 0

    @property
    def sees_every_cut(self) -> bool:
        """Tell whether a file cut anywhere must differ from what is declared."""
        return self.bytes is not None or self.sha256 is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns whose sums are declared."""
        return tuple(dict.fromkeys(column for column, _ in self.sums))

    def as_stored(self) -> dict[str, object]:
        """Return the declaration for the receipt."""
        stored: dict[str, object] = {}
        stored.update({"file": self.file_name, "rows": self.rows, "bytes": self.bytes, "sha256": self.sha256, "created": self.created})
        stored = {name: value for name, value in stored.items() if value is not None}
        for (column, code), amount in self.sums.items():
            stored[f"sum.{column}.{code}" if code else f"sum.{column}"] = totals.text_of(amount)
        stored.update({f"hash.{column}": total for column, total in self.hashes.items()})
        return stored


def read_control(path: Path, feed: Feed) -> Declared:
    """Return what the control file at `path` declares.

    Raises:
        FileRefusedError: when it cannot be understood.
    """
    where = f"control file {path.name}"
    with path.open("rb") as file:
        raw = file.read(CONTROL_BYTES_LIMIT + 1)
    if len(raw) > CONTROL_BYTES_LIMIT:
        raise FileRefusedError("the control file is far too large", where=where)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            raise FileRefusedError("the control file is neither UTF-8 nor GB18030", where=where) from None
    faults: list[str] = []
    found: dict[str, str] = {}
    for number, line in enumerate(text.replace("\r", "\n").split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match:
            name = match[1].strip()
            key = _KEYS.get(name.casefold(), name if name.startswith(("sum.", "hash.")) else f"?{number}")
            if key in found and found[key] != match[2]:
                faults.append(f"{key} is declared twice")
            found[key] = match[2]
    if not set(found) & {"file", "rows", "bytes", "sha256"}:
        found = _as_table(text) or found
    found = {key: _bare_number(value) if key in ("rows", "bytes") else value for key, value in found.items()}
    declared = _declared(found, feed, faults)
    if faults:
        raise FileRefusedError("; ".join(faults), where=where, next_step="have the control file delivered again")
    return declared


def _as_table(text: str) -> dict[str, str]:
    """Read `name,rows,size,time` on one line, with or without a line of headings above it."""
    rows = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    delimiter = next((mark for mark in _TABLE_DELIMITERS if rows and mark in rows[-1]), "")
    if not delimiter or len(rows) > len(("headings", "values")):
        return {}
    cells = [[cell.strip().strip('"') for cell in row.split(delimiter)] for row in rows]
    values = cells[-1]
    if len(cells) > 1:
        named = [_KEYS.get(cell.casefold(), "") for cell in cells[0]]
        return {key: value for key, value in zip(named, values, strict=False) if key}
    name = next((place for place, cell in enumerate(values) if re.search(r"\.(txt|dat|csv)(\.gz)?$", cell, re.IGNORECASE)), None)
    if name is None:
        return {}
    return {"file": values[name], **dict(zip(_ORDER, values[name + 1 :], strict=False))}


def _bare_number(text: str) -> str:
    """Return a count without thousands marks and without what is counted (`1,234 条`)."""
    match = re.fullmatch(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*(?:条|行|笔|字节|bytes?|rows?|b)?", text.strip(), re.IGNORECASE)
    return match[1].replace(",", "") if match else text


def _declared(found: dict[str, str], feed: Feed, faults: list[str]) -> Declared:
    found = {key: text for key, text in found.items() if not (feed.is_kept and key.startswith(("sum.", "hash.")))}
    sums = {key: text for key, text in found.items() if key.startswith("sum.")}
    hashes = {key: text for key, text in found.items() if key.startswith("hash.")}
    faults.extend(f"{key} is not a whole number" for key in ("rows", "bytes") if key in found and not _COUNT.fullmatch(found[key]))
    if "sha256" in found and not _HEX.fullmatch(found["sha256"]):
        faults.append("sha256 is not 64 hexadecimal digits")
    for key, text in sums.items():
        if not totals.summable(feed, key.split(".")[1]):
            faults.append(f"{key} does not name a column that can be added")
        elif not _NUMBER.fullmatch(text):
            faults.append(f"{key} is not a plain number")
    for key, text in hashes.items():
        if key.split(".", 1)[1] not in feed.column_names:
            faults.append(f"{key} does not name a contracted column")
        elif not _LONG_COUNT.fullmatch(text):
            faults.append(f"{key} is not a whole number")
    if faults:
        return Declared()
    return Declared(
        file_name=found.get("file"),
        rows=int(found["rows"]) if "rows" in found else None,
        bytes=int(found["bytes"]) if "bytes" in found else None,
        sha256=found["sha256"].lower() if "sha256" in found else None,
        created=found.get("created"),
        sums={_column_and_currency(key): Decimal(text) for key, text in sums.items()},
        hashes={key.split(".", 1)[1]: int(text) for key, text in hashes.items()},
        unknown_keys=sum(key.startswith("?") for key in found),
    )


def _column_and_currency(key: str) -> tuple[str, str | None]:
    _, column, *currency = key.split(".", 2)
    return column, currency[0] if currency else None


def hold_to_name_and_size(declared: Declared, file_name: str, sizes: tuple[int, ...]) -> None:
    """Compare name and size; `sizes` are those of the delivered file and of what it unpacks to.

    Raises:
        FileIncompleteError: when the file is smaller than declared: it is still being written.
        FileRefusedError: when name or size differ otherwise.
    """
    if declared.file_name is not None and base_name(declared.file_name) != base_name(file_name):
        raise FileRefusedError("the control file names another file", where="control file, file name", next_step=_NEXT)
    if declared.bytes is not None and declared.bytes not in sizes:
        if declared.bytes > max(sizes):
            raise FileIncompleteError(f"{declared.bytes} bytes are declared, {max(sizes)} are there: still being written, or cut")
        raise FileRefusedError(
            f"{declared.bytes} bytes are declared, {max(sizes)} were delivered", where="control file, size", next_step=_NEXT
        )


def is_still_kept(path: Path, feed: Feed, receipt: Receipt) -> bool:
    """Tell whether a registered file keeps what its control file says by now; where its receipt cannot tell, it does not."""
    try:
        declared = read_control(path, feed)
    except (FileRefusedError, OSError):
        return False
    if declared.as_stored() == receipt.control:
        return True
    is_whole = receipt.loaded == receipt.line_count
    return (
        not declared.hashes
        and (declared.file_name is None or base_name(declared.file_name) == base_name(receipt.file_name))
        and declared.rows in (None, receipt.line_count)
        and declared.bytes in (None, receipt.size, receipt.byte_count)
        and declared.sha256 in (None, receipt.sha256)
        and all(is_whole and _registered_sum(receipt, *place) == amount for place, amount in declared.sums.items())
    )


def _registered_sum(receipt: Receipt, column: str, currency: str | None) -> Decimal | None:
    by_currency = {code: Decimal(amount) for code, amount in receipt.totals.get(column, {}).items()}
    if currency is not None or not by_currency:
        return by_currency.get(currency or "")
    return sum(by_currency.values(), Decimal(0))


class ControlSums:
    """Adds up, over every physical row that could be split, what the control file declares."""

    def __init__(self, declared: Declared | None, feed: Feed) -> None:
        """Take the declaration; without one nothing is added."""
        self._declared = declared
        self._feed = feed
        self._sums: totals.Totals = {}
        self._hashes: dict[str, int] = {}
        self._unknown = 0

    def add(self, table: Table) -> None:
        """Add the rows of one block, those that fail their checks included."""
        if self._declared is None:
            return
        if self._declared.sums:
            self._unknown += totals.add_totals(self._sums, table, self._feed, self._declared.columns)
        for column in self._declared.hashes:
            self._hashes[column] = self._hashes.get(column, 0) + totals.digits_total(table, column)

    def compare(self, *, line_count: int, split_lines: int, sha256: frozenset[str], ends_cleanly: bool) -> tuple[Notice, ...]:
        """Hold the whole file to its declaration; return what could not be compared.

        Raises:
            FileRefusedError: listing everything that differs.
        """
        declared = self._declared
        if declared is None:
            return ()
        faults: list[str] = []
        if declared.rows is not None and declared.rows != line_count:
            faults.append(f"{declared.rows} rows are declared, {line_count} were delivered")
        if declared.sha256 is not None and declared.sha256 not in sha256:
            faults.append("the SHA-256 differs from the declared one")
        if not ends_cleanly and not declared.sees_every_cut:
            faults.append("the last line has no line end and neither size nor SHA-256 is declared: the file may have been cut")
        notices: list[Notice] = []
        if declared.unknown_keys:
            text = f"{declared.unknown_keys} line(s) of the control file were not understood"
            notices.append(Notice("unknown_control_key", "", declared.unknown_keys, text))
        unseen = line_count - split_lines + self._unknown
        if unseen and (declared.sums or declared.hashes):
            text = f"the declared sums cannot be compared: {unseen} quarantined line(s) hold values that cannot be read"
            notices.append(Notice("control_sums_unknown", "", unseen, text))
        elif not unseen:
            faults.extend(self._sum_faults(declared))
        if faults:
            raise FileRefusedError("; ".join(faults), where="control file against the data", next_step=_NEXT)
        return tuple(notices)

    def _sum_faults(self, declared: Declared) -> list[str]:
        faults: list[str] = []
        for (column, currency), amount in declared.sums.items():
            by_currency = self._sums.get(column, {})
            found = by_currency.get(currency, Decimal(0)) if currency else sum(by_currency.values(), Decimal(0))
            if found != amount:
                named = f"{column} in {currency}" if currency else column
                faults.append(f"the sum of {named} differs from the declared one by {totals.text_of(found - amount)}")
        faults.extend(
            f"the hash total of {column} differs from the declared one"
            for column, total in declared.hashes.items()
            if self._hashes.get(column, 0) != total
        )
        return faults
