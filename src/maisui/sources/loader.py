"""How a source folder is read: `contract.toml` for its feeds, one `<table>.sql` for each table it implements."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from maisui.errors import ContractError, collect
from maisui.sources.contract import ColumnKind, Content, Control, Drift, Feed, FeedColumn, Mapping, Source

BUILTIN: tuple[str, ...] = ("east5", "berka")
"""Source folders that come with the product, one line each."""

_NEXT = "correct the source folder, then run `maisui check`"
_FEED_KEYS = frozenset(
    (
        "code",
        "title_zh",
        "title_en",
        "file",
        "columns",
        "key",
        "content",
        "date",
        "encodings",
        "delimiter",
        "quote",
        "header",
        "widths",
        "width_unit",
        "date_format",
        "null_words",
        "drift",
        "control",
        "control_required",
        "total_columns",
        "total_currency",
        "required",
        "quarantine_limit",
    )
)


def load_builtin(code: str) -> Source:
    """Return the built-in source called `code`.

    Raises:
        ContractError: when there is no such source or its folder is faulty.
    """
    if code not in BUILTIN:
        known = ", ".join(BUILTIN)
        raise ContractError(f"there is no built-in source {code!r}", where="bank.toml, sources", next_step=f"use one of: {known}")
    return load_source(Path(__file__).parent / code)


def load_source(folder: Path) -> Source:
    """Return the source described in `folder`.

    Raises:
        ContractError: listing every fault of the folder's files.
    """
    contract = folder / "contract.toml"
    try:
        text = tomllib.loads(contract.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContractError("the source has no contract.toml", where=str(folder), next_step=_NEXT) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractError(f"contract.toml cannot be read: {error}", where=str(contract), next_step=_NEXT) from None
    faults: list[str] = []
    head = text.get("source", {})
    code = str(head.get("code", folder.name))
    if not code.isidentifier() or code != code.lower():
        faults.append(f"source code {code!r} must be lower-case letters, digits and _")
    defaults = text.get("defaults", {})
    feeds: dict[str, Feed] = {}
    for number, entry in enumerate(text.get("feed", []), start=1):
        feed = _feed(code, {**defaults, **entry}, number, faults)
        if feed is not None:
            if feed.code in feeds:
                faults.append(f"feed {feed.code} is described twice")
            feeds[feed.code] = feed
    if not feeds:
        faults.append("no feed is described ([[feed]])")
    mappings = {
        path.stem: Mapping(path.stem, path.read_text(encoding="utf-8").strip().rstrip(";")) for path in sorted(folder.glob("*.sql"))
    }
    if not mappings:
        faults.append("no <table>.sql maps the feeds to a table")
    collect(ContractError, faults, where=str(contract), next_step=_NEXT)
    return Source(code, str(head.get("title_zh", code)), str(head.get("title_en", code)), feeds, mappings)


def _feed(source: str, entry: dict[str, Any], number: int, faults: list[str]) -> Feed | None:
    name = f"feed {entry.get('code', number)}"
    before = len(faults)
    faults.extend(f"{name}: unknown setting {key!r}" for key in sorted(set(entry) - _FEED_KEYS))
    faults.extend(f"{name}: setting {key!r} is missing" for key in ("code", "file", "columns", "content") if key not in entry)
    if len(faults) > before:
        return None
    columns = _columns(name, str(entry["columns"]), str(entry.get("date_format", "%Y%m%d")), faults)
    names = [column.name for column in columns]
    key = tuple(entry.get("key", ()))
    drawn_key = [column.name for column in columns if column.is_key]
    if sorted(key) != sorted(drawn_key):
        faults.append(f"{name}: key lists {', '.join(key) or 'nothing'}, its columns say key at {', '.join(drawn_key) or 'none'}")
    faults.extend(f"{name}: column name {n!r} must be letters, digits and _ and no word of SQL" for n in names if not _is_plain(n))
    faults.extend(f"{name}: {part!r} is not one of its columns" for part in (*key, *entry.get("total_columns", ())) if part not in names)
    faults.extend(f"{name}: column {twice!r} is listed twice" for twice in sorted({n for n in names if names.count(n) > 1}))
    if "date" not in entry and "{date}" not in entry["file"]:
        faults.append(f"{name}: the file name has no {{date}} and no fixed `date` is given")
    if entry["content"] not in tuple(Content):
        faults.append(f"{name}: content must be full or increment")
    if entry.get("drift", "freeze") not in tuple(Drift):
        faults.append(f"{name}: drift must be evolve or freeze")
    widths = tuple(entry.get("widths", ()))
    if widths and len(widths) != len(columns):
        faults.append(f"{name}: {len(widths)} widths for {len(columns)} columns")
    if len(faults) > before:
        return None
    control = Control(str(entry["control"]), bool(entry.get("control_required", False))) if entry.get("control") else None
    return Feed(
        source=source,
        code=str(entry["code"]),
        title_zh=str(entry.get("title_zh", entry["code"])),
        title_en=str(entry.get("title_en", entry["code"])),
        file_pattern=str(entry["file"]),
        columns=columns,
        key=key,
        content=Content(entry["content"]),
        fixed_date=_fixed_date(name, entry.get("date"), faults),
        encodings=tuple(entry.get("encodings", ("utf-8",))),
        delimiter=str(entry.get("delimiter", ",")),
        quote=str(entry.get("quote", '"')),
        has_header=bool(entry.get("header", True)),
        widths=widths,
        width_unit=str(entry.get("width_unit", "bytes")),
        date_format=str(entry.get("date_format", "%Y%m%d")),
        null_words=tuple(entry.get("null_words", ())),
        drift=Drift(entry.get("drift", "freeze")),
        control=control,
        total_columns=tuple(entry.get("total_columns", ())),
        total_currency=str(entry.get("total_currency", "")),
        is_required=bool(entry.get("required", False)),
        quarantine_limit=float(entry.get("quarantine_limit", 0.05)),
    )


def _fixed_date(name: str, value: object, faults: list[str]) -> date | None:
    if value is None or isinstance(value, date):
        return value
    faults.append(f"{name}: date must be a date such as 1998-12-31")
    return None


def _columns(name: str, drawn: str, date_format: str, faults: list[str]) -> tuple[FeedColumn, ...]:
    """Read the drawn table `name | kind | need | title | words`; need is key, must or empty."""
    columns: list[FeedColumn] = []
    for line in drawn.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if cells[0] in ("", "name") or set(line) <= set("-+| "):
            continue
        cells += [""] * (5 - len(cells))
        kind_text, _, argument = cells[1].partition(":")
        if kind_text not in tuple(ColumnKind):
            faults.append(f"{name}: column {cells[0]} has unknown kind {kind_text!r}")
            continue
        if cells[2] not in ("", "key", "must"):
            faults.append(f"{name}: column {cells[0]}: need must be key, must or empty")
        kind = ColumnKind(kind_text)
        columns.append(
            FeedColumn(
                name=cells[0],
                kind=kind,
                title=cells[3] or cells[0],
                is_required=cells[2] in ("key", "must"),
                is_key=cells[2] == "key",
                format=(argument or date_format) if kind is ColumnKind.DATE else "",
                words=tuple(word for word in cells[4].split(" ") if word),
                certificate_of=argument if kind is ColumnKind.CERTIFICATE else "",
            )
        )
    if not columns:
        faults.append(f"{name}: its columns are not a drawn table of name | kind | need | title")
    return tuple(columns)


def _is_plain(name: str) -> bool:
    """Return whether every engine reads `name` as a column without quotation marks."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        return False
    try:
        parsed = sqlglot.parse_one(f"SELECT t.{name}, {name} FROM t", read="duckdb")
    except SqlglotError:
        return False
    found = parsed.selects if isinstance(parsed, exp.Select) else []
    return [type(column) for column in found] == [exp.Column, exp.Column] and name.lower() not in _RESERVED


def _reserved_words() -> frozenset[str]:
    query = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    with duckdb.connect() as connection:
        return frozenset(row[0] for row in connection.execute(query).fetchall())


_RESERVED = _reserved_words()
