"""Lines approved at the desk: one file each, written whole, never overwritten, and standing above bank.toml by the order of approval."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from maisui.errors import HomeError, StorageError
from maisui.parameters import ApprovedLine, Origin, approved_file, parameters_of, stated_lines_of, write_approved
from maisui.warehouse.home import Home, create_home, open_home

MORNING, EVENING = datetime(2026, 5, 4, 8, 0, tzinfo=UTC), datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
DAY = date(2026, 6, 1)


def home_at(path: Path, extra: str = "") -> Home:
    """Make a home whose bank.toml ends in `extra`."""
    create_home(path, legal_entity_code="B1", name_zh="行", name_en="Bank", currency="CNY", sources=("east5",), is_demo=False)
    with (path / "bank.toml").open("a", encoding="utf-8") as file:
        file.write(extra)
    return open_home(path)


def line(value: str, code: str = "income_tax_rate", reason: str = '文件 "9" 号\\n') -> ApprovedLine:
    """Return an approved line of 1 June."""
    return ApprovedLine(code, DAY, value, reason, "甲 (a)", "乙 (b)", MORNING)


def value_of(home: Home, code: str = "income_tax_rate", day: date = DAY) -> str:
    """Return the value that begins on a day."""
    (found,) = [one.value for one in parameters_of(home).parameters if (one.code, one.valid_from) == (code, day)]
    return found


BANK_LINE = '\n[[parameter]]\ncode = "income_tax_rate"\nvalid_from = 2026-06-01\nnumber = "0.2"\n'


def test_the_desk_stands_above_bank_toml_and_a_later_approval_above_an_earlier_one(tmp_path: Path) -> None:
    """Proposal 9 was approved in the morning, proposal 2 in the evening: the evening's counts."""
    home = home_at(tmp_path / "home", BANK_LINE)
    assert value_of(home) == "0.2"
    write_approved(home.approved_parameters, approved_file(2, EVENING), line("0.16"))
    write_approved(home.approved_parameters, approved_file(9, MORNING), line("0.15"))
    assert value_of(home) == "0.16"
    stated = [one for one in stated_lines_of(home) if (one.line.code, one.line.valid_from) == ("income_tax_rate", DAY)]
    assert [(one.origin, one.line.value) for one in stated] == [(Origin.BANK, "0.2"), (Origin.DESK, "0.15"), (Origin.DESK, "0.16")]
    assert (stated[-1].proposed_by, stated[-1].approved_by, stated[-1].reason) == ("甲 (a)", "乙 (b)", '文件 "9" 号\\n')


def test_a_word_is_written_as_text(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    write_approved(home.approved_parameters, approved_file(1, MORNING), line("fee_income", "ledger_line.6011"))
    assert value_of(home, "ledger_line.6011") == "fee_income"


def test_writing_again_changes_nothing_and_another_line_of_the_name_is_refused(tmp_path: Path) -> None:
    folder, name = tmp_path / "parameters", approved_file(1, MORNING)
    for _ in range(2):
        write_approved(folder, name, line("0.15"))
    with pytest.raises(StorageError):
        write_approved(folder, name, line("0.16"))
    (file,) = folder.iterdir()
    assert 'number = "0.15"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["code = ", 'code = "income_tax_rate"\nvalid_from = 2026-06-01\nnumber = "25"\n'])
def test_a_damaged_file_stops_the_batch_and_is_named(tmp_path: Path, text: str) -> None:
    home = home_at(tmp_path / "home")
    home.approved_parameters.mkdir()
    file = home.approved_parameters / approved_file(1, MORNING)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HomeError) as refused:
        parameters_of(home)
    assert file.name in f"{refused.value.what} {refused.value.where}"


def test_a_home_without_the_folder_has_its_own_lines_only(tmp_path: Path) -> None:
    assert value_of(home_at(tmp_path / "home", BANK_LINE)) == "0.2"
