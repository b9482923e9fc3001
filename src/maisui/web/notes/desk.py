"""Which notes a viewer reads beside a figure: those of its organisation and of what lies above and below it, in his sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from maisui.web.gateway import Gateway
from maisui.web.notes.models import FigureNote

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note as shown: its number, day, organisation's name, what it says and who says so; `is_own` is the viewer's."""

    number: int
    noted_on: date
    place: str
    is_of_all: bool
    words: str
    author: str
    is_own: bool


def notes_of(gateway: Gateway, organisation: str | None, metric: str, first: date, last: date) -> tuple[ShownNote, ...]:
    """Return the notes on a metric from `first` to `last`, newest first: at the organisation, above it, and below it in sight.

    Notes of organisations above are read by everybody below them; those of other branches are not.
    """
    names = {node.code: node.name for node in gateway.organisations()}
    top = organisation or gateway.top
    places = dict(names) if top is None else _line(gateway, top, names)
    found = FigureNote.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code,
        organisation_code__in=places,
        metric_code__in=("", metric),
        noted_on__gte=first,
        noted_on__lte=last,
        withdrawn_at=None,
    ).select_related("author")[:MOST_SHOWN]
    return tuple(
        ShownNote(
            note.pk,
            note.noted_on,
            places[note.organisation_code],
            not note.metric_code,
            note.words,
            note.author.name,
            note.author.username == gateway.viewer.username,
        )
        for note in found
    )


def _line(gateway: Gateway, organisation: str, names: dict[str, str]) -> dict[str, str]:
    """Return the organisation with all above it and what lies below it in sight, by code."""
    tree = {node.code: node for node in gateway.whole_tree()}
    found: dict[str, str] = {}
    at: str | None = organisation
    while at and at in tree and at not in found:
        found[at] = tree[at].name
        at = tree[at].parent_code
    for code, name in names.items():
        above = tree.get(code)
        while above is not None and above.code != organisation:
            above = tree.get(above.parent_code or "")
        if above is not None:
            found[code] = name
    return found
