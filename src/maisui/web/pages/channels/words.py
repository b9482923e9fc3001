"""Words for channels and contents of transactions, and the hours of a day."""

from __future__ import annotations

from maisui.web.pages.customers.words import CONTENTS
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

HOURS: tuple[str, ...] = tuple(f"{hour:02}" for hour in range(24))
NO_CHANNEL = Text("未报送渠道", "No channel delivered")


def channel_word(code: str) -> Text:
    """Return the words of a channel; what no channel is delivered for says so."""
    return NO_CHANNEL if code == "none" else value_word(code)


def content_word(code: str) -> Text:
    """Return the words of what a transaction is about, the code itself where none are known."""
    return CONTENTS.get(code, Text(code, code))
