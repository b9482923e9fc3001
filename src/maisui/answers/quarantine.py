"""Letting one quarantined line in after all: the way from a page to intake's own release, under the batch's lock."""

from __future__ import annotations

from datetime import datetime

from maisui.errors import QuestionError
from maisui.intake import receipts, release
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import Home
from maisui.warehouse.lock import batch_lock


def release_line(home: Home, *, file_id: str, line: int, corrected: str | None, operator: str, at: datetime) -> str:
    """Land line `line` of a delivered file through the checks every row goes through; it counts after the next publication.

    Returns:
        The name of the file that the line is of.

    Raises:
        QuestionError: when there is no such delivery.
        BusyError: while a batch is running.
        ContractError: when the line is not quarantined, was released before, or still does not pass.
    """
    with batch_lock(home.entity):
        found = [receipt for receipt in receipts(raw=home.raw) if receipt.file_id == file_id] if home.raw.exists() else []
        if not found:
            raise QuestionError("there is no such delivery", where="quarantine", next_step="choose one from the list of deliveries")
        source = next(source for source in load_sources(home) if source.code == found[0].source)
        release(raw=home.raw, source=source, file_id=file_id, line=line, corrected=corrected, operator=operator, at=at)
    return found[0].file_name
