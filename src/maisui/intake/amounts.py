"""Amounts that a contract allows to be written with separators, zeros in front or the minus behind, and the plain number in them."""

from __future__ import annotations

from functools import lru_cache

from maisui.intake.arrow import Array, pc
from maisui.sources.contract import AmountMark, FeedColumn

_CENTS = r"(?:\.[0-9]{1,2})?"
_WHOLE = r"0|[1-9][0-9]{0,15}"
_SEPARATED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}"
_WHOLE_WITH_ZEROS = r"[0-9]{1,16}"
_NEGATIVE = r"0\.(?:0[1-9]|[1-9][0-9]?)"


@lru_cache(maxsize=256)
def forms_of(marks: str) -> tuple[str, str]:
    """Return the expressions that amounts meet in full: those that are not negative, and the negative ones.

    `marks` are the `AmountMark`s they may be written with, none where they are written plainly. A minus before nought is
    refused, except in a column that is padded with zeros, whose every amount may carry its sign.
    """
    whole, digits = [_WHOLE], [r"[1-9][0-9]{0,15}"]
    if AmountMark.SEPARATORS in marks:
        whole.append(_SEPARATED)
        digits.append(_SEPARATED)
    negative = rf"{_NEGATIVE}|(?:{'|'.join(digits)}){_CENTS}"
    if AmountMark.ZEROS in marks:
        whole = [_WHOLE_WITH_ZEROS, *whole[1:]]
        negative = rf"{negative}|{_WHOLE_WITH_ZEROS}{_CENTS}"
    signed = rf"-(?:{negative})" + (rf"|(?:{negative})-" if AmountMark.MINUS_BEHIND in marks else "")
    return rf"(?:{'|'.join(whole)}){_CENTS}", signed


def plain(texts: Array, column: FeedColumn) -> Array:
    """Return the amounts as numbers are written, without separators and with the minus in front."""
    if AmountMark.SEPARATORS in column.format:
        texts = pc.replace_substring(texts, ",", "")
    if AmountMark.MINUS_BEHIND in column.format:
        texts = pc.replace_substring_regex(texts, "^(.*)-$", r"-\1")
    return texts


def plain_sql(text: str, column: FeedColumn) -> str:
    """Return the SQL of `plain` over the expression `text`."""
    if AmountMark.SEPARATORS in column.format:
        text = f"replace({text}, ',', '')"
    if AmountMark.MINUS_BEHIND in column.format:
        text = f"CASE WHEN right({text}, 1) = '-' THEN concat('-', left({text}, length({text}) - 1)) ELSE {text} END"
    return text
