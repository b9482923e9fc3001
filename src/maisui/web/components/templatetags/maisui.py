"""Template tags: both languages side by side, figures, changes, icons, built files, the menu."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from maisui.answers import Unit
from maisui.web.components import figures
from maisui.web.components.assets import built_name
from maisui.web.components.icons import drawn
from maisui.web.text import choose

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, *arguments: object) -> str:
    """Return the text of the active language, its `{}` filled with `arguments`."""
    text = choose(zh, en)
    return text.format(*arguments) if arguments else text


@register.simple_tag
def figure(value: Decimal | None, unit: Unit, scale: figures.Scale | None = None) -> SafeString:
    """Return a figure, short, with the exact value on hover; with a column's `scale` its word stands in the heading."""
    number, word = figures.short(value, unit, scale)
    tail: SafeString | str = "" if not word or (scale is not None and unit is not Unit.SHARE) else format_html('<span class="figure-word">{}</span>', word)
    plain = "" if value is None else str(value)
    return format_html(
        '<data class="figure" value="{}" data-exact="{}" title="{}">{}{}</data>', plain, plain, figures.exact(value, unit), number, tail
    )


@register.simple_tag
def delta(change: Decimal | None, rate: Decimal | None, unit: Unit) -> SafeString:
    """Return a change with arrow and sign; its colour follows the reader's own convention."""
    shown = figures.delta_of(change, rate, unit)
    arrow: SafeString | str = format_html('<span class="delta-arrow" aria-hidden="true">{}</span>', shown.arrow) if shown.arrow else ""
    return format_html('<span class="delta delta-{}" title="{}">{}{}</span>', shown.direction, shown.exact, arrow, shown.text)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a line icon as inline SVG."""
    return drawn(name)


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built script or style."""
    return static(built_name(name))


@register.simple_tag
def chart_data(value: Any) -> SafeString:
    """Return a chart's data as a JSON block without an id, so that a swapped region may hold several."""
    return json_script(json.loads(json.dumps(value, default=str)))


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line of the menu: address, words, icon and the key that follows `g`."""

    code: str
    address: str
    title: str
    icon: str
    key: str


@register.simple_tag
def menu_sections(menu: Iterable[Any]) -> list[tuple[str, list[MenuLine]]]:
    """Return the menu's pages by section, each with the key by which it is reached."""
    sections: dict[str, list[MenuLine]] = {}
    taken: set[str] = set()
    for page in menu or ():
        key = next((letter for letter in page.code if letter.isalpha() and letter not in taken), "")
        taken.add(key)
        address = get_script_prefix() + str(page.path).lstrip("/")
        sections.setdefault(str(page.section), []).append(MenuLine(page.code, address, str(page.title), page.icon, key))
    return list(sections.items())
