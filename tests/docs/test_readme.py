"""The README says what there is, in both languages, and shows what is really printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from executed_page import ROOT, Terminal, blocks, commands, lines_missing, page_text

from maisui.cli.main import command_line

PAGE = "README.md"
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGES.md")


def halves() -> tuple[str, str]:
    """Return the Chinese and the English half."""
    chinese, english = page_text(PAGE).split("\n---\n")
    return chinese, english


@pytest.mark.parametrize("half", [0, 1])
def test_each_half_lists_every_verb(half: int) -> None:
    listed = re.findall(r"^\| `(\w+)` \|", halves()[half], re.MULTILINE)
    assert set(listed) == set(typer.main.get_command(command_line()).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("half", [0, 1])
def test_each_half_is_one_page(half: int) -> None:
    assert len(halves()[half].splitlines()) <= 85


def test_the_two_halves_point_to_the_same_documents() -> None:
    chinese, english = ({re.sub(r"-(zh|en)\.png$", ".png", link) for link in re.findall(r"\]\(([^)#]+)\)", half)} for half in halves())
    assert chinese == english


@pytest.mark.parametrize("page", [*DOCUMENTS, *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))])
def test_every_link_of_a_document_leads_somewhere(page: str) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)", page_text(page)):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), f"{page} points to {target}, which does not exist"
        if anchor and path.suffix == ".md":
            assert anchor in anchors(path), f"{page} points to #{anchor} of {target or page}, which has no such heading"


def anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings have, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def test_make_knows_every_target_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for page in DOCUMENTS
        for name in re.findall(r"`?\bmake ([a-z-]+)\b`?", page_text(page))
        if f"`make {name}`" in page_text(page) or f"\nmake {name}" in page_text(page)
    }
    assert named <= targets, f"make has no target {sorted(named - targets)}"


def test_no_document_names_a_machine() -> None:
    """Documents hold no absolute paths, no addresses of package registries and no trace of where they were written."""
    foreign = re.compile(r"(?<![\w.<>])/(work|tmp|root|home|Users)/|pypi|npmjs|registry\.(?!py)|mirrors?\.\w", re.IGNORECASE)
    for page in (*DOCUMENTS, *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))):
        found = foreign.search(page_text(page))
        assert not found, f"{page} names {found[0] if found else ''}"


@pytest.mark.long
def test_the_demo_prints_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(tmp_path, monkeypatch, capsys)
    made = terminal.run("maisui demo --no-serve")
    assert made.exit_code == 0, made.error
    shown = [pair for block in blocks(page_text(PAGE)) if block.language == "console" for pair in commands(block)]
    assert len(shown) == 4
    for line, lines in shown:
        told = terminal.run(line)
        assert lines_missing(lines, told.out) == [], f"{line} printed:\n{told.out}"
