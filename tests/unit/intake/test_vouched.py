"""What `maisui check` finds of companions: files that a batch would refuse are named, those that hold are not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from maisui.intake.vouched import unkept
from maisui.sources.loader import load_builtin

EAST5 = load_builtin("east5")
NAME = "B1-GYB-20260331.txt"
ROW = "B1|0101|营业部|T{0}|E1|普通|是|P1|3|20200101|在岗||20260331".replace("|", "\u0001") + "\n"
TWO = (ROW.format(1) + ROW.format(2)).encode()


def told(folder: Path, content: bytes, control: str, name: str = NAME, taken: tuple[str, ...] = ()) -> list[str]:
    """Lay a file and its companion into an inbox and return what differs."""
    (folder / name).write_bytes(content)
    (folder / "B1-GYB-20260331.log").write_text(control, encoding="utf-8")
    return [one.what for one in unkept(EAST5, folder, taken)]


@pytest.mark.parametrize(
    ("control", "what"),
    [
        ("记录数:3", "3 rows are declared, 2 were delivered"),
        ("数据条数：1", "1 rows are declared, 2 were delivered"),
        ("文件大小:5", f"5 bytes are declared, {len(TWO)} were delivered"),
        ("文件名:B1-GYB-20260228.txt", "the control file names another file"),
        ("记录数:two", "rows is not a whole number"),
    ],
)
def test_what_differs_is_told(tmp_path: Path, control: str, what: str) -> None:
    assert told(tmp_path, TWO, control) == [what]
    assert told(tmp_path, TWO, control, taken=(NAME,)) == []


@pytest.mark.parametrize(
    ("content", "control"),
    [
        (TWO, f"文件名:{NAME}\n记录数:2\n文件大小:{len(TWO)}"),
        (TWO.rstrip(b"\n"), "记录数:2"),
        (("\u0001".join(EAST5.feeds["GYB"].column_names) + "\n").encode() + TWO, "记录数:2"),
        (b"", "记录数:0"),
    ],
)
def test_what_holds_is_not_told(tmp_path: Path, content: bytes, control: str) -> None:
    assert told(tmp_path, content, control) == []


def test_a_packed_file_is_counted_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(TWO)
    assert told(tmp_path, packed, "记录数:2", f"{NAME}.gz") == []
    assert told(tmp_path, packed, "记录数:4", f"{NAME}.gz") == ["4 rows are declared, 2 were delivered"]
    assert told(tmp_path, packed[:-9], "记录数:2", f"{NAME}.gz") == ["the file or its companion cannot be read"]
