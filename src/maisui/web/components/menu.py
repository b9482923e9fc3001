"""The menu and the list of keys beside every page: drawn once for what they depend on, as they are the larger half of a page's frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from maisui.web.text import is_english

_KEPT = 512
"""Menus kept at once, some 20 kB each: roles that somebody holds × languages × pages that are open."""


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line of the menu: address, words, icon and the key that follows `g`."""

    code: str
    address: str
    title: str
    icon: str
    key: str


@dataclass(frozen=True, slots=True)
class MenuSection:
    """One section of the menu and whether it stands open."""

    code: str
    name: str
    lines: list[MenuLine]
    is_open: bool


class _Pages(tuple[Any, ...]):
    """Pages of a menu, the same where their codes are: comparing all that a page holds would cost more than it spares."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple(page.code for page in self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pages) and [page.code for page in self] == [page.code for page in other]


def sections_of(menu: Iterable[Any], page_code: str = "", opened: str = "") -> list[MenuSection]:
    """Return the menu's pages by section, each with the key by which it is reached.

    Args:
        menu: The pages the viewer may open.
        page_code: The page shown; its section stands open.
        opened: Codes of further sections the viewer left open, with full stops between.
    """
    sections: dict[Any, list[MenuLine]] = {}
    taken: set[str] = set()
    for page in menu or ():
        key = next((letter for letter in page.code if letter.isalpha() and letter not in taken), "")
        taken.add(key)
        address = get_script_prefix() + str(page.path).lstrip("/")
        sections.setdefault(page.section, []).append(MenuLine(page.code, address, str(page.title), page.icon, key))
    return [
        MenuSection(code, str(name), lines, is_open=code in opened.split(".") or any(line.code == page_code for line in lines))
        for name, lines in sections.items()
        for code in (slugify(name.en),)
    ]


def side_menu(menu: Iterable[Any], page_code: str, opened: str) -> SafeString:
    """Return the menu as it stands beside a page."""
    pages = _Pages(menu or ())
    known = {slugify(page.section.en) for page in pages}
    is_left_open = ".".join(sorted(known.intersection(opened.split("."))))
    return _drawn("components/_menu.html", pages, page_code, is_left_open, is_english(), get_script_prefix())


def keys_of(menu: Iterable[Any]) -> SafeString:
    """Return the list of keys."""
    return _drawn("components/_keys.html", _Pages(menu or ()), "", "", is_english(), get_script_prefix())


@lru_cache(maxsize=_KEPT)
def _drawn(template: str, pages: _Pages, page_code: str, opened: str, _is_english: bool, _prefix: str) -> SafeString:
    """Draw in the active language and below the server's own prefix, which are asked for so that they tell what is kept apart."""
    drawn = render_to_string(template, {"sections": sections_of(pages, page_code, opened), "page_code": page_code})
    return mark_safe(drawn)  # noqa: S308 - a template's own output
