"""How a source folder is read: `contract.toml` and `feeds/` for its feeds, one `<table>.sql` for each table it implements."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from maisui.errors import ContractError, collect
from maisui.sources.contract import AmountMark, ColumnKind, Content, Control, Drift, Feed, FeedColumn, FeedLayout, Mapping, Source

BUILTIN: tuple[str, ...] = ("east5", "supplement", "downlink", "berka")
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
        "empty_dates",
        "percent_rates",
        "largest_fraction",
        "drift",
        "control",
        "control_required",
        "total_columns",
        "total_currency",
        "required",
        "quarantine_limit",
        "structure",
        "without_zh",
        "without_en",
        "owner_zh",
        "owner_en",
        "lenient",
        "number",
        "aliases",
        "layouts",
        "column_aliases",
    )
)


@functools.cache
def load_builtin(code: str) -> Source:
    """Return the built-in source called `code`, read once in a process.

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
    if not contract.is_file():
        raise ContractError("the source has no contract.toml", where=str(folder), next_step=_NEXT)
    text = _toml(contract)
    faults: list[str] = []
    head = text.get("source", {})
    code = str(head.get("code", folder.name))
    if not code.isidentifier() or code != code.lower():
        faults.append(f"source code {code!r} must be lower-case letters, digits and _")
    defaults = text.get("defaults", {})
    feeds: dict[str, Feed] = {}
    without = _toml(folder / "without.toml") if (folder / "without.toml").is_file() else {}
    owners = _owners(folder / "owners.toml") if (folder / "owners.toml").is_file() else {}
    for number, entry in enumerate([*text.get("feed", []), *_feed_files(folder)], start=1):
        owner = owners.get(str(entry.get("code")), {})
        told = {f"without_{language}": words for language, words in without.get(str(entry.get("code")), {}).items()}
        feed = _feed(code, {**defaults, **owner, **told, **entry}, number, faults)
        if feed is not None:
            if feed.code in feeds:
                faults.append(f"feed {feed.code} is described twice")
            feeds[feed.code] = feed
    names = [name.lower() for feed in feeds.values() if feed.is_lenient for name in (feed.code, *feed.aliases)]
    faults.extend(f"{twice!r} names two feeds" for twice in sorted({name for name in names if names.count(name) > 1}))
    if not feeds:
        faults.append("no feed is described ([[feed]], or a file in feeds/)")
    mappings = {
        path.stem: Mapping(path.stem, path.read_text(encoding="utf-8").strip().rstrip(";")) for path in sorted(folder.glob("*.sql"))
    }
    if not mappings:
        faults.append("no <table>.sql maps the feeds to a table")
    collect(ContractError, faults, where=str(contract), next_step=_NEXT)
    return Source(code, str(head.get("title_zh", code)), str(head.get("title_en", code)), feeds, mappings)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractError(f"{path.name} cannot be read: {error}", where=str(path), next_step=_NEXT) from None


def _owners(path: Path) -> dict[str, dict[str, str]]:
    """Return the department that answers for each feed, by its code."""
    return {
        str(code): {"owner_zh": str(owner.get("zh", "")), "owner_en": str(owner.get("en", ""))}
        for owner in _toml(path).get("owner", [])
        for code in owner.get("feeds", ())
    }


def _feed_files(folder: Path) -> list[dict[str, Any]]:
    """Return the feeds that have a file of their own, `101_…` before `1001_…` before names without a number."""
    paths = sorted((folder / "feeds").glob("*.toml"), key=lambda path: (len(path.stem.split("_")[0]), path.stem))
    numbers = (path.stem.split("_")[0] for path in paths)
    return [{**({"number": number} if number.isdigit() else {}), **_toml(path)} for number, path in zip(numbers, paths, strict=True)]


def _aliases(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the other names of a feed in file names: those listed, and its Chinese title without the number."""
    title = re.sub(r"^\d+\s*", "", str(entry.get("title_zh", "")))
    return tuple(dict.fromkeys(name for name in (*map(str, entry.get("aliases", ())), title) if name and name != entry["code"]))


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
        empty_dates=tuple(entry.get("empty_dates", ())),
        percent_rates=tuple(entry.get("percent_rates", ())),
        largest_fraction=_decimal(name, entry.get("largest_fraction", "0.36"), faults),
        drift=Drift(entry.get("drift", "freeze")),
        control=control,
        total_columns=tuple(entry.get("total_columns", ())),
        total_currency=str(entry.get("total_currency", "")),
        is_required=bool(entry.get("required", False)),
        quarantine_limit=float(entry.get("quarantine_limit", 0.05)),
        structure=str(entry.get("structure", "")),
        without_zh=str(entry.get("without_zh", "")),
        without_en=str(entry.get("without_en", "")),
        owner_zh=str(entry.get("owner_zh", "")),
        owner_en=str(entry.get("owner_en", "")),
        is_lenient=bool(entry.get("lenient", False)),
        number=str(entry.get("number", "")),
        aliases=_aliases(entry),
        layouts=_layouts(name, entry.get("layouts", ()), names, faults),
        column_aliases=tuple((str(other), str(name)) for other, name in entry.get("column_aliases", {}).items()),
    )


def _layouts(name: str, entries: Sequence[dict[str, object]], known: list[str], faults: list[str]) -> tuple[FeedLayout, ...]:
    """Read the other orders of columns: a name and the columns, separated by spaces."""
    found: list[FeedLayout] = []
    for entry in entries:
        columns = tuple(str(entry.get("columns", "")).split())
        if not entry.get("name") or not columns or set(entry) - {"name", "columns"}:
            faults.append(f"{name}: a layout has a name and columns, and nothing else")
        elif len(set(columns)) < len(columns) or not set(columns) & set(known) or not all(map(_is_plain, columns)):
            faults.append(f"{name}: layout {entry['name']} lists a column twice, none that is contracted, or one that is no plain name")
        found.append(FeedLayout(str(entry.get("name", "")), columns))
    return tuple(found)


def _decimal(name: str, value: object, faults: list[str]) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d+(\.\d+)?", value):
        faults.append(f'{name}: largest_fraction must be a number as text, such as "0.36"')
    return str(value)


def _fixed_date(name: str, value: object, faults: list[str]) -> date | None:
    if value is None or isinstance(value, date):
        return value
    faults.append(f"{name}: date must be a date such as 1998-12-31")
    return None


def _columns(name: str, drawn: str, date_format: str, faults: list[str]) -> tuple[FeedColumn, ...]:
    """Read the drawn table `name | kind | need | title | words`; need is key, part (of the key, but may be empty), must or empty."""
    columns: list[FeedColumn] = []
    for line in drawn.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if not cells[0] or cells[:2] == ["name", "kind"] or set(line) <= set("-+| "):
            continue
        cells += [""] * (5 - len(cells))
        kind_text, _, argument = cells[1].partition(":")
        if kind_text not in tuple(ColumnKind):
            faults.append(f"{name}: column {cells[0]} has unknown kind {kind_text!r}")
            continue
        if cells[2] not in ("", "key", "part", "must"):
            faults.append(f"{name}: column {cells[0]}: need must be key, part, must or empty")
        kind = ColumnKind(kind_text)
        if kind.is_amount and set(argument) - set(AmountMark):
            faults.append(f"{name}: column {cells[0]}: an amount may be written with `,` `-` or `0`, as in amount:,-")
        columns.append(
            FeedColumn(
                name=cells[0],
                kind=kind,
                title=cells[3] or cells[0],
                is_required=cells[2] in ("key", "must"),
                is_key=cells[2] in ("key", "part"),
                format=(argument or date_format) if kind is ColumnKind.DATE else argument if kind.is_amount else "",
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
