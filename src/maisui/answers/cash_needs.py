"""The cash that outlets and their machines need day by day, as it was told with the reader's version; no model is asked here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from maisui.models.cash.make import CHANNELS, CashFile, CashNeed, DayNeed, read_cash_needs
from maisui.models.cash.tell import LEAST_DAYS, Way
from maisui.warehouse.reader import Reader

__all__ = ["CHANNELS", "LEAST_DAYS", "CashNeed", "CashNeeds", "DayNeed", "Way", "cash_needs"]


@dataclass(frozen=True, slots=True)
class CashNeeds:
    """The needs of an organisation with all below it; `is_one` where they are those of a single outlet."""

    file: CashFile
    is_one: bool

    @property
    def told(self) -> tuple[CashNeed, ...]:
        """Return those whose history is long enough."""
        return tuple(need for need in self.file.needs if need.way is not None)


def cash_needs(reader: Reader, home: Path, organisation: str | None) -> CashNeeds | None:
    """Return what is told of an organisation with all below it (None is the whole bank); None where the version is not told of.

    Raises:
        StorageError: when what was told cannot be read.
    """
    found = read_cash_needs(home, reader.manifest.version)
    if found is None:
        return None
    needs = found.needs
    if organisation is not None:
        rows = reader.rows("SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?", [organisation])
        below = {code for (code,) in rows} | {organisation}
        needs = tuple(need for need in needs if need.organisation in below)
    return CashNeeds(replace(found, needs=needs), is_one=len({need.organisation for need in needs}) == 1)
