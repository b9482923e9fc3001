"""What people write in free text about customers: of a stated length, on one line, without long numbers."""

from __future__ import annotations

import re

from maisui.web.actions.action import ActionRefusedError
from maisui.web.text import Text

SHORTEST_WORDS = 2
_LONG_NUMBER = re.compile(r"\d[\d \-]{6,}\d")


def stated_words(words: str, longest: int, *, where: str) -> str:
    """Return words on one line.

    Raises:
        ActionRefusedError: when they are too short or too long, or hold a certificate, account or telephone number.
    """
    stated = " ".join(words.split())
    if not SHORTEST_WORDS <= len(stated) <= longest or not stated.isprintable():
        raise ActionRefusedError(
            Text(f"请填写内容（{SHORTEST_WORDS} 至 {longest} 字）", f"say it in {SHORTEST_WORDS} to {longest} characters"),
            where=where,
            next_step="correct it and try again",
        )
    if _LONG_NUMBER.search(stated):
        raise ActionRefusedError(
            Text("内容不得含证件号、账号、电话等长号码", "leave out certificate, account and telephone numbers"),
            where=where,
            next_step="correct it and try again",
        )
    return stated
