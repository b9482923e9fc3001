"""Which line, group and category a delivered product word belongs to: the product's own list, changed by the bank's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect

_DEFAULTS = Path(__file__).with_name("products.toml")
_LEVELS = {"line": "", "group": "line", "category": "group"}
_NEXT = "correct products.toml, then run `maisui check`"


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """One entry of a level: a line, a group of a line, or a category of a group."""

    kind: str
    code: str
    parent: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A whole product code (`is_whole`) or a part of one, and the category it leads to."""

    word: str
    is_whole: bool
    category: str


@dataclass(frozen=True, slots=True)
class ProductLevels:
    """All levels and words of a bank, in order."""

    levels: tuple[Level, ...]
    words: tuple[Word, ...]

    def level_query(self) -> str:
        """Return a SELECT of all levels with the columns of the table `product_level`."""
        return "\nUNION ALL\n".join(
            f"SELECT {_text(level.kind)} AS level_kind, {_text(level.code)} AS level_code, {_text(level.parent)} AS parent_code, "
            f"{_text(level.name_zh)} AS chinese_name, {_text(level.name_en)} AS english_name"
            for level in self.levels
        )

    def word_query(self) -> str:
        """Return a SELECT of all words with the columns of the table `product_word`."""
        return "\nUNION ALL\n".join(
            f"SELECT {_text(word.word)} AS product_word, {str(word.is_whole).lower()} AS is_whole, "
            f"{_text(word.category)} AS product_category"
            for word in self.words
        )


def load_product_levels(own: Path | None = None) -> ProductLevels:
    """Return the product's levels and words together with those of the bank's file `own`, where it exists.

    An entry of the bank replaces the one of the same code or word; lines are the product's alone.

    Raises:
        HomeError: listing every entry that is not understood.
    """
    faults: list[str] = []
    levels: dict[tuple[str, str], Level] = {}
    words: dict[str, Word] = {}
    for text in (_read(_DEFAULTS), _read(own) if own is not None and own.is_file() else {}):
        faults.extend(f"unknown list {name!r}" for name in text if name not in (*_LEVELS, "word"))
        for kind, parent in _LEVELS.items():
            for entry in _entries(text, kind, faults):
                level = _level(kind, parent, entry, faults)
                levels[kind, level.code] = level
        for entry in _entries(text, "word", faults):
            word = _word(entry, faults)
            words[word.word] = word
    for kind, code in list(levels):
        if kind == "group":
            group = levels[kind, code]
            levels.setdefault(("category", code), Level("category", code, code, group.name_zh, group.name_en))
    faults.extend(
        f"{level.kind} {level.code}: there is no {above} {level.parent!r}"
        for level in levels.values()
        if (above := _LEVELS[level.kind]) and (above, level.parent) not in levels
    )
    faults.extend(f"word {w.word}: there is no category {w.category!r}" for w in words.values() if ("category", w.category) not in levels)
    collect(HomeError, faults, where=str(own or _DEFAULTS), next_step=_NEXT)
    return ProductLevels(tuple(sorted(levels.values())), tuple(sorted(words.values())))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HomeError(f"products.toml cannot be read: {error}", where=str(path), next_step=_NEXT) from None


def _entries(text: Mapping[str, Any], name: str, faults: list[str]) -> list[dict[str, str]]:
    found: Any = text.get(name, [])
    if not isinstance(found, list):
        faults.append(f"{name} must be a list")
        return []
    kept: list[dict[str, str]] = []
    for number, entry in enumerate(found, 1):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if isinstance(entry, dict) and all(isinstance(value, str) and value for value in entry.values()):  # pyright: ignore[reportUnknownVariableType]
            kept.append(entry)  # pyright: ignore[reportUnknownArgumentType]
        else:
            faults.append(f"{name}, entry {number}: all its values must be texts")
    return kept


def _level(kind: str, parent: str, entry: Mapping[str, str], faults: list[str]) -> Level:
    wanted = ("code", *([parent] if parent else []), "name_zh", "name_en")
    code = entry.get("code", "")
    if set(entry) != set(wanted):
        faults.append(f"{kind} {code}: it has {', '.join(entry)} where {', '.join(wanted)} are wanted")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        faults.append(f"{kind} code {code!r} must be lower-case letters, digits and _")
    return Level(kind, code, entry.get(parent, ""), entry.get("name_zh", code), entry.get("name_en", code))


def _word(entry: Mapping[str, str], faults: list[str]) -> Word:
    if set(entry) not in ({"is", "category"}, {"has", "category"}):
        faults.append(f"word: it has {', '.join(entry)} where category and one of is, has are wanted")
    return Word(entry.get("is") or entry.get("has", ""), "is" in entry, entry.get("category", ""))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
