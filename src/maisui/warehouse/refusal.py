"""The last batch that controls kept from being published: what did not tie, for whoever looks at the status."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from maisui.errors import StorageError
from maisui.warehouse.durable import write_durably
from maisui.warehouse.version import Control

_FILE = "refused.json"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One batch that was not published: its reporting date, when it ran, and the controls that stopped it."""

    reporting_date: str
    at: str
    controls: tuple[Control, ...]


def write_refusal(entity: Path, *, reporting_date: str, at: str, controls: Sequence[Control]) -> None:
    """Keep what stopped a batch, in the place of what stopped the one before."""
    told = {"reporting_date": reporting_date, "at": at, "controls": [asdict(control) for control in controls]}
    write_durably(entity / _FILE, json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n")


def clear_refusal(entity: Path) -> None:
    """Forget what stopped an earlier batch: another has been published."""
    (entity / _FILE).unlink(missing_ok=True)


def read_refusal(entity: Path) -> Refusal | None:
    """Return the batch that was stopped since the last publication; None where none was.

    Raises:
        StorageError: when its record cannot be read.
    """
    path = entity / _FILE
    try:
        text = json.loads(path.read_text(encoding="utf-8"))
        controls = tuple(
            Control(**(one | {"details": tuple(one["details"]), "tolerances": tuple(one["tolerances"])})) for one in text["controls"]
        )
        return Refusal(text["reporting_date"], text["at"], controls)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise StorageError("the record of the stopped batch is damaged", where=str(path), next_step="run the batch again") from None
