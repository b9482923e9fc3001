"""Lines approved at the parameter desk, one file each in the home: written once, never changed, read by every batch."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, StorageError
from maisui.parameters.parameter_set import column_of
from maisui.warehouse.durable import place_durably

_SAID = """\
# Approved at the parameter desk and read by every `maisui run`.
# Never changed: a correction is another file, and the later one stands.
"""
_ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class ApprovedLine:
    """One approved line: what holds from which day, why, and which two people stand behind it."""

    code: str
    valid_from: date
    value: str
    reason: str
    proposed_by: str
    approved_by: str
    approved_at: datetime


def approved_file(number: int, approved_at: datetime) -> str:
    """Return the name of the file of proposal `number`: the names of all stand in the order of their approvals."""
    return f"{approved_at:%Y%m%dT%H%M%S%fZ}-{number:06d}.toml"


def write_approved(folder: Path, name: str, line: ApprovedLine) -> None:
    """Lay an approved line into `folder`, whole or not at all; a file that is there already is never overwritten.

    Raises:
        StorageError: when the folder cannot be written, or another line has the name.
    """
    stated = {
        column_of(line.code): line.value,
        "reason": line.reason,
        "proposed_by": line.proposed_by,
        "approved_by": line.approved_by,
        "approved_at": line.approved_at.isoformat(),
    }
    told = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in stated.items())
    content = f"{_SAID}code = {json.dumps(line.code)}\nvalid_from = {line.valid_from.isoformat()}\n{told}".encode()
    target, aside = folder / name, folder / f"{name}{_ASIDE}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place_durably(aside, target, content)
    except OSError as error:
        raise StorageError(
            f"the approved parameter cannot be written: {error.strerror}",
            where=str(folder),
            next_step="give the service the right to write there",
        ) from error


def read_approved(folder: Path) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return every approved line with the name of its file, in the order of approval; none where there is no folder.

    Raises:
        HomeError: when a file cannot be read.
    """
    found: list[tuple[str, Mapping[str, Any]]] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append((path.name, tomllib.loads(path.read_text(encoding="utf-8"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise HomeError(
                f"an approved parameter cannot be read: {error}",
                where=str(path),
                next_step="restore the file from a backup; do not edit it",
            ) from None
    return tuple(found)
