"""Words for the screen: Chinese and English side by side, the active language chosen when they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

CHINESE = "zh-hans"
ENGLISH = "en"


def is_english() -> bool:
    """Return whether the active language is English; everything else reads Chinese."""
    return (get_language() or CHINESE).startswith(ENGLISH)


def choose(zh: str, en: str) -> str:
    """Return the one of two texts that the active language reads."""
    return en if is_english() else zh


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `str()` gives the active one."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Return the text in the active language."""
        return choose(self.zh, self.en)


def known_word(words: Mapping[str, Text], code: str) -> Text:
    """Return the word of a closed list for a code; one that it does not hold is unknown, with the code as it was delivered."""
    return words.get(code) or Text(f"未知（{code}）", f"Unknown ({code})")
