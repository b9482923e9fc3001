"""Files keep the conventions of the standard: names, companions, field counts, words, certificates, determinism."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from maisui.example_bank import SimulationReport, simulate
from maisui.example_bank.county import MAICHUAN
from maisui.example_bank.example_deliveries import MONTHLY_TABLES, TABLES
from maisui.example_bank.flaw_kinds import SPOILERS
from maisui.example_bank.row_template import field_order
from maisui.sources.loader import load_builtin

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_table_is_delivered_on_every_date_with_a_truthful_companion(bank) -> None:
    dates = [day.strftime("%Y%m%d") for day in bank.report.deliveries]
    assert (dates[0], dates[22], dates[23], dates[-1], len(dates)) == ("20241031", "20260831", "20260901", "20261031", 84)
    assert len(MAICHUAN.licence) == 15
    ends = [day for number, day in enumerate(dates) if number + 1 == len(dates) or dates[number + 1][:6] != day[:6]]
    for table in (*TABLES, *MONTHLY_TABLES):
        for day in ends if table in MONTHLY_TABLES else dates:
            name = f"{MAICHUAN.licence}-{table}-{day}.txt"
            content = (bank.inbox / name).read_bytes()
            log = (bank.inbox / name.replace(".txt", ".log")).read_text(encoding="utf-8").splitlines()
            lines = content.count(b"\n")
            assert log == [f"文件名:{name}", f"记录数:{lines}", f"文件大小:{len(content)}", f"生成时间:{day}233000"]
            assert not content or content.endswith(b"\n")
    assert sum(bank.report.rows.values()) == bank.report.total_rows


def test_every_line_has_the_contracted_number_of_fields(bank) -> None:
    for table in (*TABLES, *MONTHLY_TABLES):
        width = len(field_order(table))
        for path in bank.inbox.glob(f"*-{table}-*.txt"):
            content = path.read_bytes()
            assert {line.count(b"\x01") for line in content.split(b"\n")[:-1]} <= {width - 1}, path.name
            assert b"\r" not in content


@pytest.mark.parametrize("table", [*TABLES, *MONTHLY_TABLES])
def test_values_keep_to_the_contract(bank, table: str) -> None:
    for column in load_builtin("east5").feeds[table].columns:
        values = [row[0] for row in bank.rows(f"SELECT DISTINCT {column.name} FROM {table}")]
        kind = str(column.kind.value)
        filled = [value for value in values if value]
        if column.words:
            exact = {word for word in column.words if not word.endswith("*")}
            heads = tuple(word[:-1] for word in column.words if word.endswith("*"))
            assert all(value in exact or value.startswith(heads or ("\0",)) for value in filled), column.name
        if kind.startswith("amount"):
            assert all(re.fullmatch(r"-?\d{1,16}\.\d\d", value) for value in filled), column.name
        if kind == "date":
            assert all(re.fullmatch(r"(19|20)\d{6}|99991231", value) for value in filled), column.name
        assert not any(re.search(r"[,\n\r\t]", value) for value in filled), column.name


def test_mandatory_fields_are_filled(bank) -> None:
    for table in (*TABLES, *MONTHLY_TABLES):
        feed = load_builtin("east5").feeds[table]
        for column in feed.columns:
            if column.name in feed.key or column.is_required:
                assert bank.rows(f"SELECT count(*) FROM {table} WHERE {column.name} IS NULL") == [(0,)], (table, column.name)


def test_certificates_have_right_check_digits_and_are_unique(bank) -> None:
    """Numbers typed from the household register have planted slips (near_duplicates.py) and stand in a test of their own."""
    shown = bank.rows(
        "SELECT KHTYBH, upper(ZJHM) FROM GRJCXXB WHERE delivered = '20261031' AND ZJLB NOT IN ('护照', '户口簿') AND ZJHM <> ''"
    )
    planted = pq.read_table(bank.out / "truth" / "duplicate_customers.parquet").to_pylist()
    again = {row["customer_number"] for row in planted if row["is_same_person"]}
    persons = [number for customer, number in shown if customer not in again]
    assert len(set(persons)) == len(persons) > 1_000
    for _, number in shown:
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], _CITIZEN_WEIGHTS, strict=True))
        assert "10X98765432"[total % 11] == number[17]
    codes = [row[0] for row in bank.rows("SELECT ZJHM FROM DGKHXXB WHERE delivered = '20261031'")]
    assert len(set(codes)) == len(codes) > 50
    for code in codes:
        total = sum(_USCC.index(sign) * 3**place for place, sign in enumerate(code[:17]))
        assert _USCC[(31 - total % 31) % 31] == code[17]
    sexes = bank.rows("SELECT DISTINCT XB, ZJHM[17]::INT % 2 FROM GRJCXXB WHERE ZJLB NOT IN ('护照', '户口簿') AND ZJHM <> ''")
    assert set(sexes) == {("男", 1), ("女", 0)}
    phones = bank.rows("SELECT LXDH FROM GRJCXXB WHERE NOT regexp_full_match(LXDH, '12[0-9]{9}')")
    assert phones == []


def test_same_arguments_give_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        simulate(scale="test", seed=seed, months=2, out=tmp_path / name)
    first = hashes(tmp_path / "a")
    assert first == hashes(tmp_path / "b")
    other = hashes(tmp_path / "c")
    # tellers err on other days: the register of errors comes on those days only
    assert {name for name in first.keys() ^ other.keys() if "staff_error" not in name} == set()
    changed = {name for name in first if "GRCKFHZ" in name and name.endswith(".txt")}
    assert all(first[name] != other[name] for name in changed if (tmp_path / "a" / name).stat().st_size)


def test_gb18030_carries_the_same_rows(clean_month: Path, tmp_path: Path) -> None:
    simulate(scale="test", seed=3, months=1, out=tmp_path, encoding="gb18030")
    for path in (clean_month / "inbox" / "east5").glob("*.txt"):
        twin = tmp_path / "inbox" / "east5" / path.name
        assert twin.read_bytes().decode("gb18030") == path.read_bytes().decode()


def test_flaws_are_where_the_register_says(clean_month: Path, spoiled_month: tuple[Path, SimulationReport]) -> None:
    clean, (spoiled, report) = clean_month, spoiled_month
    flaws = pq.read_table(spoiled / "truth" / "flaws.parquet").to_pylist()
    assert report.flaws == len(flaws) > 50
    assert {flaw["kind"] for flaw in flaws} == set(SPOILERS)
    marked: dict[str, dict[int, str]] = {}
    for flaw in flaws:
        marked.setdefault(flaw["file"], {})[flaw["line"]] = flaw["kind"]
    for name, kinds in marked.items():
        good, lines = (next((folder / "inbox").rglob(name)).read_bytes().split(b"\n")[:-1] for folder in (clean, spoiled))
        if name.endswith(".txt"):
            log = (spoiled / "inbox" / "east5" / name.replace(".txt", ".log")).read_text(encoding="utf-8")
            assert f"记录数:{len(lines)}\n" in log
        again = sum(kind in ("row_duplicated", "key_duplicated") for kind in kinds.values())
        halves = sum(kind == "field_newline" for kind in kinds.values())
        assert len(lines) - again - halves // 2 == len(good)
        touched = [number for number, line in enumerate(lines, 1) if number not in kinds]
        assert {lines[number - 1] for number in touched} <= set(good)
        assert all(lines[number - 1] == lines[number - 2] for number, kind in kinds.items() if kind == "row_duplicated")


@pytest.mark.parametrize("wrong", [{"scale": "huge"}, {"encoding": "latin-1"}, {"flaws_per_million": -1}, {"months": 0}])
def test_wrong_arguments_are_refused(tmp_path: Path, wrong: dict) -> None:
    with pytest.raises(ValueError):
        simulate(**{"scale": "test", "seed": 1, "months": 1, "out": tmp_path, **wrong})
