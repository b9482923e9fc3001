"""The table of tie-outs behind the stamp of every page: drawn once for what it says, as it is the larger half of what the menu leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from maisui.web.text import is_english

_KEPT = 64
"""Tables kept at once, some 5 kB each: versions that are read × languages."""


class _Line(NamedTuple):
    name_zh: str
    name_en: str
    checked: int
    violations: int


def tie_outs(controls: Iterable[Any]) -> SafeString:
    """Return the outcome of `controls` as a table."""
    lines = tuple(_Line(control.name_zh, control.name_en, control.checked, control.violations) for control in controls)
    return _drawn(lines, is_english())


@lru_cache(maxsize=_KEPT)
def _drawn(lines: tuple[_Line, ...], _is_english: bool) -> SafeString:
    """Draw in the active language, which is asked for so that it tells what is kept apart."""
    drawn = render_to_string("components/_tie_outs.html", {"controls": lines})
    return mark_safe(drawn)  # noqa: S308 - a template's own output
