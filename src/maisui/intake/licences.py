"""Whose files these are: the licence of a bank in the names of files that follow a regulator's standard.

Another bank's files look like ours, and their customers and accounts would become ours without a word. A name without a licence is
nobody else's; a name says it by the letter of the kind of bank, a code of three or four digits, a letter, and digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from maisui.intake.receipt import Receipt, corrected_name
from maisui.intake.refusal import Refusal
from maisui.intake.scan import Arrival
from maisui.sources.contract import Feed, Source

_LICENCE = re.compile(r"([A-Z]\d{3,4}[A-Z]\d{8,13})[-_]", re.IGNORECASE)


def licence_of(feed: Feed, file_name: str) -> str:
    """Return the licence that a file's name begins with; empty where it has none or its feed follows no standard of names."""
    found = _LICENCE.match(corrected_name(file_name)[0]) if feed.is_lenient else None
    return found[1].upper() if found else ""


def own_licences(source: Source, registered: Iterable[Receipt], names: Sequence[tuple[Feed, str]]) -> frozenset[str]:
    """Return the licences whose files are this bank's: those bank.toml lists, else of all registered files, else the first of `names`."""
    if source.licences:
        return frozenset(licence.upper() for licence in source.licences)
    known = {licence_of(source.feeds[r.feed], r.file_name) for r in registered if r.feed in source.feeds} - {""}
    first = (licence for feed, name in names if (licence := licence_of(feed, name)))
    return frozenset(known or [licence for licence in [next(first, "")] if licence])


def turn_away(source: Source, registered: Iterable[Receipt], arrivals: Sequence[Arrival]) -> tuple[list[Arrival], list[Refusal]]:
    """Return the files that are this bank's, in their order, and a refusal for each that names another licence."""
    own = own_licences(source, registered, [(arrival.feed, arrival.file_name) for arrival in arrivals])
    ours: list[Arrival] = []
    refused: list[Refusal] = []
    for arrival in arrivals:
        licence = licence_of(arrival.feed, arrival.file_name)
        if not licence or licence in own:
            ours.append(arrival)
            continue
        refused.append(
            Refusal(
                arrival.file_name,
                f"its name says licence {licence}, this bank's {'is' if len(own) == 1 else 'are'} {', '.join(sorted(own))}",
                f"inbox/{source.code}",
                f"take it out of the inbox, or list the licence in bank.toml: [{source.code}] licences",
                arrival.feed.code,
            )
        )
    return ours, refused
