"""A view of a group beside what it is held against, as the web puts it together."""

from __future__ import annotations

from maisui.answers import EVERYBODY, GroupView, Selection, beside, group_side
from maisui.warehouse.reader import Reader


def group_view(
    reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None, against: Selection = EVERYBODY
) -> GroupView:
    """Return one of the six views of a group held against another, or against everybody."""
    base = group_side(reader, view, against, organisations)
    return beside(group_side(reader, view, selection, organisations), base)
