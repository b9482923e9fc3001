"""The page that connects a source is followed to the letter, and names everything there is."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from executed_page import Terminal, blocks, execute, page_text

from maisui.intake import certificates, checks, decode, duplicates, forms, lines
from maisui.sources import loader
from maisui.sources.contract import ColumnKind, Content, Drift
from maisui.steps import lint
from maisui.tables import DELIVERED

PAGE = "docs/how-to/connect-a-source.md"


def test_following_the_page_gives_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files, contract, mappings and commands are taken from the page alone."""
    assert execute(page_text(PAGE), tmp_path, Terminal(tmp_path, monkeypatch, capsys)) >= 15


def test_the_page_describes_every_setting_of_a_feed() -> None:
    page = page_text(PAGE)
    missing = [key for key in sorted(loader._FEED_KEYS) if f"`{key}`" not in page]
    assert not missing, f"{PAGE} does not describe the settings {missing}"
    table = page.split("`[[feed]]`:")[1].split("## Column kinds")[0]
    described = {name for cells in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", cells)}
    assert described <= set(loader._FEED_KEYS), f"{PAGE} describes settings that do not exist: {sorted(described - loader._FEED_KEYS)}"


def test_the_page_describes_every_kind_of_column() -> None:
    page = page_text(PAGE)
    missing = [kind for kind in ColumnKind if f"| `{kind}`" not in page and f"| `{kind}:" not in page]
    assert not missing, f"{PAGE} does not describe the kinds {missing}"
    assert all(f"`{word}`" in page for word in (*Content, *Drift))


def test_the_page_names_every_reason_for_which_a_line_is_kept_back() -> None:
    page = page_text(PAGE)
    reasons = {form.reason for form in (*forms.FORMS.values(), *forms.SPOILT)}
    reasons |= {
        forms.NEGATIVE_AMOUNT,
        forms.MISSING_VALUE,
        forms.UNKNOWN_WORD,
        forms.DATE_FORM,
        forms.NO_SUCH_DATE,
        forms.ROUNDED,
        forms.CHECK_DIGIT,
    }
    reasons |= {checks.CERTIFICATE_FORM, duplicates.DUPLICATE_KEY, decode.UNDECODABLE, decode.MIXED_ENCODING}
    reasons |= {
        lines.EMPTY_LINE,
        lines.CONTROL_CHARACTER,
        lines.REPLACEMENT_CHARACTER,
        lines.UNBALANCED_QUOTE,
        lines.STRAY_QUOTE,
        lines.FIELD_COUNT,
    }
    missing = sorted(reason for reason in reasons if f"`{reason}`" not in page)
    assert not missing, f"{PAGE} does not name the reasons {missing}"
    judged = certificates.RESIDENT_TYPES | certificates.CREDIT_CODE_TYPES
    assert all(f"`{word}`" in page for word in judged)


def test_the_page_names_every_table_a_source_may_fill() -> None:
    page = page_text(PAGE)
    assert [table.name for table in DELIVERED if f"### {table.name}\n" not in page] == []


def test_the_page_is_complete_in_itself() -> None:
    """The worked example holds a contract, a mapping for each table it says it implements, and files for each feed."""
    files = [block.attributes["file"] for block in blocks(page_text(PAGE)) if "file" in block.attributes]
    assert sum(name.endswith("contract.toml") for name in files) == 1
    assert sum(name.endswith(".sql") for name in files) == 4
    assert len([name for name in files if "/inbox/" in name]) == 8


def rows_of(heading: str) -> list[list[str]]:
    """Return the code spans of each cell of the first table below a line that holds `heading`."""
    table = page_text(PAGE).split(heading, 1)[1].lstrip().split("\n\n")[0]
    return [re.findall(r"`([^`]+)`", line) for line in table.splitlines()[2:]]


def test_every_recipe_of_the_page_is_portable_and_gives_what_it_promises() -> None:
    recipes = {example: sql for example, _, sql in rows_of("converted in the mapping:\n")[:3]}
    given = {"00000000120050": ("'00000000120050'", "1200.50"), "120050": ("120050", "1200.50"), "7/1/2026": ("'7/1/2026'", "2026-01-07")}
    assert set(recipes) == set(given)
    for example, sql in recipes.items():
        literal, expected = given[example]
        assert lint.violations(f"SELECT {sql} AS value FROM hillcore_account") == []
        computed = re.sub(r"\bx\b", literal, sql)
        assert duckdb.connect().execute(f"SELECT CAST({computed} AS VARCHAR)").fetchall() == [(expected,)]


AROUND = {"SELECT *": "{} FROM t", "ILIKE": "SELECT a FROM t WHERE b {} 'x'"}
"""What stands around a refused piece of SQL that is not an expression."""


def test_every_refusal_of_the_page_is_one_by_the_name_it_says() -> None:
    refused = rows_of("The commonest refusals:\n")
    assert len(refused) >= 10
    for cells in refused:
        wrote, rule = cells[0], next(cell for cell in cells if cell in {known.__name__ for known in lint.RULES})
        query = AROUND.get(wrote, "SELECT {} AS y FROM t").format(wrote)
        assert [line for line in lint.violations(query) if line.startswith(f"{rule}:")], (
            f"{wrote} is not refused by {rule}: {lint.violations(query)}"
        )
