"""Template tags: both languages side by side, figures, changes, icons, built files, the menu."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from maisui.answers import Unit
from maisui.web.components import figures
from maisui.web.components import menu as menus
from maisui.web.components import tie_outs as tables
from maisui.web.components.assets import built_name
from maisui.web.components.icons import drawn
from maisui.web.exports.page_schedule import SUBSCRIBABLE
from maisui.web.text import choose, is_english

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, *arguments: object) -> str:
    """Return the text of the active language, its `{}` filled with `arguments`."""
    text = choose(zh, en)
    return text.format(*arguments) if arguments else text


@register.simple_tag
def figure(value: Decimal | None, unit: Unit, scale: figures.Scale | None = None, *, with_word: bool = False) -> SafeString:
    """Return a figure, short, exact on hover; the word of a column's `scale` stands in the heading, or `with_word` here."""
    number, word = figures.short(value, unit, scale)
    tail: SafeString | str = (
        ""
        if not word or (scale is not None and unit is not Unit.SHARE and not with_word)
        else format_html('<span class="figure-word">{}</span>', word)
    )
    plain = "" if value is None else str(value)
    return format_html(
        '<data class="figure" value="{}" data-exact="{}" title="{}">{}{}</data>', plain, plain, figures.exact(value, unit), number, tail
    )


@register.simple_tag
def delta(change: Decimal | None, rate: Decimal | None, unit: Unit, unlike: object = None) -> SafeString:
    """Return a change with arrow and sign, coloured by the reader's convention; what is not like for like is marked ≠ and grey."""
    shown = figures.delta_of(change, rate, unit)
    direction, arrow, told = (shown.direction, shown.arrow, shown.exact)
    if unlike and shown.arrow:
        direction, arrow, told = "unlike", f"≠{shown.arrow}", f"{shown.exact} · {unlike}"
    drawn_arrow: SafeString | str = format_html('<span class="delta-arrow" aria-hidden="true">{}</span>', arrow) if arrow else ""
    return format_html('<span class="delta delta-{}" title="{}">{}{}</span>', direction, told, drawn_arrow, shown.text)


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


@register.simple_tag
def side_menu(menu: Iterable[Any], page_code: str = "", opened: str = "") -> SafeString:
    """Return the menu: the section of the page shown stands open, and those the viewer left open."""
    return menus.side_menu(menu, page_code, opened)


@register.simple_tag
def keys_list(menu: Iterable[Any]) -> SafeString:
    """Return the list of keys, those of the menu's pages among them."""
    return menus.keys_of(menu)


@register.simple_tag
def tie_outs(controls: Iterable[Any]) -> SafeString:
    """Return the outcome of controls as a table."""
    return tables.tie_outs(controls)


@register.filter
def grouped(value: Decimal | int | None) -> str:
    """Return a number whole, thousands separated, with the decimals it has."""
    if value is None:
        return figures.NOTHING
    plain = Decimal(value)
    return figures.digits(plain, max(0, -int(plain.as_tuple().exponent)))


@register.filter
def added(value: Decimal | int) -> str:
    """Return a term of a sum with the sign before it, so that what is below zero is taken away."""
    return f"{figures.MINUS} {grouped(-value)}" if value < 0 else f"+ {grouped(value)}"


@register.filter
def at(found: Any, place: Any) -> Any:
    """Return what stands in a sequence at a position, or in a mapping under a key; nothing where nothing does."""
    if isinstance(found, Mapping):
        return found.get(place, "")
    return found[place] if 0 <= place < len(found) else ""


@register.filter
def moment(text: str) -> datetime:
    """Return a moment written in ISO form, such as that of publication, in the bank's own time zone."""
    return timezone.localtime(datetime.fromisoformat(text))


@register.simple_tag
def unit_heading(unit: Unit, scale: figures.Scale, currency: str = "CNY") -> str:
    """Return the unit of a column at its scale, such as 万元, or 万 USD."""
    return figures.scaled_unit(unit, scale, currency)


@register.simple_tag
def name_of(thing: Any) -> str:
    """Return the name of a metric or control in the active language."""
    return choose(thing.name_zh, thing.name_en)


@register.simple_tag
def owner_of(metric: Any) -> str:
    """Return who answers for a metric."""
    return figures.owner_name(metric)


@register.simple_tag
def unit_after(value: Decimal | None, unit: Unit) -> str:
    """Return the unit word that follows a single figure; shares and counts carry none."""
    return "" if value is None or unit is Unit.SHARE else figures.unit_word(unit)


@register.simple_tag
def unit_name(unit: Unit) -> str:
    """Return the name of a unit."""
    return figures.unit_name(unit)


@register.simple_tag
def percent(share: Decimal | None) -> str:
    """Return a share of a whole with one decimal."""
    return figures.NOTHING if share is None else f"{figures.digits(share * 100, 1)}%"


@register.simple_tag
def query(state: Any, **changes: Any) -> str:
    """Return the query string of a page's state with changes."""
    return state.query(**changes)


@register.simple_tag
def shortened(name: object, above: str) -> str:
    """Return an organisation's name without the name of the one above it, which stands on the same page; words where there is none."""
    if name == "none":
        return choose("未报送机构", "not delivered")
    return figures.NOTHING if not name else str(name).removeprefix(str(above)) or str(name)


@register.simple_tag
def exactly(value: Decimal | None, unit: Unit) -> str:
    """Return a figure whole, with its unit."""
    return figures.exact(value, unit)


@register.simple_tag
def signed(value: Decimal, unit: Unit, scale: figures.Scale | None = None) -> str:
    """Return a difference with its sign: short with its unit, at a `scale` without; that of a share in percentage points."""
    sign = "+" if value > 0 else figures.MINUS if value < 0 else ""
    if unit is Unit.SHARE:
        return figures.delta_of(value, None, unit).text
    number, word = figures.short(abs(value), unit, scale)
    counted = "" if scale else f"{choose('', ' ')}{unit_after(value, unit)}"
    return f"{sign}{number}{word}{counted}".strip()


@register.simple_tag
def effect(value: Decimal, unit: Unit, scale: figures.Scale | None = None) -> SafeString:
    """Return a part of a change as figures are written; of a share in percentage points, which are no per cent."""
    if unit is not Unit.SHARE:
        return figure(value, unit, scale)
    shown = figures.delta_of(value, None, unit)
    return format_html('<data class="figure" value="{}" data-exact="{}" title="{}">{}</data>', value, value, shown.exact, shown.text)


@register.simple_tag
def signed_exactly(value: Decimal, unit: Unit) -> str:
    """Return a difference whole, with its sign and unit; that of a share in percentage points."""
    return signed(value, unit) if unit is Unit.SHARE else f"{'+' if value > 0 else ''}{figures.exact(value, unit)}"


@register.simple_tag
def english() -> bool:
    """Return whether the active language is English: the engine writes its errors in English only."""
    return is_english()


@register.simple_tag(takes_context=True)
def subscription_address(context: template.Context, words: str) -> str:
    """Return where the page of the request is subscribed to with the state `words`; nothing for pages that cannot be."""
    request = context.get("request")
    page = getattr(request, "page", None)
    if request is None or page is None or page.code not in SUBSCRIBABLE or not request.path.endswith(page.path):
        return ""
    return f"{reverse('jobs')}?{urlencode({'page_wanted': page.code, 'query': words})}#subscriptions"
