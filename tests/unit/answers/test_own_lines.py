"""Lines a bank defines for itself: every subject once, or it stands by itself; faults of the file are all told at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import MAPPINGS, MiniBank, deliver, make_home, run, scratch_folder

from maisui.answers import LedgerQuestion, own_statement
from maisui.errors import HomeError, QuestionError
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import Reader, open_reader

DAY = date(2026, 3, 31)
PLEDGES = "7101"
SUBJECT_CLASSES = {
    "ledger_subject_snapshot": MAPPINGS["ledger_subject_snapshot"].replace(
        "SELECT\n", f"SELECT\n  CASE subject WHEN '{PLEDGES}' THEN '表外' END AS business_class,\n"
    )
}


class BankWithPledges(MiniBank):
    """The mini bank, whose books balance, with 60.00 of pledges on one side of an off-balance subject."""

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        more = {"GL": [["B1", PLEDGES, "CNY", "60.00", "0.00"]], "SUBJ": [[PLEDGES, "Pledges", "debit", "other"]]}
        return super().rows(feed, day, since) + more.get(feed, [])


@pytest.fixture(scope="module")
def bank() -> Iterator[tuple[Home, Reader]]:
    with scratch_folder() as folder:
        path = make_home(folder / "home", mappings=SUBJECT_CLASSES)
        deliver(path, DAY, bank=BankWithPledges())
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
    return sum((Decimal(row[3]) - Decimal(row[4]) for row in BankWithPledges().rows("GL", DAY) if row[1] == subject), Decimal(0))


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


def test_off_balance_subjects_stand_beside_the_books(bank: tuple[Home, Reader]) -> None:
    """The 60.00 are neither an imbalance nor unlisted, unless a line names them: then they stand there."""
    home, reader = bank
    write(home, line("lent", '"1303"', "debit"))
    found = own_statement(reader, home, LedgerQuestion())
    assert found.line("imbalance").amounts == (Decimal("0.00"),)
    assert found.line("unlisted").amounts == (delivered("1001") + delivered("2011"),)
    assert found.line("off_balance").amounts == (Decimal("60.00"),)
    assert [one.line for one in found.lines if one.code == PLEDGES] == ["off_balance"]
    write(home, line("pledged", f'"{PLEDGES}"', "debit"))
    found = own_statement(reader, home, LedgerQuestion())
    assert found.line("pledged").amounts == (Decimal("60.00"),)
    assert found.line("imbalance").amounts == (Decimal("0.00"),)
    assert "off_balance" not in {one.code for one in found.lines}


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


@pytest.mark.parametrize("text", ['[line]\ncode = "lent"\nside = "debit"\n', "line = 5\n", 'line = ["lent"]\n'])
def test_lines_that_are_no_list_of_tables_are_told_how_to_be_written(bank: tuple[Home, Reader], text: str) -> None:
    home, reader = bank
    (home.path / "ledger_lines.toml").write_text(text, encoding="utf-8")
    with pytest.raises(HomeError) as refused:
        own_statement(reader, home, LedgerQuestion())
    assert "write [[line]]" in refused.value.next_step


@pytest.mark.parametrize(("content", "told"), [(b"[[line\n", "is not TOML"), (b"\xff\xfe", "is not TOML"), (None, "cannot be read")])
def test_a_file_that_cannot_be_read_is_told(bank: tuple[Home, Reader], content: bytes | None, told: str) -> None:
    """Without content a folder stands where the file should."""
    home, reader = bank
    path = home.path / "ledger_lines.toml"
    path.unlink(missing_ok=True)
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    try:
        with pytest.raises(HomeError, match=told):
            own_statement(reader, home, LedgerQuestion())
    finally:
        if content is None:
            path.rmdir()


def test_without_a_file_the_bank_is_told_how_to_begin(bank: tuple[Home, Reader]) -> None:
    home, reader = bank
    (home.path / "ledger_lines.toml").unlink(missing_ok=True)
    with pytest.raises(QuestionError, match="no lines of its own"):
        own_statement(reader, home, LedgerQuestion())
