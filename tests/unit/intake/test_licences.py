"""Another bank's files never become ours: the licence in the name decides, listed in bank.toml or known from the first delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from maisui.cli.check import check_json
from maisui.intake import Intake, receive
from maisui.sources.loader import load_builtin
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import create_home, open_home

EAST5 = load_builtin("east5")
OURS, OTHERS, SECOND = "E0123H353090001", "B0187H242010002", "C004H101110102001"
POSTS = "|0101|P1|柜员|综合柜员||正常||20260331".replace("|", "\u0001")


def lay(inbox: Path, *names: str) -> None:
    """Lay files of 104 into an inbox, each with a post of its own."""
    inbox.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        (inbox / name).write_text(POSTS.replace("P1", f"P{number}-{name[:5]}") + "\n", encoding="utf-8")


def take(home: Path, *licences: str, until: date = date(2026, 4, 30)) -> Intake:
    """Take the inbox in for a bank of these licences."""
    return receive(source=replace(EAST5, licences=licences), inbox=home / "inbox", raw=home / "raw", until=until, workers=1)


def test_the_first_deliverys_licence_counts_and_others_are_refused(tmp_path: Path) -> None:
    """Within the first run and in later ones, in any letter case; nothing of them is stored."""
    lay(tmp_path / "inbox", f"{OURS}-GWXXB-20260131.txt", f"{OTHERS}-GWXXB-20260228.txt")
    first = take(tmp_path)
    assert [receipt.file_name for receipt in first.receipts] == [f"{OURS}-GWXXB-20260131.txt"]
    (refusal,) = first.refused
    assert refusal.what == f"its name says licence {OTHERS}, this bank's is {OURS}"
    assert (refusal.feed, refusal.where) == ("GWXXB", "inbox/east5")
    assert "[east5] licences" in refusal.next_step
    lay(tmp_path / "inbox", f"{OTHERS.lower()}_gwxxb_20260101.txt", f"{OURS.lower()}~2-gwxxb-20260131.txt")
    again = take(tmp_path)
    assert (len(again.refused), len(again.registered)) == (2, 1)


def test_a_bank_with_several_licences_lists_them(tmp_path: Path) -> None:
    """Those listed are taken whatever came first."""
    lay(
        tmp_path / "inbox",
        *(f"{licence}-GWXXB-2026013{number}.txt" for number, licence in enumerate((OTHERS, OURS))),
        f"{SECOND}-104-20260228.txt",
    )
    taken = take(tmp_path, OURS, SECOND)
    assert [refusal.file_name[:15] for refusal in taken.refused] == [OTHERS]
    assert len(taken.registered) == 2


@pytest.mark.parametrize(
    "name", ["GWXXB-20260131.txt", "IE_001_104-20260131.txt", "B1-GWXXB-20260131.txt", "IE_001_104_GWXXB-20260131.dat"]
)
def test_a_name_without_a_licence_is_nobody_elses(tmp_path: Path, name: str) -> None:
    """A bare table, a number, a word before it."""
    lay(tmp_path / "inbox", f"{OURS}-GWXXB-20260101.txt", name)
    assert len(take(tmp_path).registered) == 2


def test_a_home_that_holds_several_licences_already_keeps_them(tmp_path: Path) -> None:
    """What was registered before is the bank's."""
    lay(tmp_path / "inbox", f"{OURS}-GWXXB-20260131.txt", f"{SECOND}-GWXXB-20260131.txt")
    take(tmp_path, OURS, SECOND)
    lay(tmp_path / "inbox", f"{SECOND}-GWXXB-20260228.txt", f"{OTHERS}-GWXXB-20260228.txt")
    taken = take(tmp_path)
    assert (len(taken.registered), len(taken.refused)) == (1, 1)


def test_init_lists_licences_and_check_names_the_files_of_others(tmp_path: Path) -> None:
    """Before any batch stops."""
    home = create_home(
        tmp_path / "home",
        legal_entity_code="A1",
        name_zh="",
        name_en="",
        currency="CNY",
        sources=("east5", "supplement"),
        is_demo=False,
        licences=(OURS,),
    )
    assert open_home(home.path).licences == {"east5": (OURS,)}
    assert [source.licences for source in load_sources(home)] == [(OURS,), ()]
    lay(home.inbox / "east5", f"{OTHERS}-GWXXB-20260131.txt", f"{OURS}-GWXXB-20260228.txt")
    facts = check_json(home)["sources"][0]
    assert (facts["licences"], facts["of_other_banks"]) == ([OURS], [f"{OTHERS}-GWXXB-20260131.txt"])
