"""Every word of the model has an entry, under the name the code gives it."""

from __future__ import annotations

import re

import pytest
from executed_page import page_text
from reference_commands import error_classes

from maisui.metrics import CATALOGUE
from maisui.tables import ALL, UNION

PAGE = "GLOSSARY.md"
MEANINGLESS_ALONE = {"amount", "balance", "currency", "purpose", "relation", "sex", "distance"}


def entries() -> dict[str, list[str]]:
    """Return every entry: its cells under each of its terms; names of the code stand in backticks."""
    found: dict[str, list[str]] = {}
    for line in page_text(PAGE).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 5 and not set(cells[0]) <= {"-"} and cells[0] not in ("term", "suffix"):
            for term in re.split(r", ", cells[0]):
                found[term] = cells
    return found


def suffixes() -> set[str]:
    """Return the suffixes and prefixes of the grammar."""
    return {term.strip("`") for term in entries() if re.fullmatch(r"`(_\w+|\w+_)`", term)}


def test_every_entry_is_whole() -> None:
    for term, cells in entries().items():
        assert all(cells), f"the entry {term} has an empty cell"
        assert re.search("[\u4e00-\u9fffC]", cells[1]), f"{term}: {cells[1]!r} is not Chinese"


@pytest.mark.parametrize("table", [*ALL, *UNION], ids=lambda table: table.name)
def test_every_table_has_an_entry_with_its_titles(table) -> None:
    assert f"`{table.name}`" in entries(), f"{PAGE} lacks the table {table.name}"
    assert entries()[f"`{table.name}`"][1:3] == [table.title_zh, table.title_en], (
        f"{PAGE} and tables/{table.name}.py name the table differently"
    )


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.code)
def test_every_metric_has_an_entry_with_its_names(metric) -> None:
    assert f"`{metric.code}`" in entries(), f"{PAGE} lacks the metric {metric.code}"
    assert entries()[f"`{metric.code}`"][1:3] == [metric.name_zh, metric.name_en], (
        f"{PAGE} and the catalogue name {metric.code} differently"
    )


def test_every_error_has_an_entry() -> None:
    assert [kind.__name__ for kind in error_classes() if f"`{kind.__name__}`" not in entries()] == []


def test_every_suffix_of_the_grammar_has_an_entry() -> None:
    wanted = {"_id", "_code", "_on", "_until", "_amount", "_balance", "_rate", "_share", "_count", "is_", "has_"}
    assert wanted <= suffixes(), f"{PAGE} lacks the suffixes {sorted(wanted - suffixes())}"


def test_every_column_follows_the_grammar_or_is_named_by_itself() -> None:
    """A column ends in a suffix of the grammar, begins with a flag's prefix, or is a word with an entry."""
    named = suffixes()
    words = " ".join([*entries(), *(cells[3] for cells in entries().values())]).lower()
    strange: list[str] = []
    for name in sorted({column.name for table in ALL for column in table.columns}):
        by_suffix = any(name.endswith(suffix) for suffix in named if suffix.startswith("_")) or name.startswith(("is_", "has_"))
        by_word = name.replace("_", " ") in words
        if not (by_suffix or by_word or name in MEANINGLESS_ALONE):
            strange.append(name)
    assert not strange, f"{PAGE} explains neither these columns nor a suffix of theirs: {strange}"
