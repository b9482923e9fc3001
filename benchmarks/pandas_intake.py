"""The intake in pandas: every file of every feed read as text, held to its contract, and kept as Parquet beside its line numbers.

Read with pandas' own C parser: its Arrow engine knows no `quoting`, and these files have no quotation marks to speak of.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from maisui.intake.certificates import (
    CREDIT_CODE_SHAPE,
    CREDIT_CODE_TYPES,
    RESIDENT_SHAPE,
    RESIDENT_TYPES,
    credit_code_holds,
    resident_number_holds,
)
from maisui.intake.forms import FORMS
from maisui.sources.contract import ColumnKind, Feed, FeedColumn
from maisui.sources.loader import load_builtin

SOURCE = load_builtin("east5")
NULLS = ["", "99991231", "999912"]
TEXT = "string[pyarrow]"
_ROUNDED = r"[0-9]{15}0{4,}"
_SCIENTIFIC = r"(?:[+-]?[0-9]+(?:\.[0-9]+)?[Ee]\+[0-9]+|[0-9]\.[0-9]+[Ee][0-9]+)"
_FREE = (ColumnKind.TEXT, ColumnKind.WORD, ColumnKind.CERTIFICATE)
_FEW = 200


@dataclass(slots=True)
class TakenIn:
    """All good rows of each feed, only the columns asked for, and one row a file."""

    feeds: dict[str, pd.DataFrame]
    deliveries: pd.DataFrame


def take_in(inbox: Path, raw: Path, wanted: dict[str, list[str]]) -> TakenIn:
    """Read every file, check and keep the rows feed by feed; the columns `wanted` of each feed stay in memory."""
    raw.mkdir(parents=True, exist_ok=True)
    feeds: dict[str, pd.DataFrame] = {}
    deliveries: list[pd.DataFrame] = []
    for code in wanted:
        feed = SOURCE.feeds[code]
        read = [_file(file, feed) for file in sorted(inbox.glob(f"*-{code}-*.txt"))]
        files = pd.DataFrame([file for _, file in read])
        rows = pd.concat([frame for frame, _ in read], ignore_index=True)
        del read
        number = np.repeat(np.arange(len(files)), files["line_count"])
        rows["source_file_id"] = pd.Categorical.from_codes(number, files["source_file_id"])
        rows["delivered_on"] = files["business_date"].to_numpy()[number]
        good = np.ones(len(rows), bool)
        for column in feed.columns:
            good &= ~_faults(rows, column)
        if not good.all():
            rows[~good].to_parquet(raw / f"{code}-quarantine.parquet", index=False)
        twice = rows.duplicated(["source_file_id", *feed.key]).to_numpy() & good
        files["quarantined_count"] = np.bincount(number, ~good, len(files)).astype("int64")
        files["duplicate_count"] = np.bincount(number, twice, len(files)).astype("int64")
        files["loaded_count"] = files["line_count"] - files["quarantined_count"] - files["duplicate_count"]
        deliveries.append(files)
        if twice.any() or not good.all():
            rows = rows[good & ~twice]
        rows.to_parquet(raw / f"{code}.parquet", index=False)
        key = [*(["delivered_on"] if feed.content == "full" else []), *feed.key]
        rows = rows[list(dict.fromkeys([*wanted[code], *key, "delivered_on", "source_file_id", "source_line"]))]
        feeds[code] = rows.drop_duplicates(key, keep="last", ignore_index=True).assign(feed=code)
    return TakenIn(feeds, pd.concat(deliveries, ignore_index=True))


def _file(file: Path, feed: Feed) -> tuple[pd.DataFrame, dict[str, object]]:
    content = file.read_bytes()
    frame = _read(content, feed)
    lines = len(frame)
    control = dict(re.findall(r"^(.+?):(.*)$", file.with_suffix(".log").read_text(encoding="utf-8"), re.MULTILINE))
    assert (int(control["记录数"]), int(control["文件大小"])) == (lines, len(content)), file.name
    frame["source_line"] = np.arange(1, lines + 1)
    return frame, {
        "source_file_id": hashlib.sha256(file.name.encode() + content).hexdigest()[:16],
        "source_code": SOURCE.code,
        "feed_code": feed.code,
        "file_name": file.name,
        "business_date": pd.Timestamp(file.stem[-8:]),
        "line_count": lines,
        "first_line": 1 if lines else 0,
        "last_line": lines,
    }


def _read(content: bytes, feed: Feed) -> pd.DataFrame:
    if not content:
        return pd.DataFrame({name: pd.Series(dtype=TEXT) for name in feed.column_names})
    options = {"sep": "\x01", "header": None, "names": list(feed.column_names), "dtype": TEXT, "quoting": 3, "keep_default_na": False}
    try:
        return pd.read_csv(io.BytesIO(content), encoding="utf-8", **options)
    except UnicodeDecodeError:
        return pd.read_csv(io.BytesIO(content), encoding="gb18030", **options)


def _faults(frame: pd.DataFrame, column: FeedColumn) -> np.ndarray:
    """Return which rows break the column's contract; where values repeat, only the distinct ones are looked at."""
    values = frame[column.name]
    if column.kind is ColumnKind.CERTIFICATE:
        return _certificate_faults(values, frame[column.certificate_of])
    if column.kind in _FREE and not column.is_required and not column.words:
        return np.zeros(len(values), bool)
    if values.head(1000).nunique() < _FEW:
        codes, distinct = pd.factorize(values)
        return _bad(pd.Series(distinct, dtype=TEXT), column)[codes] if len(codes) else np.zeros(0, bool)
    return _bad(values, column)


def _bad(values: pd.Series, column: FeedColumn) -> np.ndarray:
    empty = (values == "").to_numpy(bool)
    if column.kind in _FREE:
        _odd_words(values, column)
        good = np.ones(len(values), bool)
    elif column.kind is ColumnKind.CLOSED_WORD:
        good = values.isin(column.words).to_numpy(bool)
    elif column.kind is ColumnKind.DATE:
        is_day = pd.to_datetime(values, format=column.format, errors="coerce").notna().to_numpy(bool)
        good = values.str.fullmatch(r"[0-9]{8}").to_numpy(bool) & is_day
    else:
        good = values.str.fullmatch(f"(?:{FORMS[column.kind].expression})").to_numpy(bool)
    if column.kind in (ColumnKind.CODE, ColumnKind.ACCOUNT):
        good &= ~values.str.fullmatch(_SCIENTIFIC).to_numpy(bool)
    if column.kind is ColumnKind.ACCOUNT:
        good &= ~values.str.fullmatch(_ROUNDED).to_numpy(bool)
    null = values.isin(NULLS).to_numpy(bool) if column.kind is ColumnKind.DATE else empty
    return ~good | null if column.is_required else ~(good | values.isin(NULLS).to_numpy(bool))


def _odd_words(values: pd.Series, column: FeedColumn) -> int:
    """Return how many words the open dictionary does not know: noted, never refused."""
    prefixes = tuple(word[:-1] for word in column.words if word.endswith("*"))
    known = values.isin([*column.words, ""]) if column.words else pd.Series(True, index=values.index)
    for prefix in prefixes if not known.all() else ():
        known |= values.str.startswith(prefix)
    return int((~known).sum())


def _certificate_faults(numbers: pd.Series, types: pd.Series) -> np.ndarray:
    """Return which certificate numbers cannot exist; a file in which most have another shape is deformed and not checked."""
    bad = np.zeros(len(numbers), bool)
    standards = (
        (RESIDENT_TYPES, RESIDENT_SHAPE, resident_number_holds),
        (CREDIT_CODE_TYPES, CREDIT_CODE_SHAPE, credit_code_holds),
    )
    found, shaped_count = 0, 0
    for names, shape, holds in standards:
        rows = np.flatnonzero(types.isin(names).to_numpy(bool) & (numbers != "").to_numpy(bool))
        shaped = numbers.iloc[rows].str.fullmatch(shape).to_numpy(bool)
        found, shaped_count = found + len(rows), shaped_count + int(shaped.sum())
        bad[rows[~shaped]] = True
        if shaped.any():
            whole = rows[shaped]
            bad[whole[~holds(numbers.iloc[whole].tolist())]] = True
    return bad if shaped_count * 2 >= found else np.zeros(len(numbers), bool)
