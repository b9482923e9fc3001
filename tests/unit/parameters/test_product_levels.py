"""The levels of products: the product's own list is whole, and a bank's file changes it or is refused with every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from maisui.errors import HomeError
from maisui.parameters import load_parameters, load_product_levels


def test_every_group_has_a_line_and_every_word_a_category() -> None:
    found = load_product_levels()
    codes = {(level.kind, level.code) for level in found.levels}
    assert all(("line", level.parent) in codes for level in found.levels if level.kind == "group")
    assert all(("group", level.parent) in codes for level in found.levels if level.kind == "category")
    assert all(("category", word.category) in codes for word in found.words)
    assert ("category", "unmapped") in codes


def test_a_bank_adds_categories_and_replaces_words(tmp_path: Path) -> None:
    own = tmp_path / "products.toml"
    own.write_text(
        'category = [{ code = "village_deposit", group = "demand_deposit", name_zh = "整村存款", name_en = "Village deposits" }]\n'
        'word = [{ is = "D0103", category = "village_deposit" }, { has = "活期", category = "village_deposit" }]\n',
        encoding="utf-8",
    )
    found = load_product_levels(own)
    assert {word.word: (word.is_whole, word.category) for word in found.words if word.category == "village_deposit"} == {
        "D0103": (True, "village_deposit"),
        "活期": (False, "village_deposit"),
    }
    assert load_parameters((), own).version != load_parameters().version
    assert load_parameters((), tmp_path / "none.toml").version == load_parameters().version


def test_every_fault_of_the_file_is_named(tmp_path: Path) -> None:
    own = tmp_path / "products.toml"
    own.write_text(
        'colour = []\ngroup = [{ code = "Moon", line = "sky", name_zh = "月", name_en = "Moon" }]\n'
        'word = [{ is = "D1", has = "D", category = "demand_deposit" }, { is = "D2", category = "moon_deposit" }, 7]\n',
        encoding="utf-8",
    )
    with pytest.raises(HomeError) as caught:
        load_product_levels(own)
    for fault in ("'colour'", "'Moon' must be", "there is no line 'sky'", "one of is, has", "'moon_deposit'", "entry 3"):
        assert fault in str(caught.value), fault


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "products.toml"
    own.write_text("word = [", encoding="utf-8")
    with pytest.raises(HomeError, match="cannot be read"):
        load_product_levels(own)
