"""Trained files in the home: `models/<model>/<sha256 of its card>/`, written once, never changed, checked whenever read.

A card names the hash of every file beside it, so that the one hash of the card stands for all. Files are text and JSON; nothing
is executed when they are read, and a folder that holds anything else, such as a pickle, is refused whole.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maisui.errors import StorageError
from maisui.warehouse.durable import place_durably

_CARD = "card.json"
_KINDS = (".txt", ".json")
_ASIDE = ".aside"
"""The end of a file that is still being written."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """One trained model: the hash that names it, where it lies and what its card says."""

    model: str
    sha256: str
    folder: Path
    card: dict[str, Any]


def models_folder(home: Path) -> Path:
    """Return the folder of trained models, scores and approvals of a home; it need not exist."""
    return home / "models"


def store_model(home: Path, model: str, card: dict[str, Any], files: dict[str, bytes]) -> StoredModel:
    """Lay a trained model into the home; the same one laid again stays as it is.

    Raises:
        StorageError: when the folder cannot be written.
    """
    told = card | {"files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}}
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
    name = hashlib.sha256(content).hexdigest()
    folder = models_folder(home) / model / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file, text in (*sorted(files.items()), (_CARD, content)):
            place_durably(folder / f"{file}.aside", folder / file, text)
    except OSError as error:
        raise StorageError(
            f"the trained model cannot be written: {error.strerror}", where=str(folder), next_step="free space or give the right to write"
        ) from error
    return StoredModel(model, name, folder, told)


def stored_models(home: Path, model: str) -> tuple[StoredModel, ...]:
    """Return every whole model of one kind, the newest data first, of the same data those that passed; damaged ones are none (`damaged_models`)."""
    found: list[StoredModel] = []
    for folder in _folders(home, model):
        with suppress(StorageError):
            found.append(read_model(folder, model))
    return tuple(sorted(found, key=_newest, reverse=True))


def _newest(stored: StoredModel) -> tuple[str, bool, str]:
    return stored.card["data"]["reporting_date"], not stored.card.get("faults"), stored.sha256


def damaged_models(home: Path, model: str) -> tuple[Path, ...]:
    """Return the folders of one kind that are not as they were written: nothing in them is used."""
    whole = {one.folder for one in stored_models(home, model)}
    return tuple(folder for folder in _folders(home, model) if folder not in whole)


def _folders(home: Path, model: str) -> list[Path]:
    return sorted(card.parent for card in (models_folder(home) / model).glob(f"*/{_CARD}"))


def read_model(folder: Path, model: str) -> StoredModel:
    """Return the model in `folder`, every file held against its hash.

    Raises:
        StorageError: when one is not as it was written, is no text, or is not named by the card.
    """
    try:
        content = (folder / _CARD).read_bytes()
        if hashlib.sha256(content).hexdigest() != folder.name:
            raise _damaged(folder / _CARD)
        card = json.loads(content)
        named, there = set(card["files"]), {path.name for path in folder.iterdir() if path.suffix != _ASIDE} - {_CARD}
        for name in sorted(named ^ there) + sorted(name for name in named if Path(name).suffix not in _KINDS):
            raise _damaged(folder / name)
        for name, sha256 in card["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != sha256:
                raise _damaged(folder / name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder) from error
    return StoredModel(model, folder.name, folder, card)


def _damaged(path: Path) -> StorageError:
    return StorageError(
        "a trained model is not as it was written",
        where=str(path),
        next_step="restore it from a backup, or remove its folder and train again",
    )
