"""How a file's name tells its feed and its day, exactly as agreed or as leniently as regulators' files are named in practice."""

from __future__ import annotations

import re
from functools import lru_cache

PLACEHOLDER = re.compile(r"(\{date\}|\{any\}|\{part\})")
_MEANINGS = {"{date}": r"(?P<date>\d{8})", "{any}": r"[^-/\\\x00-\x1f]*", "{part}": r"(?:-\d{1,4})?"}
_LENIENT_ENDINGS = r"\.(?:txt|dat|csv)"


@lru_cache(maxsize=1024)
def exact_name(pattern: str) -> re.Pattern[str]:
    """Return the expression of `pattern`; `.gz` may follow.

    It knows `{date}` (YYYYMMDD), `{any}` (anything without a dash) and `{part}` (an optional `-1`, `-2` …).
    """
    pieces = PLACEHOLDER.split(pattern)
    return re.compile("".join(_MEANINGS.get(piece, re.escape(piece)) for piece in pieces) + r"(?:\.gz)?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def lenient_name(pattern: str, code: str, others: tuple[str, ...], number: str) -> re.Pattern[str]:
    """Return the expression of `pattern` where the feed's `code` may be spelt otherwise.

    In place of the code may stand one of `others` or the table's `number`; before it `IE_001_` and the number, behind it
    `_INC`. Underscores may stand for dashes, the part before the code may be missing, the ending may be `.dat` or `.csv`.
    """
    return re.compile("".join(_lenient_pieces(pattern, code, others, number)) + r"(?:\.gz)?", re.IGNORECASE)


def _lenient_pieces(pattern: str, code: str, others: tuple[str, ...], number: str) -> list[str]:
    names = "|".join(re.escape(name) for name in (code, *others))
    bare = rf"|(?:IE_\d{{1,4}}_)?{number}(?:_INC)?" if number else ""
    before = rf"(?:IE_\d{{1,4}}_)?(?:{number}_)?(?:INC_)?" if number else ""
    spelt = rf"(?:{before}(?:{names})(?:_INC)?{bare})"
    pieces: list[str] = []
    for piece in PLACEHOLDER.split(pattern):
        if piece in _MEANINGS:
            pieces.append(_MEANINGS[piece])
        else:
            head, found, tail = piece.partition(code)
            pieces.append(_with_any_dash(head) + (spelt if found else "") + _with_any_dash(tail))
    if pattern.startswith("{any}-"):
        pieces[1:3] = [f"(?:{pieces[1]}[-_])?", pieces[2].removeprefix("[-_]")]
    return pieces


def _with_any_dash(text: str) -> str:
    return re.escape(text).replace(r"\-", "[-_]").replace(r"\.txt", _LENIENT_ENDINGS)
