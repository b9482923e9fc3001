"""A province's tables: fields parted by |$|, GBK, packed, their columns named by a structure file beside them."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from maisui.intake import Intake, receive
from maisui.intake.rows import ROWS_FILE
from maisui.sources.loader import load_builtin

SOURCE = load_builtin("downlink")
DAY = date(2026, 10, 31)
NAMES = ["CUST_NO", "CUST_NAME", "CERT_TYPE", "CERT_NO", "MOBILE_NO", "SRC_SYS_CD", "LGL_ENTY_NO", "BIZ_DT", "PLTF_DT", "DATA_LOAD_TMS"]
ROW = ["C1", "张三", "居民身份证", "11010519491231002X", "13800000000", "ECIF", "353090001", "20261031", "20261101", "2026-11-01 02:00:00"]


def structure(names: list[str]) -> bytes:
    """Return a structure file, its lines out of order."""
    lines = [f"{number}|{name}|VARCHAR(60)|N|字段{number}" for number, name in enumerate(names, start=1)]
    return "\r\n".join(reversed(lines)).encode("gbk")


def table(names: list[str], *rows: dict[str, str]) -> bytes:
    """Return a packed data file with the columns in this order."""
    return gzip.compress("".join("|$|".join(row.get(name, "") for name in names) + "\n" for row in rows).encode("gbk"))


def received(folder: Path, files: dict[str, bytes]) -> Intake:
    """Take these files in."""
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    return receive(source=SOURCE, inbox=inbox, raw=folder / "raw", until=DAY, workers=1)


def rows_of(intake: Intake, folder: Path) -> list[dict[str, object]]:
    """Return the rows of the one registered file."""
    (receipt,) = intake.receipts
    return pq.read_table(folder / "raw" / "downlink" / receipt.feed / f"{DAY}" / receipt.file_id / ROWS_FILE).to_pylist()


DATA, STRUCTURE = "S_ECIF_CERT_INFO_353090001_ALL_20261031.dat.gz", "S_ECIF_CERT_INFO_353090001_20261031.stru"


@pytest.mark.parametrize("names", [NAMES, [*reversed(NAMES)], ["NEW_COL", *NAMES]])
def test_the_structure_file_decides_the_order_of_the_columns(tmp_path: Path, names: list[str]) -> None:
    """The same row arrives whatever the order, with line 1 its first; a column nobody knows is kept."""
    row = dict(zip(NAMES, ROW, strict=True))
    intake = received(tmp_path, {DATA: table(names, row), STRUCTURE: structure(names)})
    assert (intake.refused, intake.waiting, intake.unrecognised) == ((), (), ())
    (found,) = rows_of(intake, tmp_path)
    assert {name: found[name] for name in NAMES} == row
    assert found["source_line"] == 1


def test_a_table_waits_for_its_structure_file(tmp_path: Path) -> None:
    """Nothing is guessed from the number of fields; a later run takes it in, and an older structure still holds."""
    row = dict(zip(NAMES, ROW, strict=True))
    waiting = received(tmp_path, {DATA: table(NAMES, row)})
    assert [file.what for file in waiting.waiting] == ["its structure file has not come"]
    assert received(tmp_path, {STRUCTURE.replace("20261031", "20261101"): structure(NAMES)}).receipts == ()
    assert len(received(tmp_path, {STRUCTURE.replace("20261031", "20260930"): structure(NAMES)}).receipts) == 1


def test_a_structure_without_a_needed_column_refuses_the_table(tmp_path: Path) -> None:
    """The missing column is named."""
    names = [name for name in NAMES if name != "CERT_NO"]
    intake = received(tmp_path, {DATA: table(names, dict(zip(NAMES, ROW, strict=True))), STRUCTURE: structure(names)})
    assert ["CERT_NO" in refusal.what for refusal in intake.refused] == [True]


@pytest.mark.parametrize("content", [b"", b"x|CUST_NO\n", b"1|CUST_NO\n1|CERT_NO\n", b"1\n"])
def test_a_structure_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Without an index, with one twice, with nothing in it."""
    intake = received(tmp_path, {DATA: table(NAMES, dict(zip(NAMES, ROW, strict=True))), STRUCTURE: content})
    assert len(intake.refused) == 1
    assert intake.receipts == ()
