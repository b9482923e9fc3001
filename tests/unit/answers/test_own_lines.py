"""Lines a bank defines for itself: every subject once, or it stands by itself; faults of the file are all told at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import MiniBank, deliver, make_home, run, scratch_folder

from maisui.answers import LedgerQuestion, own_statement
from maisui.errors import HomeError, QuestionError
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import Reader, open_reader

DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def bank() -> Iterator[tuple[Home, Reader]]:
    with scratch_folder() as folder:
        path = make_home(folder / "home")
        deliver(path, DAY)
        run(path, DAY)
        home = open_home(path)
        with open_reader(home.versions, home.parts) as reader:
            yield home, reader


def write(home: Home, *lines: str) -> None:
    Path(home.path / "ledger_lines.toml").write_text("\n".join(f"[[line]]\n{line}" for line in lines), encoding="utf-8")


def line(code: str, subjects: str, side: str, more: str = "") -> str:
    return f'code = "{code}"\nname_zh = "{code}"\nname_en = "{code}"\nsubjects = [{subjects}]\nside = "{side}"\n{more}\n'


def delivered(subject: str) -> Decimal:
    """Return the delivered balance of a subject over both outlets, debit positive."""
    return sum((Decimal(row[3]) - Decimal(row[4]) for row in MiniBank().rows("GL", DAY) if row[1] == subject), Decimal(0))


def test_lines_hold_their_subjects_and_the_rest_stands_by_itself(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    write(home, line("lent", '"1303"', "debit"), line("owed", '"2011"', "credit"))
    found = own_statement(reader, home, LedgerQuestion())
    assert found.line("lent").amounts == (delivered("1303"),)
    assert found.line("owed").amounts == (-delivered("2011"),)
    assert found.line("unlisted").amounts == (delivered("1001"),)
    assert [one.code for one in found.lines if one.is_unmapped] == ["1001"]
    assert found.line("own_total").amounts == (delivered("1303"),)
    assert found.line("imbalance").amounts == (Decimal("0.00"),)


def test_a_subject_on_two_lines_is_a_fault(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    write(home, line("lent", '"1303"', "debit"), line("again", '"1303"', "debit"))
    with pytest.raises(QuestionError, match="1303 stands on lent already"):
        own_statement(reader, home, LedgerQuestion())


def test_a_line_holds_from_its_first_day_until_its_last(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    write(
        home,
        line("before", '"1303"', "debit", "valid_until = 2026-03-31"),
        line("since", '"1303"', "debit", "valid_from = 2026-03-31"),
    )
    found = own_statement(reader, home, LedgerQuestion())
    assert {one.code for one in found.lines} >= {"since"}
    assert "before" not in {one.code for one in found.lines}


def test_every_fault_of_the_file_is_told(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    write(home, 'code = "x"\nside = "left"\n', line("lent", "", "debit"), line("same", '"1303"', "debit"), line("same", '"2011"', "credit"))
    with pytest.raises(HomeError) as refused:
        own_statement(reader, home, LedgerQuestion())
    assert (
        refused.value.what.count("\n- ") + 1 == 5
    )  # names, subjects and side of the first, subjects of the second, the code that stands twice


def test_without_a_file_the_bank_is_told_how_to_begin(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    (home.path / "ledger_lines.toml").unlink(missing_ok=True)
    with pytest.raises(QuestionError, match="no lines of its own"):
        own_statement(reader, home, LedgerQuestion())
