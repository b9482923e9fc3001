"""Which trained model two people have put into use from which day: one file each in the home, never changed; the later one stands."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from maisui.errors import StorageError
from maisui.models.registry import models_folder
from maisui.warehouse.durable import place_durably


@dataclass(frozen=True, slots=True)
class Approval:
    """One decision: the model of this hash is in use from the day on; an empty hash takes the model out of use."""

    model: str
    sha256: str
    valid_from: date
    reason: str
    proposed_by: str
    approved_by: str
    approved_at: datetime


def write_approval(home: Path, number: int, approval: Approval) -> None:
    """Lay an approval into the home, whole or not at all; the same one laid again stays as it is.

    Raises:
        StorageError: when the folder cannot be written, or another approval has the name.
    """
    folder = models_folder(home) / "approvals"
    name = f"{approval.approved_at:%Y%m%dT%H%M%S%fZ}-{number:06d}.json"
    content = json.dumps(asdict(approval), ensure_ascii=False, indent=1, default=lambda value: value.isoformat()).encode()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place_durably(folder / f"{name}.aside", folder / name, content)
    except OSError as error:
        raise StorageError(
            f"the approval cannot be written: {error.strerror}", where=str(folder), next_step="give the service the right to write there"
        ) from error


def read_approvals(home: Path) -> tuple[Approval, ...]:
    """Return every approval in the order in which they were given.

    Raises:
        StorageError: when a file cannot be read.
    """
    found: list[Approval] = []
    for path in sorted((models_folder(home) / "approvals").glob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            days = {"valid_from": date.fromisoformat(told["valid_from"]), "approved_at": datetime.fromisoformat(told["approved_at"])}
            found.append(Approval(**(told | days)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(
                "an approval of a model cannot be read", where=str(path), next_step="restore the file from a backup; do not edit it"
            ) from error
    return tuple(found)


def approved_on(approvals: tuple[Approval, ...], model: str, day: date) -> Approval | None:
    """Return the last approval of a model that holds on `day`; None where there is none or it is out of use."""
    holding = [one for one in approvals if one.model == model and one.valid_from <= day]
    return holding[-1] if holding and holding[-1].sha256 else None


def approved_next(approvals: tuple[Approval, ...], model: str, day: date) -> Approval | None:
    """Return the approval of a model that is the first to hold after `day`; None where none will, or each is taken back before."""
    days = sorted({one.valid_from for one in approvals if one.model == model and one.valid_from > day})
    return next((found for found in (approved_on(approvals, model, later) for later in days) if found is not None), None)
