"""Every rule of key focus, and every label, is named by a drawn specification."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from maisui.alerts import RULES
from maisui.labels import FAMILIES

HERE = Path(__file__).parent


def words_of(folder: Path) -> set[str]:
    """Return the words in the texts of a folder's specifications, this one apart."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("test_*.py") if path != Path(__file__)]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {word for text in texts for word in text.replace("/", " ").replace("|", " ").split()}


@pytest.mark.parametrize(
    ("folder", "codes"),
    [(HERE, {rule.code for rule in RULES}), (HERE.parent / "labels", {label.code for family in FAMILIES for label in family.labels})],
    ids=["rules", "labels"],
)
def test_whatever_is_found_or_said_of_customers_is_drawn(folder: Path, codes: set[str]) -> None:
    assert codes - words_of(folder) == set(), f"draw what it finds, and what it leaves alone, in {folder.name}/"
